using System.Collections.Immutable;
using Bot.Core.Automations;
using Bot.Core.Expressions;
using Bot.Core.Gate;

namespace Bot.Core.Dialogs;

/// <summary><c>settings.yaml</c>: what the business decides once for all dialogs.</summary>
/// <param name="Zone">The business's time zone; days and hours in texts are its.</param>
/// <param name="Currency">ISO 4217, for <c>money()</c>.</param>
/// <param name="Languages">ISO 639-1; the first is the fallback.</param>
/// <param name="Topics">What Marketing is about, and `reminders`: what a customer can switch off, by id.</param>
/// <param name="Quiet">When nothing goes out that can wait.</param>
/// <param name="MarketingLate">How late Marketing may come.</param>
/// <param name="FeedbackDue">Within what time staff should have solved a complaint.</param>
/// <param name="Fields">The business's own profile fields beside the built-in ones.</param>
public sealed record Settings(
    Business Business,
    TimeZoneInfo Zone,
    string Currency,
    ImmutableArray<string> Languages,
    ImmutableSortedDictionary<string, Magnet> Magnets,
    ImmutableSortedSet<string> Consents,
    ImmutableSortedDictionary<string, Text> Topics,
    QuietHours? Quiet,
    TimeSpan MarketingLate,
    TimeSpan FeedbackDue,
    ImmutableSortedDictionary<string, ValueKind> Fields)
{
    /// <summary>What can be tapped as the reason to unsubscribe; none to ask nothing.</summary>
    public ImmutableArray<ChoiceOption> Reasons { get; init; } = [];

    /// <summary>How long nobody says a word until a talk with a person is over.</summary>
    public TimeSpan TalkCloseAfter { get; init; } = TimeSpan.FromHours(48);

    /// <summary>How long after a customer asked for it their data is deleted, if staff have not done so before.</summary>
    public TimeSpan ErasureAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>When the admin chat gets the week in numbers; <see langword="null"/> for never.</summary>
    public AutomationTrigger.Daily? Digest { get; init; } = new(DayRule.Monday, new TimeOnly(9, 0));
}

/// <summary>Topics that the engine itself knows.</summary>
public static class Topic
{
    /// <summary>Service messages about the customer's own: they can be switched off like a topic.</summary>
    public const string Reminders = "reminders";
}

/// <summary>Who the customer talks with.</summary>
/// <param name="Phone">As it is shown.</param>
/// <param name="Policy">The address of the privacy policy.</param>
public sealed record Business(string Name, string Phone, string? Address, string? Policy, string? Review);

/// <summary>What a customer gets in exchange for a contact.</summary>
/// <param name="Files">The name of the file, by language.</param>
public sealed record Magnet(string Id, Text Title, ImmutableDictionary<string, string> Files);
