using System.CommandLine;
using Bot.Contents;
using Bot.Storage.Automations;

namespace Bot.CommandLine;

/// <summary><c>bot automations</c>: what came of each sequence and automation.</summary>
internal static class AutomationsCommand
{
    public static Command Create()
    {
        var command = new Command("automations", "Show what came of each sequence and automation; the bot may run meanwhile.");
        command.SetAction(parsed => Setup.WithOptions(parsed, options =>
        {
            var content = new ContentFolder(options.DialogsPath).Load().Content;
            if (content is null)
            {
                Console.Error.WriteLine("The dialogs cannot be read (see bot check), so it is not known what is switched on.");
            }

            var lines = AutomationsText.Lines(content, AutomationReader.Read(options.Existing)).ToList();
            Console.WriteLine(lines.Count == 0 ? "There are no sequences and automations." : string.Join(Environment.NewLine, lines));
            return Commands.Done;
        }));
        return command;
    }
}
