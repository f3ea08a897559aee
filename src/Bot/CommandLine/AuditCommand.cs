using System.CommandLine;
using Bot.Contents;
using Bot.Storage.Loyalty;

namespace Bot.CommandLine;

/// <summary><c>bot audit</c>: proves that points add up.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var command = new Command("audit",
            "Prove that for every customer what is left in the lots, the balance and the sum of the entries are the same, and work all tiers out anew; the bot may run meanwhile.");
        command.SetAction(parsed => Setup.WithOptions(parsed, options =>
        {
            var report = PointsAudit.Of(options.Existing, new ContentFolder(options.DialogsPath).Load().Content?.Loyalty);
            foreach (var fault in report.Faults)
            {
                Console.WriteLine(fault);
            }

            if (report.Note is { } note)
            {
                Console.WriteLine(note);
            }

            Console.WriteLine($"{report.Accounts} accounts, {report.Lots} lots, {report.Entries} entries: "
                + (report.Faults.IsEmpty ? "everything adds up." : $"{report.Faults.Length} faults."));
            return report.Faults.IsEmpty ? Commands.Done : Commands.Failed;
        }));
        return command;
    }
}
