using Bot.Storage;
using Bot.Storage.Backups;

namespace Bot.Operations;

/// <summary>What an erasure needs beside the database: the list by which a restored backup forgets too, and a database log without what was erased.</summary>
internal sealed class ErasureKeeping(BackupOptions backup, ILogger<ErasureKeeping> log)
{
    /// <summary>Brings both up to date. What fails is tried again with the next erasure, and at the next start.</summary>
    public void Run()
    {
        try
        {
            ErasedList.Keep(backup.Database, backup.Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreException or StoreRefusedException)
        {
            log.LogError(exception, "The list of deleted customers beside the backups cannot be written; a backup that is restored would bring them back");
        }
    }
}
