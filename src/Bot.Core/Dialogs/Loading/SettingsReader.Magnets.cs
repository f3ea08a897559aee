using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

internal sealed partial class SettingsReader
{
    private ImmutableSortedDictionary<string, Magnet> Magnets(FileReader knowing)
    {
        var magnets = ImmutableSortedDictionary.CreateBuilder<string, Magnet>(StringComparer.Ordinal);
        if (root["magnets"] is not { } node || knowing.Map(node, "`magnets:`") is not { } map)
        {
            return magnets.ToImmutable();
        }

        foreach (var (key, value) in map.Pairs)
        {
            if (knowing.Id(key, "the name of a magnet") is { } id && knowing.Map(value, Keys.Magnet, "A magnet") is { } magnet)
            {
                magnets[id] = new(id, Title(magnet, knowing), Files(magnet, knowing));
            }
        }

        return magnets.ToImmutable();
    }

    private static Text Title(YamlNode.Map magnet, FileReader knowing)
    {
        if (magnet["title"] is { } node)
        {
            var title = knowing.Text(node, new Vocabulary { Business = knowing.Around.Business }, TextUse.Title);
            if (title?.ByLanguage.Values.Any(t => !t.IsConstant) is true && knowing.Around.Business is not null)
            {
                knowing.Faults.Add(node, "A title can use `business.` values only.");
            }

            return title ?? new(ImmutableDictionary<string, Template>.Empty);
        }

        knowing.Faults.Add(magnet, "The magnet has no `title:`.");
        return new(ImmutableDictionary<string, Template>.Empty);
    }

    private static ImmutableDictionary<string, string> Files(YamlNode.Map magnet, FileReader knowing)
    {
        var files = ImmutableDictionary.CreateBuilder<string, string>();
        if (magnet["file"] is not { } node)
        {
            knowing.Faults.Add(magnet, "The magnet has no `file:`.");
            return files.ToImmutable();
        }

        if (node is not YamlNode.Map byLanguage)
        {
            if (knowing.FileName(node) is { } name)
            {
                files.AddRange(knowing.Around.Languages.Select(l => KeyValuePair.Create(l, name)));
            }

            return files.ToImmutable();
        }

        foreach (var (language, value) in byLanguage.Pairs)
        {
            if (!knowing.Around.Languages.IsEmpty && !knowing.Around.Languages.Contains(language.Value))
            {
                knowing.Faults.Add(language, $"`{FileReader.Short(language.Value)}` is none of the `languages:`, which are: {string.Join(", ", knowing.Around.Languages)}.");
            }
            else if (knowing.FileName(value) is { } name)
            {
                files[language.Value] = name;
            }
        }

        foreach (var language in knowing.Around.Languages.Where(l => byLanguage[l] is null))
        {
            knowing.Faults.Add(node, $"The file in `{language}` is missing. Add `{language}: ...`, or name one file for all languages.");
        }

        return files.ToImmutable();
    }
}
