using Bot.Storage;
using Bot.Storage.Backups;

namespace Bot.Operations;

/// <summary>What an erasure needs beside the database: the list by which a restored backup forgets too, and a database log without what was erased.</summary>
/// <param name="folder">Of the backups; <see langword="null"/> where none are made.</param>
internal sealed class ErasureKeeping(StoreOptions database, string? folder, ILogger<ErasureKeeping> log)
{
    /// <summary>Brings both up to date. What fails is tried again each hour.</summary>
    public void Run()
    {
        try
        {
            if (!ErasedList.Keep(database, folder))
            {
                log.LogInformation("The database's log still holds what was deleted, because somebody reads; it is cleaned within the hour");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreException or StoreRefusedException)
        {
            log.LogError(exception, "The list of deleted customers beside the backups cannot be written; a backup that is restored would bring them back");
        }
    }
}
