using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Bot.Core.Dialogs.Loading;
using Bot.Core.Expressions;
using Bot.Core.Loyalty;
using Bot.Core.Segments;

namespace Bot.Core.Dialogs;

/// <summary>Turns the files of the content folder into <see cref="Content"/>, or into every fault that is in them.</summary>
public static class ContentLoader
{
    private const string SettingsFile = "settings.yaml";
    private const string MenuFile = "menu.yaml";
    private const string TextsFile = "texts.yaml";
    private const string AutomationsFile = "automations.yaml";
    private const string SegmentsFile = "segments.yaml";
    private const string ServicesFile = "services.yaml";
    private const string LoyaltyFile = "loyalty.yaml";
    private const string Extension = ".yaml";

    /// <summary>Reads and checks everything; runs nothing.</summary>
    public static LoadResult Load(ContentSource source)
    {
        ArgumentNullException.ThrowIfNull(source);

        // By signs and not by language, so that the result is the same on every machine.
        source = new(source.Yaml.WithComparers(StringComparer.Ordinal), source.Files.WithComparers(StringComparer.Ordinal));
        var faults = new Faults();
        var files = source.Yaml.ToDictionary(f => f.Key, f => new FileFaults(f.Key, f.Value, faults));
        var roots = source.Yaml
            .Where(f => !Keys.LaterFiles.Contains(f.Key))
            .ToDictionary(f => f.Key, f => YamlReader.Read(f.Value, files[f.Key]));
        foreach (var later in Keys.LaterFiles.Where(source.Yaml.ContainsKey))
        {
            files[later].Add(1, 1, $"`{later}` is not yet known to this version of the bot. Take it out of the folder.");
        }

        FileFaults FaultsOf(string file) => files.TryGetValue(file, out var known) ? known : new(file, "", faults);

        var around = Outline.Of(roots, AutomationsFile, SettingsFile, MenuFile, TextsFile, SegmentsFile, ServicesFile, LoyaltyFile)
            with
        { Files = source.Files, HasCatalog = source.Yaml.ContainsKey(ServicesFile) };
        Settings? settings = null;
        if (roots.GetValueOrDefault(SettingsFile) is { } settingsRoot)
        {
            var reader = new SettingsReader(settingsRoot, new FileReader(files[SettingsFile], around));
            around = reader.Surroundings(around);
            settings = reader.Settings(new FileReader(files[SettingsFile], around), around);
        }
        else if (!source.Yaml.ContainsKey(SettingsFile))
        {
            faults.Add(SettingsFile, 1, 1, "This file is missing. It says who the business is. Take it from the folder `dialogs` that the bot came with.");
        }

        var catalog = roots.GetValueOrDefault(ServicesFile) is { } servicesRoot
            ? new ServicesReader(servicesRoot, new FileReader(files[ServicesFile], around)).Catalog()
            : null;
        LoyaltyRules? loyalty = null;
        if (source.Yaml.ContainsKey(LoyaltyFile))
        {
            loyalty = roots.GetValueOrDefault(LoyaltyFile) is { } loyaltyRoot ? new LoyaltyReader(loyaltyRoot, new FileReader(files[LoyaltyFile], around)).Rules() : null;

            // Where the file is faulty, what stands on it is not.
            around = around with { Loyalty = new LoyaltyTerms(loyalty?.Warning ?? TimeSpan.Zero) };
        }

        var segments = ImmutableSortedDictionary<string, Segment>.Empty;
        ImmutableArray<Cap> caps = [];
        if (roots.GetValueOrDefault(SegmentsFile) is { } segmentsRoot)
        {
            var reader = new SegmentsReader(segmentsRoot, new FileReader(files[SegmentsFile], around));
            segments = reader.Segments();
            caps = reader.Caps();
            around = around with { Segments = reader.Trees };
        }
        else if (source.Yaml.ContainsKey(SegmentsFile))
        {
            around = around with { Segments = SegmentTrees.None with { AreAll = false } };
        }

        var drafts = around.Dialogs.Keys
            .Where(id => roots[id + Extension] is not null)
            .Select(id => DialogReader.Read(id, roots[id + Extension]!, new FileReader(files[id + Extension], around)))
            .OfType<DialogDraft>()
            .ToImmutableSortedDictionary(d => d.Dialog.Id, d => d, StringComparer.Ordinal);
        var phrases = PhrasesReader.Read(roots.GetValueOrDefault(TextsFile), new FileReader(FaultsOf(TextsFile), around), faults);
        var listed = roots.GetValueOrDefault(MenuFile) is { } menuRoot ? MenuReader.Read(menuRoot, new FileReader(files[MenuFile], around)) : [];
        var dialogs = drafts.ToImmutableSortedDictionary(d => d.Key, d => d.Value.Dialog, StringComparer.Ordinal);
        var menu = MenuReader.Entries(listed, dialogs, files.GetValueOrDefault(MenuFile));
        var own = roots.GetValueOrDefault(AutomationsFile) is { } automationsRoot
            ? AutomationsReader.Read(automationsRoot, new FileReader(files[AutomationsFile], around))
            : OwnAccord.None;
        DialogChecks.Run(drafts, [.. own.Opened]);
        return faults.Any || settings is null
            ? new(null, faults.Sorted)
            : new(new Content(Revision(source), settings, phrases, dialogs, menu,
                segments, caps, own.Sequences, own.Automations, around.Events, source.Files)
            {
                Catalog = catalog,
                Sources = Sources(source),
                Loyalty = loyalty,
            }, []);
    }

    private static ImmutableSortedDictionary<string, string> Sources(ContentSource source) => source.Yaml
        .Select(file => KeyValuePair.Create(file.Key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Value)))))
        .Concat(source.Files.Values.Select(file => KeyValuePair.Create($"files/{file.Name}", file.Sha256)))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static string Revision(ContentSource source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, text) in source.Yaml)
        {
            Append(name);
            Append(text);
        }

        foreach (var file in source.Files.Values)
        {
            Append(file.Name);
            Append(file.Sha256);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];

        void Append(string text)
        {
            // The length first, so that no two folders give the same bytes.
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }
    }
}

/// <summary>The content folder as it was read.</summary>
/// <param name="Yaml">The text of each <c>*.yaml</c> at the top of the folder, by file name.</param>
/// <param name="Files">What is in <c>files/</c>, by its path below it with <c>/</c>; links and what lies outside the folder are not in it.</param>
public sealed record ContentSource(
    ImmutableSortedDictionary<string, string> Yaml,
    ImmutableSortedDictionary<string, ContentFile> Files);

/// <summary>Content or faults; with faults there is no content.</summary>
public sealed record LoadResult(Content? Content, ImmutableArray<Fault> Faults);
