using Microsoft.Extensions.Logging;

namespace Bot.Storage;

/// <summary>
/// The lock on <c>&lt;database&gt;.lock</c> that whoever writes to the database holds. The operating system lets it go when its
/// process dies; the file stays, for deleting it would let two processes hold two files of one name.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = 32;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    /// <summary>Takes it, and makes the folder if it is not there.</summary>
    public static DatabaseLock Take(string database, TimeSpan wait, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var path = database + ".lock";
        var start = clock.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            if (TryOpen(path) is { } file)
            {
                return new DatabaseLock(file);
            }

            if (clock.GetElapsedTime(start) >= wait)
            {
                throw new StoreRefusedException(
                    $"Another bot is running with this database ({database}): stop it, or give this one a database of its own.");
            }

            if (tries == 0)
            {
                logger.LogInformation("Waiting up to {Seconds} s for another bot to let go of {Database}", wait.TotalSeconds, database);
            }

            cancellationToken.WaitHandle.WaitOne(Interval);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            // FileShare.None is flock(LOCK_EX) on Unix: it holds between processes and between two handles of one.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path, options);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreRefusedException($"{path} cannot be written ({e.Message}): give the bot's user the right to write there.", e);
        }
        catch (IOException e) when ((e.HResult & 0xFFFF) is WouldBlock or WouldBlockOnMac or SharingViolation)
        {
            return null;
        }
        catch (IOException e)
        {
            throw new StoreRefusedException($"{path} cannot be made ({e.Message}): set Storage:ConnectionString to a place that the bot may use.", e);
        }
    }
}
