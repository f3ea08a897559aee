using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Expressions;
using Bot.Core.Segments;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads segments.yaml: whom the business tells apart, and how often it may write to them.</summary>
internal sealed class SegmentsReader(YamlNode.Map root, FileReader file)
{
    private const string Everyone = "everyone";
    private const int MostMessages = 100;

    private static readonly TimeSpan ShortestCap = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestCap = TimeSpan.FromDays(365);

    private readonly Dictionary<string, YamlNode.Map> _maps = [];
    private readonly Dictionary<string, Expression?> _conditions = [];
    private readonly List<string> _path = [];

    /// <summary>What the other files may refer to.</summary>
    public SegmentTrees Trees { get; private set; } = SegmentTrees.None;

    /// <summary>The segments without a fault.</summary>
    public ImmutableSortedDictionary<string, Segment> Segments()
    {
        var before = file.Faults.Count;
        file.Map(root, Keys.Segments, "segments.yaml");
        Trees = SegmentTrees.None with { AreAll = file.Faults.Count == before || root["segments"] is not null };
        foreach (var (key, value) in root["segments"] is { } node ? file.Map(node, "`segments:`")?.Pairs ?? [] : [])
        {
            if (file.Id(key, "the name of a segment") is { } id)
            {
                Trees = Trees with { ById = Trees.ById.SetItem(id, null) };
                if (file.Map(value, Keys.Segment, "A segment") is { } map)
                {
                    _maps[id] = map;
                }
            }
        }

        var segments = ImmutableSortedDictionary.CreateBuilder<string, Segment>(StringComparer.Ordinal);
        foreach (var (id, map) in _maps)
        {
            var name = Needed(map, "name", "name: { ru: ..., en: ... }") is { } text ? file.Text(text, file.Around.Vocabulary, TextUse.SegmentName) : null;
            if (Condition(id) is { } condition && name is not null)
            {
                segments[id] = new Segment(id, name, condition);
            }
        }

        return segments.ToImmutable();
    }

    /// <summary>The caps without a fault; the segments must have been read.</summary>
    public ImmutableArray<Cap> Caps()
    {
        var caps = ImmutableArray.CreateBuilder<Cap>();
        foreach (var item in root["caps"] is { } node ? file.List(node, "`caps:`")?.Items ?? [] : [])
        {
            if (file.Map(item, Keys.Cap, "A cap") is not { } map)
            {
                continue;
            }

            var whom = Needed(map, "for", "for: everyone");
            var condition = whom is null or YamlNode.Scalar { Value: Everyone } ? null : Read(whom);
            var atMost = Needed(map, "at-most", "at-most: 2") is { } number ? AtMost(number) : null;
            var length = Needed(map, "in", "in: 7d") is { } duration ? file.Duration(duration, "`in:`", ShortestCap, LongestCap) : null;
            if (atMost is { } most && length is { } stretch && whom is not null)
            {
                caps.Add(new Cap(condition, most, stretch));
            }
        }

        return caps.ToImmutable();
    }

    /// <summary>The condition of a segment, after those that it stands on.</summary>
    private Expression? Condition(string id)
    {
        if (_conditions.TryGetValue(id, out var known) || !_maps.TryGetValue(id, out var map))
        {
            return known;
        }

        _path.Add(id);
        _conditions[id] = Needed(map, "for", "for: last_active < ago(90d)") is { } node && !GoesInCircle(node) ? Read(node) : null;
        _path.RemoveAt(_path.Count - 1);
        Trees = Trees with { ById = Trees.ById.SetItem(id, _conditions[id]?.Tree) };
        return _conditions[id];
    }

    private Expression? Read(YamlNode node) => file.Condition(node, file.Around.ForVocabulary with { Segments = Trees });

    /// <summary>Reads the segments that this one names, unless one of them is being read already.</summary>
    private bool GoesInCircle(YamlNode node)
    {
        if (node is not YamlNode.Scalar scalar)
        {
            return false;
        }

        var tokens = Lexer.Read(scalar.Value);
        for (var i = 0; i + 2 < tokens.Count; i++)
        {
            if (tokens[i] is not { Kind: TokenKind.Name, Text: "segment" } || tokens[i + 1] is not { Kind: TokenKind.Symbol, Text: "(" }
                || tokens[i + 2] is not { Kind: TokenKind.Name } name)
            {
                continue;
            }

            if (_path.IndexOf(name.Text) is >= 0 and var start)
            {
                file.At(scalar, new(name.At, $"These segments go round in a circle: {string.Join(" -> ", _path.Skip(start).Append(name.Text))}. "
                    + "One of them must do without the others."));
                return true;
            }

            Condition(name.Text);
        }

        return false;
    }

    private YamlNode? Needed(YamlNode.Map map, string key, string example)
    {
        if (map[key] is { } node)
        {
            return node;
        }

        file.Faults.Add(map, $"`{key}:` is missing. Add it, for example `{example}`.");
        return null;
    }

    private int? AtMost(YamlNode node)
    {
        if (file.Scalar(node, "`at-most:`") is not { } scalar)
        {
            return null;
        }

        if (int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= MostMessages)
        {
            return most;
        }

        file.Faults.Add(scalar, $"`at-most:` is a whole number from 1 to {MostMessages}. To send nothing to somebody, leave them out in the automation's `for:`.");
        return null;
    }
}
