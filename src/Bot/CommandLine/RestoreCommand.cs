using System.CommandLine;
using Bot.Operations;
using Bot.Storage;
using Bot.Storage.Backups;

namespace Bot.CommandLine;

/// <summary><c>bot restore</c>: a backup takes the place of database and dialogs. Nothing that waited in it is sent.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The backup, for example data/backups/bot-20261121T030000Z.backup." };
        var force = new Option<bool>("--force") { Description = "Replace what is there; it is kept beside, under another name." };
        var command = new Command("restore", "Put a backup in the place of database and dialogs; the bot must be stopped.") { file, force };
        command.SetAction(parsed => Setup.WithOptions(parsed, options =>
        {
            var report = Restore.Run(
                new RestoreOptions(parsed.GetRequiredValue(file), options.Backup.Password, options.Configured,
                    options.DialogsPath, parsed.GetValue(force))
                { Folder = options.Backup.Folder },
                TimeProvider.System, Logs.Quiet.CreateLogger<Store>());
            Console.WriteLine($"Restored. {report.Expired} messages that waited will not be sent.");
            if (report.Erased > 0)
            {
                Console.WriteLine($"{report.Erased} customers whose data was deleted since then are deleted here too.");
            }

            foreach (var kept in report.KeptAside)
            {
                Console.WriteLine($"What was there before is now {kept}.");
            }

            return Commands.Done;
        }));
        return command;
    }
}
