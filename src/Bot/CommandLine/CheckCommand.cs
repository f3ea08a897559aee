using System.CommandLine;
using Bot.Contents;

namespace Bot.CommandLine;

/// <summary><c>bot check</c>: finds every mistake in the dialogs and runs nothing.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Check the dialogs; prints each mistake as file:line:column and what to do.");
        command.SetAction(parsed =>
        {
            if (Setup.ReadOptions(parsed) is not { } options || Setup.ReadContent(new ContentFolder(options.DialogsPath)) is not { } content)
            {
                return Commands.Failed;
            }

            Console.WriteLine($"No mistakes: {string.Join(", ", content.Dialogs.Keys)} in {string.Join(", ", content.Settings.Languages)}.");
            return Commands.Done;
        });
        return command;
    }
}
