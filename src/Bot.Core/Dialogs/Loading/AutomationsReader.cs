using System.Collections.Immutable;
using Bot.Core.Automations;
using Bot.Core.Sequences;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads automations.yaml: what the bot does of its own accord.</summary>
internal static class AutomationsReader
{
    public static OwnAccord Read(YamlNode.Map root, FileReader file)
    {
        file.Map(root, Keys.Automations, "automations.yaml");
        var own = new OwnAccord(
            All(root["sequences"], "`sequences:`", SequenceReader.Read, file).ToImmutableSortedDictionary(s => s.Id, s => s, StringComparer.Ordinal),
            All(root["automations"], "`automations:`", AutomationReader.Read, file).ToImmutableSortedDictionary(a => a.Id, a => a, StringComparer.Ordinal));
        AutomationRounds.Run(own, root["automations"] as YamlNode.Map, file);
        return own;
    }

    private static List<T> All<T>(YamlNode? node, string what, Func<YamlNode.Scalar, YamlNode, FileReader, T?> read, FileReader file)
        where T : class =>
        (node is null ? [] : file.Map(node, what)?.Pairs ?? []).Select(pair => read(pair.Key, pair.Value, file)).OfType<T>().ToList();
}

/// <summary>What automations.yaml has.</summary>
internal sealed record OwnAccord(ImmutableSortedDictionary<string, Sequence> Sequences, ImmutableSortedDictionary<string, Automation> Automations)
{
    /// <summary>Without the file.</summary>
    public static readonly OwnAccord None = new(ImmutableSortedDictionary<string, Sequence>.Empty, ImmutableSortedDictionary<string, Automation>.Empty);

    /// <summary>The dialogs that are opened by it.</summary>
    public IEnumerable<string> Opened => Sequences.Values.SelectMany(s => s.Steps).Select(s => s.Outreach)
        .Concat(Automations.Values.Select(a => a.Outreach))
        .Select(o => o.Open)
        .OfType<string>();
}
