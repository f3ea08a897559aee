using System.Collections.Immutable;
using Bot.Core.Dialogs;

namespace Bot.Core.Tests.Dialogs;

/// <summary>
/// A file of <c>Broken/</c>: content with a mistake, and as comments on top the faults that must be found, each as
/// <c># expect: line:column: message</c>, or its beginning and <c>…</c>. <c># file:</c> gives it another name; <c># ---- name.yaml</c> begins a second file;
/// <c># alone</c> leaves out the files of <see cref="Sample"/>.
/// </summary>
internal sealed record BrokenContent(string Name, ImmutableSortedDictionary<string, string> Yaml, ImmutableArray<string> Expected)
{
    private const string Expect = "# expect: ";
    private const string File = "# file: ";
    private const string Alone = "# alone";
    private const string Next = "# ---- ";

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Dialogs", "Broken");

    public static BrokenContent Read(string name)
    {
        var text = System.IO.File.ReadAllText(Path.Combine(Folder, name + ".yaml"));
        var files = new Dictionary<string, string>();
        var expected = ImmutableArray.CreateBuilder<string>();
        var lines = text.Split('\n');
        var main = lines.FirstOrDefault(l => l.StartsWith(File, StringComparison.Ordinal))?[File.Length..] ?? name + ".yaml";
        var current = main;
        foreach (var line in lines)
        {
            if (line.StartsWith(Next, StringComparison.Ordinal))
            {
                current = line[Next.Length..];
                continue;
            }
            else if (line.StartsWith(Expect, StringComparison.Ordinal))
            {
                var fault = line[Expect.Length..];
                expected.Add(char.IsAsciiDigit(fault[0]) ? $"{main}:{fault}" : fault);
            }

            files[current] = files.TryGetValue(current, out var before) ? before + "\n" + line : line;
        }

        var others = text.Contains(Alone, StringComparison.Ordinal) ? Sample.Yaml.Clear() : Sample.Yaml;
        return new(name, others.SetItems(files), expected.ToImmutable());
    }

    public LoadResult Load() => ContentLoader.Load(new(Yaml, Sample.Files));
}
