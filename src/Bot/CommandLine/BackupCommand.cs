using System.CommandLine;
using Bot.Storage.Backups;

namespace Bot.CommandLine;

/// <summary><c>bot backup</c>: database and dialogs into one encrypted file, beside a running bot or without one.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var command = new Command("backup", "Write database and dialogs into one encrypted file; the bot may run meanwhile.");
        command.SetAction(parsed => Setup.WithOptions(parsed, options =>
        {
            var report = Backup.Make(options.ToBackup(), TimeProvider.System);
            Console.WriteLine($"{report.Path} ({report.Bytes} bytes); {report.Deleted} older deleted.");
            return Commands.Done;
        }));
        return command;
    }
}
