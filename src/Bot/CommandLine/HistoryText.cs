using System.Diagnostics;
using System.Globalization;
using Bot.Core.Chats;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Profiles;
using Bot.Core.Sequences;
using Bot.Core.Timers;
using Bot.Storage.Histories;

namespace Bot.CommandLine;

/// <summary>A customer's history in plain words, the newest last.</summary>
/// <param name="zone">In which moments are told.</param>
internal sealed class HistoryText(CustomerHistory history, TimeZoneInfo zone)
{
    public IEnumerable<string> Lines() =>
    [
        .. Who(),
        "Waits", .. OrNone([.. history.Timers.Select(About), .. history.Outbox.Select(message => $"{About(message)}: in the outbox, to be sent")]),
        "Sequences", .. OrNone([.. history.Profile.Sequences.Values.OrderBy(run => run.StartedAt).Select(About)]),
        "Messages", .. OrNone([.. history.Deliveries.Select(message => $"{About(message)}: {Words.Of(message.Status!.Value, message.Reason)}")]),
    ];

    private IEnumerable<string> Who()
    {
        var profile = history.Profile;
        yield return $"Customer {Number(profile.Id.Value)}; times are in {zone.Id}";
        yield return $"  since {At(profile.CreatedAt)}, last active {At(profile.LastActive)}, from {profile.FirstSource ?? "an unknown source"}";
        foreach (var field in (string[])[ProfileFields.Name, ProfileFields.Phone, ProfileFields.Email])
        {
            if (profile.Fields.GetValueOrDefault(field) is Value.Text known)
            {
                yield return $"  {field}: {known.Content}";
            }
        }

        if (!profile.TopicsOff.IsEmpty)
        {
            yield return $"  topics switched off: {string.Join(", ", profile.TopicsOff.Order(StringComparer.Ordinal))}";
        }

        if (profile.PausedUntil is { } until)
        {
            yield return $"  marketing paused until {At(until)}";
        }

        foreach (var chat in history.Chats)
        {
            yield return $"  chat {Number(chat.Id.Value)} ({chat.Address.Channel}): {string.Join("; ", About(chat))}";
        }
    }

    private IEnumerable<string> About(Chat chat)
    {
        var consents = history.Consents.Where(consent => consent.Consent.Chat == chat.Id)
            .Select(consent => $"{consent.Consent.Purpose} since {At(consent.Since)}").ToList();
        yield return consents.Count == 0 ? "no consents" : $"consents to {string.Join(", ", consents)}";
        if (chat.BlockedAt is { } blocked)
        {
            yield return $"blocked since {At(blocked)}";
        }

        if (chat.TalkingSince is { } talking)
        {
            yield return $"a person talks with the customer since {At(talking)}";
        }

        if (chat.Zone is { } own)
        {
            yield return $"the customer's own zone is {own}";
        }
    }

    private string About(Timer timer)
    {
        var what = timer.Cause switch
        {
            TimerCause.SequenceStep step => $"sequence {step.Sequence}, step {step.Step}",
            TimerCause.Automation automation => $"automation {automation.Name}",
            TimerCause.Timeout timeout => $"a look whether the customer still waits in {timeout.Dialog}",
            TimerCause.Silence silence => $"a look whether the customer fell silent in {silence.Dialog}",
            TimerCause.Points => "a look at the customer's points: what expires soon, or now",
            TimerCause.Talk => "a look whether the talk with a person fell silent",
            TimerCause.Case @case => $"a look whether the case ({@case.Kind}) is solved",
            TimerCause.Erasure => "the customer's data is to be deleted, or staff are to hear that it soon will be",
            _ => throw new UnreachableException(),
        };
        var why = timer.IsExpired ? $"; not to be done: {Words.Of(SkipReason.Restored)}"
            : timer.Waits is { } reason ? $"; put off: {Words.Of(reason)}"
            : "";
        return $"{At(timer.Due)}  {what}{why}";
    }

    private string About(SequenceRun run) => run is { End: { } end, EndedAt: { } ended }
        ? $"{At(run.StartedAt)}  {run.Sequence}: {Words.Of(end)}, {At(ended)}"
        : $"{At(run.StartedAt)}  {run.Sequence}: runs, next is {run.Step}";

    private string About(Delivery message) =>
        $"{At(message.At)}  {message.Kind.ToString().ToLowerInvariant()} {message.Template} ({message.Cause})";

    private string At(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static IEnumerable<string> OrNone(List<string> lines) => lines.Count == 0 ? ["  none"] : lines.Select(line => $"  {line}");

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
