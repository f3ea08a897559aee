using System.CommandLine;
using Bot.Storage;
using Bot.Storage.Backups;

namespace Bot.CommandLine;

/// <summary><c>bot backup</c>: database and dialogs into one encrypted file, beside a running bot or without one.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var command = new Command("backup", "Write database and dialogs into one encrypted file; the bot may run meanwhile.");
        command.SetAction(parsed =>
        {
            if (Setup.ReadOptions(parsed) is not { } options)
            {
                return Commands.Failed;
            }

            try
            {
                var report = Backup.Make(options.ToBackup(), TimeProvider.System);
                Console.WriteLine($"{report.Path} ({report.Bytes} bytes); {report.Deleted} older deleted.");
                return Commands.Done;
            }
            catch (Exception exception) when (exception is StoreRefusedException or StoreException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(exception.Message);
                return Commands.Failed;
            }
        });
        return command;
    }
}
