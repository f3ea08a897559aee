using Bot.Core.Automations;
using Bot.Core.Bookings;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads an automation of automations.yaml.</summary>
internal static class AutomationReader
{
    public static Automation? Read(YamlNode.Scalar name, YamlNode node, FileReader file)
    {
        if (file.Id(name, "the name of an automation") is not { } id || file.Map(node, Keys.Automation, "An automation") is not { } map)
        {
            return null;
        }

        var trigger = Trigger(map, name, file);
        var hasBooking = trigger is AutomationTrigger.BeforeVisit || (trigger is AutomationTrigger.OnEvent { Event: var happened } && BookingEvents.All.Contains(happened));
        var condition = map["for"] is { } forNode ? file.Condition(forNode, file.Around.ForVocabulary with { HasBooking = hasBooking }) : null;
        var (kind, topic) = OutreachReader.Manner(map, OutreachReader.IsHeard(map), name, file);
        var again = AgainAfter(map["again-after"], file);
        var isEnabled = map["enabled"] is not { } enabled || (file.Flag(enabled, "`enabled:`") ?? true);
        var outreach = OutreachReader.Read(map, condition, name, file, hasBooking);
        return trigger is null ? null : new(id, trigger, condition, kind, topic, again, isEnabled, outreach);
    }

    /// <summary>Whom something is for, or when it has reached its end.</summary>
    public static Expression? Condition(YamlNode? node, FileReader file) =>
        node is null ? null : file.Condition(node, file.Around.ForVocabulary);

    public static TimeSpan? AgainAfter(YamlNode? node, FileReader file) =>
        node is null ? null : file.Duration(node, "`again-after:`", TimeSpan.FromMinutes(1));

    private static AutomationTrigger? Trigger(YamlNode.Map map, YamlNode.Scalar name, FileReader file)
    {
        Belongs("after", "event");
        Belongs("at", "every");
        switch (map["event"], map["every"])
        {
            case (null, null) when map["before"] is { } before:
                return Before(before, file);
            case var _ when map["before"] is not null:
                file.Faults.Add(name, "An automation is set off by one thing: `event:`, `before:` or `every:`. Make two of it.");
                return null;
            case ({ } happened, null):
                var after = map["after"] is { } afterNode ? file.Duration(afterNode, "`after:`") : TimeSpan.Zero;
                return Event(happened, file) is { } known && after is { } delay ? new AutomationTrigger.OnEvent(known, delay) : null;
            case (null, { } every):
                return Daily(every, map["at"], file);
            case (null, null) when map.Pairs.Any(p => !Keys.Automation.Known.Contains(p.Key.Value)):
                // One of the keys is miswritten, and may be the one.
                return null;
            case (null, null):
                file.Faults.Add(name, "It is not said what sets this off. Add `event: purchase`, or `every: day` with `at: \"11:00\"`, or `before: 1d` for a visit.");
                return null;
            default:
                file.Faults.Add(name, "An automation is set off by one thing: `event:`, `before:` or `every:`. Make two of it.");
                return null;
        }

        void Belongs(string key, string to)
        {
            if (map[to] is null && map.Pairs.FirstOrDefault(p => p.Key.Value == key).Key is { } at)
            {
                file.Faults.Add(at, $"`{key}:` belongs to `{to}:`.");
            }
        }
    }

    private static AutomationTrigger.BeforeVisit? Before(YamlNode node, FileReader file)
    {
        if (!file.Around.HasCatalog)
        {
            file.Faults.Add(node, "There are no visits without services.yaml, which says what can be booked. docs/booking.md has one to begin with.");
        }

        return file.Duration(node, "`before:`", TimeSpan.FromMinutes(5), TimeSpan.FromDays(60)) is { } before ? new(before) : null;
    }

    private static string? Event(YamlNode node, FileReader file)
    {
        if (file.Scalar(node, "the name of an event") is not { } name)
        {
            return null;
        }

        if (file.Around.Events.Contains(name.Value))
        {
            return name.Value;
        }

        file.Faults.Add(name, $"Nothing records the event `{FileReader.Short(name.Value)}`.{Suggestion.For(name.Value, file.Around.Events)}");
        return null;
    }

    private static AutomationTrigger.Daily? Daily(YamlNode node, YamlNode? atNode, FileReader file)
    {
        var days = file.Word(node, Keys.Days, "day") is { } word ? (DayRule?)Keys.Days.Known.IndexOf(word) : null;
        if (atNode is null)
        {
            file.Faults.Add(node, "The time of the day is missing. Add `at: \"11:00\"`.");
            return null;
        }

        return file.Clock(atNode, "`at:`") is { } at && days is { } rule ? new(rule, at) : null;
    }
}
