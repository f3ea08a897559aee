using System.CommandLine;
using System.Globalization;
using Bot.Storage.Webhooks;

namespace Bot.CommandLine;

/// <summary><c>bot webhooks</c>: lists the events that the receiver could not be told of.</summary>
internal static class WebhooksCommand
{
    private const int Most = 1_000;

    public static Command Create()
    {
        var command = new Command("webhooks", "List the events that the receiver of webhooks could not be told of, the latest first.");
        command.SetAction(parsed => Setup.WithOptions(parsed, options =>
        {
            var dead = DeadWebhooks.List(options.Existing, Most);
            foreach (var one in dead)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{one.Id}  {one.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {one.Event}  {one.Error}  after {one.Attempts} tries, given up {one.DeadAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}"));
            }

            Console.WriteLine(dead.Length switch
            {
                0 => "No event was given up.",
                Most => $"The latest {Most} of those that were given up.",
                _ => $"{dead.Length} given up.",
            });
            return Commands.Done;
        }));
        return command;
    }
}
