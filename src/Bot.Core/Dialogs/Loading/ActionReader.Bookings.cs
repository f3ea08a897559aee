using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

internal static partial class ActionReader
{
    private const string NoCatalog = "There is no services.yaml, which says what can be booked. docs/booking.md has one to begin with.";

    private static DialogAction? Booking(
        YamlNode.Scalar name, YamlNode value, YamlNode.Map map, ImmutableArray<string> states, Vocabulary vocabulary, FileReader file, ActionPlace place)
    {
        if (place == ActionPlace.Outreach)
        {
            file.Faults.Add(name, $"`{name.Value}:` is what a customer does in a dialog, not the bot of its own accord. `open:` a dialog for it.");
            return null;
        }

        if (!file.Around.HasCatalog)
        {
            file.Faults.Add(name, NoCatalog);
        }

        if (name.Value is "confirm" or "cancel")
        {
            return Of(value, ValueKind.Booking, "the booking", vocabulary, file) is not { } booking ? null
                : name.Value == "confirm" ? new DialogAction.Confirm(booking) : new DialogAction.Cancel(booking);
        }

        var time = Of(value, ValueKind.Moment, "the time", vocabulary, file);
        if (name.Value == "release")
        {
            return time is null ? null : new DialogAction.Release();
        }

        if (place != ActionPlace.State)
        {
            file.Faults.Add(name, $"`{name.Value}:` may find the time taken, and then leads elsewhere. Put it first into the `do:` of a state of its own.");
        }

        if (!vocabulary.Remembered.ContainsKey(GivenValues.Service) || !vocabulary.Remembered.ContainsKey(GivenValues.Specialist))
        {
            file.Faults.Add(name, "A time is one of a service and a specialist. Add both under `remember:`: `service: service` and `specialist: specialist`.");
        }

        if (map["if-taken"] is not { } taken)
        {
            file.Faults.Add(name, $"Somebody may be faster. Say where to go then: add `if-taken:` below `{name.Value}:`, with the state that asks for a time.");
            return null;
        }

        var target = TargetReader.Read(taken, states, file);
        if (name.Value == "book")
        {
            Into(map, vocabulary, file);
        }

        return time is null || target is not { } to ? null
            : name.Value == "hold" ? new DialogAction.Hold(time, to) : new DialogAction.Book(time, to);
    }

    private static void Into(YamlNode.Map map, Vocabulary vocabulary, FileReader file)
    {
        if (map["into"] is not YamlNode.Scalar { Value: GivenValues.Booking })
        {
            file.Faults.Add(map["into"] ?? map, "Texts tell of the booking by its name. Add `into: booking` below `book:`.");
        }
        else if (!vocabulary.Remembered.ContainsKey(GivenValues.Booking))
        {
            file.Faults.Add(map["into"]!, "There is no `booking` to keep it in. Add `booking: booking` under `remember:`.");
        }
    }

    private static Expression? Of(YamlNode node, ValueKind kind, string what, Vocabulary vocabulary, FileReader file)
    {
        if (file.Expression(node, vocabulary, what) is not { } expression)
        {
            return null;
        }

        if (expression.Kind == kind)
        {
            return expression;
        }

        file.Faults.Add(node, $"Here {what} is needed, {Kinds.Name(kind)}, and this is {Kinds.Name(expression.Kind)}.");
        return null;
    }

    /// <summary>What stands beside an action of another kind.</summary>
    private static void Beside(YamlNode.Map map, YamlNode.Scalar name, FileReader file)
    {
        Belongs("with", name.Value is "record" or "case", "`with:` belongs to `record:` and `case:`.");
        Belongs("if-taken", name.Value is "hold" or "book", "`if-taken:` belongs to `hold:` and `book:`.");
        Belongs("into", name.Value == "book", "`into:` belongs to `book:`.");

        void Belongs(string key, bool isRight, string message)
        {
            if (!isRight && map[key] is { } node)
            {
                file.Faults.Add(node, message);
            }
        }
    }
}
