using Bot.Core.Expressions;
using Bot.Core.Messages;

namespace Bot.Core.Automations;

/// <summary>An event or a time of day, a condition, and what follows; from <c>automations.yaml</c>.</summary>
/// <param name="For">For whom; read again when it fires.</param>
/// <param name="Kind">Of what it says.</param>
/// <param name="Topic">Always there for Marketing.</param>
/// <param name="AgainAfter">How long it leaves one customer in peace; <see langword="null"/> for no limit.</param>
public sealed record Automation(
    string Id,
    AutomationTrigger Trigger,
    Expression? For,
    MessageKind Kind,
    string? Topic,
    TimeSpan? AgainAfter,
    bool IsEnabled,
    Outreach Outreach)
{
    /// <summary>A daily automation without a limit of its own does not come twice a day to who moves from one zone to another.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromHours(12);

    /// <summary>What its timers are for: where nothing is said, nobody need wait for them.</summary>
    public MessageKind HeardAs => Outreach.IsHeard ? Kind : MessageKind.Service;

    /// <summary>How long it leaves a customer in peace for whom it did something.</summary>
    public TimeSpan Peace => AgainAfter is { } again ? Time.Peace.Of(again) : Trigger is AutomationTrigger.Daily ? Day : TimeSpan.Zero;
}

/// <summary>What sets an automation off.</summary>
public abstract record AutomationTrigger
{
    private AutomationTrigger()
    {
    }

    /// <summary>Some time after an event, for whom it happened to.</summary>
    public sealed record OnEvent(string Event, TimeSpan After) : AutomationTrigger;

    /// <summary>So long before a visit, for who booked it; not if it is booked later than that.</summary>
    public sealed record BeforeVisit(TimeSpan Before) : AutomationTrigger;

    /// <summary>At a time of the day, for all whom the condition fits.</summary>
    public sealed record Daily(DayRule Days, TimeOnly At) : AutomationTrigger;
}

/// <summary>On which days of the week.</summary>
public enum DayRule
{
    Day,
    Weekday,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}
