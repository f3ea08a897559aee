namespace Bot.Storage.Backups;

/// <summary>What is backed up, where to, and under which password.</summary>
/// <param name="Database">The database, in use or not.</param>
/// <param name="Content">The folder of dialogs, which goes with it.</param>
/// <param name="Folder">Where the backup files are.</param>
/// <param name="Password">Without one there is no backup: it holds names and phones.</param>
/// <param name="Keep">How many of the newest stay.</param>
public sealed record BackupOptions(StoreOptions Database, string Content, string Folder, string? Password, int Keep = 7);

/// <summary>A backup that was made.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Deleted">How many older ones went.</param>
public sealed record BackupReport(string Path, long Bytes, int Deleted);

/// <summary>What is restored, and where to.</summary>
/// <param name="File">The backup.</param>
/// <param name="Force">Replace what is there; it is kept beside, under another name.</param>
public sealed record RestoreOptions(string File, string? Password, StoreOptions Database, string Content, bool Force = false)
{
    /// <summary>Where backups are kept, and with them the list of who was forgotten, wherever this one comes from.</summary>
    public string? Folder { get; init; }
}

/// <summary>What a restore did.</summary>
/// <param name="Expired">Messages that waited in the backup and will not be sent.</param>
/// <param name="Erased">Customers whose data was deleted after the backup was made, and now is again.</param>
/// <param name="KeptAside">Where what was there before is now.</param>
public sealed record RestoreReport(int Expired, int Erased, IReadOnlyList<string> KeptAside);
