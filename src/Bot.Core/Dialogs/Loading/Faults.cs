using System.Collections.Immutable;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Collects what is wrong, in all files.</summary>
internal sealed class Faults
{
    private readonly HashSet<Fault> _all = [];

    /// <summary>Every fault once, by file, line and column.</summary>
    public ImmutableArray<Fault> Sorted =>
        [.. _all.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column).ThenBy(f => f.Message, StringComparer.Ordinal)];

    public bool Any => _all.Count > 0;

    public void Add(string file, int line, int column, string message) => _all.Add(new(file, line, column, message));
}

/// <summary>Faults of one file.</summary>
internal sealed class FileFaults(string file, string text, Faults faults)
{
    private string[]? _lines;
    private HashSet<(int Line, int Column, string Message)>? _rehearsal;

    public string File => file;

    /// <summary>The file's lines.</summary>
    public string[] Lines => _lines ??= text.Split('\n');

    /// <summary>How many there are so far.</summary>
    public int Count { get; private set; }

    public void Add(YamlNode where, string message) => Add(where.Line, where.Column, message);

    /// <summary>Runs checks without reporting anything, and answers what they would have reported.</summary>
    public HashSet<(int Line, int Column, string Message)> Rehearse(Action checks)
    {
        _rehearsal = [];
        checks();
        var found = _rehearsal;
        _rehearsal = null;
        return found;
    }

    /// <summary>Runs checks, and adds a note to what they report beyond what is known.</summary>
    public void Note(string note, HashSet<(int Line, int Column, string Message)> known, Action checks)
    {
        foreach (var fault in Rehearse(checks))
        {
            Add(fault.Line, fault.Column, known.Contains(fault) ? fault.Message : fault.Message + note);
        }
    }

    public void Add(int line, int column, string message)
    {
        if (_rehearsal is not null)
        {
            _rehearsal.Add((line, column, message));
            return;
        }

        Count++;
        faults.Add(file, line, column, message);
    }
}
