using System.CommandLine;
using Bot.Contents;
using Bot.Core.Lists;
using Bot.Lists;

namespace Bot.CommandLine;

/// <summary><c>bot export</c>: customers as a CSV file.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var who = new Argument<string?>("who") { Description = "A segment, or a condition such as 'city = \"Kazan\"'; all without it.", Arity = ArgumentArity.ZeroOrOne };
        var to = new Option<string?>("--out") { Description = "The file to write, which must not be there yet; without it the list is printed.", HelpName = "file" };
        var command = new Command("export", "Write customers as a CSV file; the bot may run meanwhile.") { who, to };
        command.SetAction(parsed => Setup.WithOptions(parsed, options =>
        {
            if (Setup.ReadContent(new ContentFolder(options.DialogsPath)) is not { } content)
            {
                return Commands.Failed;
            }

            var (condition, fault) = ListCondition.Read(parsed.GetValue(who) ?? "", content);
            if (condition is null)
            {
                Console.Error.WriteLine(fault!.Message);
                return Commands.WrongUsage;
            }

            var export = new ListExport(options.Existing, content, TimeProvider.System.GetUtcNow());
            if (parsed.GetValue(to) is not { } path)
            {
                using var console = Console.OpenStandardOutput();
                export.Write(condition, console, CancellationToken.None);
                return Commands.Done;
            }

            var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, mode);
            Console.WriteLine($"{path}: {export.Write(condition, file, CancellationToken.None)} customers.");
            return Commands.Done;
        }));
        return command;
    }
}
