using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Bot.Core.Dialogs.Loading;

/// <summary>
/// Reads YAML into nodes with their places. Takes only the plain part of the language: one document of lists, texts and maps with simple
/// keys. Anchors and aliases are refused, which also rules out files that unfold to gigabytes.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxLength = 256 * 1024;
    private const int MaxDepth = 24;

    private static readonly HashSet<string> WordsForYesAndNo = new(StringComparer.OrdinalIgnoreCase) { "yes", "no", "on", "off", "y", "n", "true", "false", "null" };

    private readonly Parser _events;
    private readonly FileFaults _faults;
    private int _depth;

    private YamlReader(string text, FileFaults faults)
    {
        _events = new Parser(new StringReader(text));
        _faults = faults;
    }

    /// <summary>The file's map, or <see langword="null"/> after a fault that makes the rest unreadable.</summary>
    public static YamlNode.Map? Read(string text, FileFaults faults)
    {
        if (text.Length > MaxLength)
        {
            faults.Add(1, 1, $"This file has {text.Length} characters; at most {MaxLength} are read. Split it into several dialogs.");
            return null;
        }

        if (YamlTraps.FindTab(faults))
        {
            return null;
        }

        try
        {
            return new YamlReader(text, faults).Document();
        }
        catch (YamlException e)
        {
            YamlTraps.Explain(e, faults);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The parser's own slips on input that is far from YAML; they carry no place.
            YamlTraps.Explain(faults);
        }

        return null;
    }

    private YamlNode.Map? Document()
    {
        _events.MoveNext();
        if (!_events.MoveNext() || _events.Current is not DocumentStart)
        {
            _faults.Add(1, 1, "This file is empty. Fill it or delete it.");
            return null;
        }

        _events.MoveNext();
        var root = Node();
        if (root is null)
        {
            return null;
        }

        _events.MoveNext();
        if (_events.MoveNext() && _events.Current is DocumentStart second)
        {
            _faults.Add((int)second.Start.Line, (int)second.Start.Column, "A second document begins here (`---`). Only one is read from a file: take the line away.");
            return null;
        }

        if (root is YamlNode.Map map)
        {
            return map;
        }

        _faults.Add(root, root is YamlNode.Scalar { IsEmpty: true }
            ? "This file is empty. Fill it or delete it."
            : "A file of content consists of lines like `key: value`.");
        return null;
    }

    /// <summary>Reads the node that begins at the current event and stops at its last event.</summary>
    private YamlNode? Node()
    {
        var start = _events.Current!;
        if (start is AnchorAlias alias)
        {
            _faults.Add(Line(start), Column(start), $"`*{alias.Value}` is a reference in YAML, which is not read. Put the text in quotes, or write it out.");
            return null;
        }

        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _faults.Add(Line(start), Column(start), $"`&{anchored.Anchor.Value}` is an anchor in YAML, which is not read. Put the text in quotes, or take it away.");
            return null;
        }

        if (start is NodeEvent { Tag: { IsEmpty: false } tag } && !(start is Scalar { Style: not ScalarStyle.Plain } && tag.IsNonSpecific))
        {
            _faults.Add(Line(start), Column(start), YamlTraps.Tag(tag.IsNonSpecific ? "!" : tag.Value));
            return null;
        }

        if (++_depth > MaxDepth)
        {
            _faults.Add(Line(start), Column(start), "This is nested too deeply. Check the indentation.");
            return null;
        }

        YamlNode? node = start switch
        {
            Scalar scalar => Text(scalar),
            SequenceStart sequence => List(sequence),
            MappingStart mapping => Map(mapping),
            _ => null,
        };
        _depth--;
        return node;
    }

    private static YamlNode.Scalar Text(Scalar scalar) => new(
        Line(scalar), Column(scalar), scalar.Value,
        scalar.Style switch
        {
            ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => ScalarForm.Quoted,
            ScalarStyle.Literal => ScalarForm.Literal,
            ScalarStyle.Folded => ScalarForm.Folded,
            ScalarStyle.Any or ScalarStyle.Plain or ScalarStyle.ForcePlain => ScalarForm.Plain,
        },
        (int)scalar.End.Line, (int)scalar.End.Column);

    private YamlNode.List? List(SequenceStart start)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (_events.MoveNext() && _events.Current is not SequenceEnd)
        {
            if (Node() is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new(Line(start), Column(start), items.DrainToImmutable(), start.Style == SequenceStyle.Flow);
    }

    private YamlNode.Map? Map(MappingStart start)
    {
        var pairs = ImmutableArray.CreateBuilder<(YamlNode.Scalar, YamlNode)>();
        var keys = new Dictionary<string, int>();
        while (_events.MoveNext() && _events.Current is not MappingEnd)
        {
            var keyStart = _events.Current!;
            if (keyStart is MappingStart or SequenceStart)
            {
                // `text: {{ name }}` is to YAML a map within a map.
                _faults.Add(Line(start), Column(start), YamlTraps.Braces);
                return null;
            }

            if (Node() is not YamlNode.Scalar key || !_events.MoveNext() || Node() is not { } value)
            {
                return null;
            }

            if (key.Form == ScalarForm.Plain && WordsForYesAndNo.Contains(key.Value))
            {
                _faults.Add(key, $"`{key.Value}` cannot be a name: YAML programs read it as yes or no. Call it something else, for example `agree` or `refuse`.");
            }

            if (!keys.TryAdd(key.Value, key.Line))
            {
                _faults.Add(key, $"`{key.Value}` stands here a second time; the first is in line {keys[key.Value]}. Take one of them away.");
                continue;
            }

            pairs.Add((key, value));
        }

        return new(Line(start), Column(start), pairs.DrainToImmutable(), start.Style == MappingStyle.Flow);
    }

    private static int Line(ParsingEvent e) => (int)e.Start.Line;

    private static int Column(ParsingEvent e) => (int)e.Start.Column;
}
