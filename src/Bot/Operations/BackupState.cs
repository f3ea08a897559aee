namespace Bot.Operations;

/// <summary>How the last backup of this run ended.</summary>
internal sealed class BackupState
{
    private volatile bool _hasFailed;

    public bool HasFailed
    {
        get => _hasFailed;
        set => _hasFailed = value;
    }
}
