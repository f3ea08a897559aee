namespace Bot.Storage.Backups;

/// <summary>Files and folders that are given other names: all of them, or none if one cannot be.</summary>
internal sealed class Moves
{
    private readonly Stack<(string From, string To)> _done = new();

    public void Move(string from, string to)
    {
        // It moves files too, and never replaces anything.
        Directory.Move(from, to);
        _done.Push((from, to));
    }

    /// <summary>Gives everything its old name again.</summary>
    public void TakeBack()
    {
        while (_done.TryPop(out var move))
        {
            Directory.Move(move.To, move.From);
        }
    }
}
