using System.Globalization;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Sequences;
using Bot.Core.Staff;
using Bot.Core.Timers;
using Bot.Storage.Histories;

namespace Bot.Admin;

/// <summary>What happened to a customer and why, in the business's language.</summary>
/// <param name="zone">In which moments are told.</param>
internal sealed class HistoryPage(AdminTexts texts, CustomerHistory history, TimeZoneInfo zone)
{
    public string Html() => string.Join('\n',
    [
        .. Who(),
        "", texts.Html(Phrase.AdminWhyWaits), .. OrNone([.. history.Timers.Select(About),
            .. history.Outbox.Select(message => $"{About(message)}: {texts.Html(Phrase.AdminWhyOutbox)}")]),
        "", texts.Html(Phrase.AdminWhySequences), .. OrNone([.. history.Profile.Sequences.Values.OrderBy(run => run.StartedAt).Select(About)]),
        "", texts.Html(Phrase.AdminWhyMessages), .. OrNone([.. history.Deliveries.Select(message =>
            $"{About(message)}: {Became(texts, message.Status!.Value, message.Reason)}")]),
    ]);

    /// <summary>What became of a message.</summary>
    /// <param name="reason">As it is kept with the delivery.</param>
    public static string Became(AdminTexts texts, DeliveryStatus status, string? reason) => status switch
    {
        DeliveryStatus.Sent => texts.Html(Phrase.AdminSent),
        DeliveryStatus.Blocked => NotSent(texts, texts.Plain(Phrase.AdminSkipBlocked)),
        DeliveryStatus.Failed => texts.Html(Phrase.AdminSendFailed, ("said", AdminTexts.Text(reason))).TrimEnd(),
        DeliveryStatus.Skipped => NotSent(texts, Why(texts, reason)),
        DeliveryStatus.Unknown => texts.Html(Phrase.AdminMaybeSent, ("said", AdminTexts.Text(reason))).TrimEnd(),
    };

    /// <summary>Why a message was skipped, as plain words.</summary>
    public static string Why(AdminTexts texts, string? reason) => StaffWords.OfSkipped(reason) is { } phrase ? texts.Plain(phrase) : reason ?? "";

    private static string NotSent(AdminTexts texts, string why) => texts.Html(Phrase.AdminNotSent, ("reason", AdminTexts.Text(why)));

    private IEnumerable<string> Who()
    {
        var profile = history.Profile;
        var contact = new[] { ProfileFields.Name, ProfileFields.Phone, ProfileFields.Email }
            .Select(field => profile.Fields.GetValueOrDefault(field)).OfType<Value.Text>().Select(known => known.Content);
        yield return texts.Html(Phrase.AdminWhy,
            ("id", AdminTexts.Text(profile.Id.Value.ToString(CultureInfo.InvariantCulture))),
            ("zone", AdminTexts.Text(zone.Id)),
            ("since", AdminTexts.Text(At(profile.CreatedAt))),
            ("active", AdminTexts.Text(At(profile.LastActive))),
            ("source", AdminTexts.Text(profile.FirstSource)),
            ("contact", AdminTexts.Text(string.Join(", ", contact))));
        if (!profile.TopicsOff.IsEmpty)
        {
            yield return texts.Html(Phrase.AdminWhyTopics, ("topics", AdminTexts.Text(string.Join(", ", profile.TopicsOff.Order(StringComparer.Ordinal)))));
        }

        if (profile.PausedUntil is { } until)
        {
            yield return texts.Html(Phrase.AdminWhyPaused, ("until", AdminTexts.Text(At(until))));
        }

        foreach (var chat in history.Chats)
        {
            yield return string.Join("; ", About(chat));
        }
    }

    private IEnumerable<string> About(Chat chat)
    {
        var consents = history.Consents.Where(consent => consent.Consent.Chat == chat.Id)
            .Select(consent => $"{consent.Consent.Purpose} ({At(consent.Since)})");
        yield return texts.Html(Phrase.AdminWhyChat, ("channel", AdminTexts.Text(chat.Address.Channel)), ("consents", AdminTexts.Text(string.Join(", ", consents))));
        if (chat.BlockedAt is { } blocked)
        {
            yield return texts.Html(Phrase.AdminWhyBlocked, ("since", AdminTexts.Text(At(blocked))));
        }

        if (chat.TalkingSince is { } talking)
        {
            yield return texts.Html(Phrase.AdminWhyTalking, ("since", AdminTexts.Text(At(talking))));
        }

        if (chat.Zone is { } own)
        {
            yield return texts.Html(Phrase.AdminWhyZone, ("zone", AdminTexts.Text(own)));
        }
    }

    private string About(Timer timer)
    {
        var what = timer.Cause switch
        {
            TimerCause.SequenceStep step =>
                texts.Html(Phrase.AdminWhyStep, ("sequence", AdminTexts.Text(step.Sequence)), ("step", AdminTexts.Text(step.Step))),
            TimerCause.Automation automation => texts.Html(Phrase.AdminWhyAutomation, ("automation", AdminTexts.Text(automation.Name))),
            TimerCause.Silence silence => texts.Html(Phrase.AdminWhySilence, ("dialog", AdminTexts.Text(silence.Dialog))),
            TimerCause.Case @case => texts.Html(Phrase.AdminWhyCase, ("kind", AdminTexts.Text(@case.Kind))),
            var other => texts.Html(Phrase.AdminWhyOther, ("what", AdminTexts.Text(other.GetType().Name))),
        };
        var why = timer.IsExpired ? $"; {NotSent(texts, texts.Plain(Phrase.AdminSkipRestored))}"
            : timer.Waits is { } reason ? $"; {texts.Html(Phrase.AdminWhyPutOff, ("reason", AdminTexts.Text(texts.Plain(StaffWords.Of(reason)))))}"
            : "";
        return $"{At(timer.Due)} {what}{why}";
    }

    private string About(SequenceRun run) => run is { End: { } end, EndedAt: { } ended }
        ? $"{At(run.StartedAt)} {Core.Messages.Html.Escape(run.Sequence)}: {texts.Html(StaffWords.Of(end))}, {At(ended)}"
        : $"{At(run.StartedAt)} {Core.Messages.Html.Escape(run.Sequence)}: {texts.Html(Phrase.AdminWhyRuns, ("step", AdminTexts.Text(run.Step)))}";

    private string About(Delivery message) =>
        $"{At(message.At)} {texts.Html(StaffWords.Of(message.Kind))} {Core.Messages.Html.Escape(message.Template)} ({Core.Messages.Html.Escape(message.Cause)})";

    private string At(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static IEnumerable<string> OrNone(List<string> lines) => lines.Count == 0 ? ["—"] : lines.Select(line => $"• {line}");
}
