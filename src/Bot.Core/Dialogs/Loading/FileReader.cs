using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads one file: takes its nodes for what they should be, and says so where they are not.</summary>
internal sealed partial class FileReader(FileFaults faults, Surroundings around)
{
    public FileFaults Faults => faults;

    public Surroundings Around => around;

    /// <summary>A map whose keys are all in the set; the unknown ones are reported.</summary>
    public YamlNode.Map? Map(YamlNode node, KeySet keys, string what)
    {
        if (Map(node, what) is not { } map)
        {
            return null;
        }

        foreach (var (key, _) in map.Pairs)
        {
            Key(key, keys, what);
        }

        return map;
    }

    /// <summary>A map with names of the owner's own.</summary>
    public YamlNode.Map? Map(YamlNode node, string what)
    {
        if (node is YamlNode.Map map)
        {
            return map;
        }

        faults.Add(node, NoSpace(node) ?? $"{what} consists of lines like `key: value`, indented below it.");
        return null;
    }

    public void Key(YamlNode.Scalar key, KeySet keys, string what)
    {
        if (keys.Known.Contains(key.Value))
        {
            return;
        }

        faults.Add(key, keys.Later.Contains(key.Value)
            ? $"`{key.Value}` is not yet known to this version of the bot. Take it away."
            : $"{what} has no `{key.Value}`.{SuggestionOr(key.Value, keys.Known)}");
    }

    /// <summary>One of a fixed set of words.</summary>
    public string? Word(YamlNode node, KeySet words, string what)
    {
        if (Scalar(node, what) is not { } scalar)
        {
            return null;
        }

        if (words.Known.Contains(scalar.Value))
        {
            return scalar.Value;
        }

        faults.Add(scalar, words.Later.Contains(scalar.Value)
            ? $"`{scalar.Value}` is not yet known to this version of the bot. Take it away."
            : $"`{Short(scalar.Value)}` is no {what}.{SuggestionOr(scalar.Value, words.Known)}");
        return null;
    }

    public YamlNode.Scalar? Scalar(YamlNode node, string what)
    {
        if (node is YamlNode.Scalar { IsEmpty: false } scalar)
        {
            return scalar;
        }

        faults.Add(node, node switch
        {
            YamlNode.Scalar => $"{What(what)} is missing here.",
            YamlNode.Map { IsFlow: true } => YamlTraps.Braces,
            YamlNode.Map => $"{What(what)} should stand here, on one line. If its text has a colon, put it in quotes.",
            _ => $"{What(what)} should stand here, not a list.",
        });
        return null;
    }

    /// <summary>A name of the owner's own.</summary>
    public string? Id(YamlNode node, string what)
    {
        if (Scalar(node, what) is not { } scalar)
        {
            return null;
        }

        if (Identifier.IsId(scalar.Value))
        {
            return scalar.Value;
        }

        faults.Add(scalar, $"`{Short(scalar.Value)}` cannot be {what}: {Identifier.Rule}.");
        return null;
    }

    /// <summary>A list; a single thing is a list of one.</summary>
    public static ImmutableArray<YamlNode> OneOrMore(YamlNode node) => node is YamlNode.List list ? list.Items : [node];

    public YamlNode.List? List(YamlNode node, string what)
    {
        if (node is YamlNode.List list)
        {
            return list;
        }

        faults.Add(node, node is YamlNode.Map { Pairs: [(var key, YamlNode.Scalar value)] }
            ? $"{What(what)} is a list: each line begins with a hyphen. Write `- {key.Value}: {Short(value.Value)}`."
            : $"{What(what)} is a list: each line begins with a hyphen.");
        return null;
    }

    /// <summary>Something this file refers to is not known, because settings.yaml could not be read; nothing is said about it here.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Whether a name that is no field is a fault of this file; if not, the file cannot be judged.</summary>
    public bool MissesField()
    {
        IsIncomplete |= !around.HasFields;
        return around.HasFields;
    }

    private static string? NoSpace(YamlNode node) => node is YamlNode.Scalar { Form: ScalarForm.Plain } scalar ? YamlSlips.NoSpace(scalar.Value) : null;

    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static string What(string what) => char.ToUpperInvariant(what[0]) + what[1..];

    private static string SuggestionOr(string word, ImmutableArray<string> known) =>
        Suggestion.For(word, known) is { Length: > 0 } suggestion ? suggestion : $" Known are: {string.Join(", ", known)}.";
}
