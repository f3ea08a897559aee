using System.CommandLine;

namespace Bot.CommandLine;

/// <summary>The program's commands and exit codes.</summary>
internal static class Commands
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("A chatbot for a small service business: contacts, consents and automatic messages, in Telegram and on the web.\n"
            + "Any command takes settings as --Section:Key=value, for example --Dialogs:Path=content.")
        {
            RunCommand.Create(),
            CheckCommand.Create(),
            GraphCommand.Create(),
            AsideCommand.Create(),
            WebhooksCommand.Create(),
            WhyCommand.Create(),
            AutomationsCommand.Create(),
            AuditCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            HealthCommand.Create(),
        };
        root.SetAction(RunCommand.RunAsync);
        foreach (var command in root.Subcommands.Append(root))
        {
            command.TreatUnmatchedTokensAsErrors = false;
        }

        var parsed = root.Parse(arguments);
        if (parsed.UnmatchedTokens.FirstOrDefault(token => !Setup.IsSetting(token)) is { } unknown)
        {
            Console.Error.WriteLine($"\"{unknown}\" is neither a command nor a setting such as --Telegram:Mode=webhook; see bot --help.");
            return WrongUsage;
        }

        // What has to end well at a signal listens to it by itself; all else just ends.
        var exit = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }).ConfigureAwait(false);
        return parsed.Errors.Count > 0 ? WrongUsage : exit;
    }
}
