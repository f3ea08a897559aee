using System.CommandLine;
using Bot.Contents;
using Bot.Core.Dialogs;

namespace Bot.CommandLine;

/// <summary><c>bot graph</c>: draws a dialog, or all, as Mermaid text.</summary>
internal static class GraphCommand
{
    public static Command Create()
    {
        var dialog = new Argument<string?>("dialog") { Description = "One dialog; all without it.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("graph", "Draw the dialogs as Mermaid diagrams.") { dialog };
        command.SetAction(parsed =>
        {
            if (Setup.ReadOptions(parsed) is not { } options || Setup.ReadContent(new ContentFolder(options.DialogsPath)) is not { } content)
            {
                return Commands.Failed;
            }

            var id = parsed.GetValue(dialog);
            if (id is not null && !content.Dialogs.ContainsKey(id))
            {
                Console.Error.WriteLine($"There is no dialog {id}; there are {string.Join(", ", content.Dialogs.Keys)}.");
                return Commands.Failed;
            }

            foreach (var drawn in content.Dialogs.Values.Where(drawn => id is null || drawn.Id == id))
            {
                Console.WriteLine(Graph.Mermaid(drawn));
            }

            return Commands.Done;
        });
        return command;
    }
}
