using System.CommandLine;
using Bot.Contents;
using Bot.Storage.Loyalty;
using Bot.Storage.Privacy;

namespace Bot.CommandLine;

/// <summary><c>bot audit</c>: proves that points add up, and that who was deleted is gone.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var command = new Command("audit",
            "Prove that for every customer what is left in the lots, the balance and the sum of the entries are the same, work all tiers out anew, and that nothing is left of customers whose data was deleted; the bot may run meanwhile.");
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
            var erasures = ErasureAudit.Of(options.Existing);
            foreach (var fault in erasures.Faults)
            {
                Console.WriteLine(fault);
            }

            Console.WriteLine($"{erasures.Erased} customers deleted: {(erasures.Faults.IsEmpty ? "nothing is left of them." : $"{erasures.Faults.Length} faults.")}");
            return report.Faults.IsEmpty && erasures.Faults.IsEmpty ? Commands.Done : Commands.Failed;
        }));
        return command;
    }
}
