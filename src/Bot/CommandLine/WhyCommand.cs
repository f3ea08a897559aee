using System.CommandLine;
using Bot.Contents;
using Bot.Storage.Histories;

namespace Bot.CommandLine;

/// <summary><c>bot why</c>: what the bot knows of a customer, what waits for them, and why messages went or did not.</summary>
internal static class WhyCommand
{
    private const int Deliveries = 30;

    public static Command Create()
    {
        var who = new Argument<string>("customer") { Description = "The customer's id, phone or email." };
        var command = new Command("why", "Tell why a customer got a message or did not, and what waits; the bot may run meanwhile.") { who };
        command.SetAction(parsed => Setup.WithOptions(parsed, options =>
        {
            var store = options.Existing;
            var asked = parsed.GetRequiredValue(who);
            switch (CustomerHistories.Find(store, asked))
            {
                case []:
                    Console.Error.WriteLine($"No customer has the id, phone or email \"{asked}\".");
                    return Commands.Failed;
                case [var profile]:
                    // Whatever is wrong with the dialogs, this must be answered.
                    var zone = new ContentFolder(options.DialogsPath).Load().Content?.Settings.Zone ?? TimeZoneInfo.Utc;
                    foreach (var line in new HistoryText(CustomerHistories.Of(store, profile, Deliveries), zone).Lines())
                    {
                        Console.WriteLine(line);
                    }

                    return Commands.Done;
                case var several:
                    Console.Error.WriteLine($"Several customers have \"{asked}\"; ask by id: {string.Join(", ", several.Select(one => one.Value))}.");
                    return Commands.Failed;
            }
        }));
        return command;
    }
}
