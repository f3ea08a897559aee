using System.CommandLine;
using System.Globalization;
using Bot.Operations;
using Bot.Storage;

namespace Bot.CommandLine;

/// <summary><c>bot aside</c>: lists the inputs that failed and were set aside, or drops them.</summary>
internal static class AsideCommand
{
    private const string All = "all";

    public static Command Create()
    {
        var drop = new Option<string?>("--drop") { Description = "Delete one by its id, or \"all\". The bot must be stopped.", HelpName = "id" };
        var command = new Command("aside", "List the inputs that failed and were set aside.") { drop };
        command.SetAction(parsed => Setup.WithOptions(parsed, options =>
        {
            var store = options.Existing;
            return parsed.GetValue(drop) is { } what ? Drop(what, store) : List(store);
        }));
        return command;
    }

    private static int List(StoreOptions store)
    {
        var inputs = Aside.List(store);
        foreach (var input in inputs)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{input.Id}  {input.At:yyyy-MM-dd HH:mm:ss}  {input.Kind}  {input.Key}  {input.Error}  {input.Input ?? "(cleared)"}"));
        }

        Console.WriteLine(inputs.IsEmpty ? "Nothing is set aside." : $"{inputs.Length} set aside.");
        return Commands.Done;
    }

    private static int Drop(string what, StoreOptions store)
    {
        long? id = null;
        if (what != All)
        {
            if (!long.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                Console.Error.WriteLine($"\"{what}\" is neither an id from the list of bot aside nor \"{All}\".");
                return Commands.WrongUsage;
            }

            id = number;
        }

        var dropped = Aside.Drop(store, id, TimeProvider.System, Logs.Quiet.CreateLogger<Store>());
        Console.WriteLine(dropped == 0 ? "Nothing of that kind is set aside." : $"{dropped} dropped.");
        return dropped == 0 && id is not null ? Commands.Failed : Commands.Done;
    }
}
