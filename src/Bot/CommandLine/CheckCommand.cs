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

            Console.WriteLine($"No mistakes, in {string.Join(", ", content.Settings.Languages)}:");
            Tell("dialogs", content.Dialogs.Keys);
            Tell("sequences", content.Sequences.Select(static named => NameOf(named.Key, named.Value.IsEnabled)));
            Tell("automations", content.Automations.Select(static named => NameOf(named.Key, named.Value.IsEnabled)));
            Tell("segments", content.Segments.Keys);
            Tell("tiers", content.Loyalty?.Tiers.Select(static tier => tier.Id) ?? []);
            return Commands.Done;
        });
        return command;
    }

    // What was read, so that its writer sees that nothing of it was overlooked.
    private static void Tell(string kind, IEnumerable<string> names)
    {
        if (string.Join(", ", names) is { Length: > 0 } all)
        {
            Console.WriteLine($"  {kind}: {all}");
        }
    }

    private static string NameOf(string name, bool isEnabled) => isEnabled ? name : $"{name} (off)";
}
