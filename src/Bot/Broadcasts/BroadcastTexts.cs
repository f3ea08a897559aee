using System.Collections.Immutable;
using System.Globalization;
using Bot.Admin;
using Bot.Core.Broadcasts;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Storage.Segments;

namespace Bot.Broadcasts;

/// <summary>A broadcast in words: its card and its questions.</summary>
/// <param name="countsClicks">Whether links are tracked here.</param>
internal sealed class BroadcastTexts(AdminTexts texts, Content content, bool countsClicks)
{
    private const int ShownText = 300;
    private const int BarLength = 10;
    private const int MaxShown = 20;

    /// <summary>The card with what can be done now.</summary>
    public Body Card(Broadcast broadcast, string? progress) => new(
        texts.Html(Phrase.AdminBroadcastCard,
            ("number", AdminTexts.Number(broadcast.Id.Value)),
            ("state", AdminTexts.Text(StateOf(broadcast))),
            ("text", AdminTexts.Text(string.Join("\n— — —\n", broadcast.Plan.Variants.Select((variant, i) => Wording(broadcast.Plan, variant, i))))),
            ("topic", broadcast.Plan.Topic is { } topic ? AdminTexts.Text(NameOfTopic(topic)) : null),
            ("audience", AdminTexts.Text(AudienceOf(broadcast.Plan))),
            ("when", AdminTexts.Text(When(broadcast.Plan))),
            ("more", AdminTexts.Text(string.Join('\n', More(broadcast.Plan)))),
            ("progress", AdminTexts.Text(broadcast.PausedFor is { } reason ? $"{progress}\n{Paused(broadcast, reason)}".TrimStart() : progress))).TrimEnd(),
        null,
        new Keyboard.Inline([.. Buttons(broadcast)]));

    /// <summary>How many a draft would reach.</summary>
    public string Reach(AudienceCount count) => texts.Plain(Phrase.AdminBroadcastReach, ("count", AdminTexts.Number(count.Reached)), ("skipped", Skipped(count)));

    /// <summary>How far it is.</summary>
    /// <param name="rate">Recipients a second.</param>
    public string Progress(RecipientCounts counts, double rate)
    {
        var (all, ended) = (counts.All, counts.Ended);
        var done = all == 0 ? 0 : (int)(ended * BarLength / all);
        var minutes = rate > 0.1 && ended < all ? (long)Math.Ceiling((all - ended) / rate / 60) : (long?)null;
        return texts.Plain(Phrase.AdminBroadcastProgress,
            ("bar", AdminTexts.Text(new string('▓', done) + new string('░', BarLength - done))),
            ("percent", AdminTexts.Number(all == 0 ? 0 : ended * 100 / all)),
            ("rate", new Value.Number(Math.Round((decimal)rate, 1))),
            ("left", minutes is { } left ? AdminTexts.Text(texts.Plain(Phrase.AdminBroadcastLeft, ("minutes", AdminTexts.Number(left)))) : null),
            ("sent", AdminTexts.Number(counts[RecipientState.Sent])),
            ("blocked", AdminTexts.Number(counts[RecipientState.Blocked])),
            ("failed", AdminTexts.Number(counts[RecipientState.Failed])),
            ("skipped", AdminTexts.Number(counts[RecipientState.Skipped])),
            ("unknown", AdminTexts.Number(counts[RecipientState.Unknown])),
            ("waiting", AdminTexts.Number(all - ended)));
    }

    /// <summary>The question before it goes out.</summary>
    /// <param name="seen">Of which plan the question is.</param>
    public Body StartQuestion(Broadcast broadcast, AudienceCount count, string seen) => new(
        texts.Html(Phrase.AdminBroadcastSure, ("number", AdminTexts.Number(broadcast.Id.Value)), ("count", AdminTexts.Number(count.Reached)),
            ("skipped", Skipped(count)), ("when", AdminTexts.Text(When(broadcast.Plan)))),
        null, AdminTexts.Row(Button(broadcast, Phrase.AdminYes, $"start.{seen}")));

    /// <summary>Topics, or segments, to choose from.</summary>
    public Body Choice(Broadcast broadcast, bool isTopic)
    {
        var choices = isTopic
            ? content.Settings.Topics.Keys.Where(topic => topic != Topic.Reminders).Select(topic => (NameOfTopic(topic), $"topic.{topic}"))
            : content.Segments.Values.Select(segment => (texts.Plain(segment.Name), $"segment.{segment.Id}")).Prepend((texts.Plain(Phrase.AdminBroadcastEveryone), "segment.all"));
        return new Body(texts.Html(isTopic ? Phrase.AdminChooseTopic : Phrase.AdminChooseSegment), null, new Keyboard.Inline(
            [.. choices.Take(MaxShown).Select(choice => ImmutableArray.Create(new InlineButton(choice.Item1, StaffPress.Broadcast(broadcast.Id, choice.Item2))))]));
    }

    /// <summary>How to begin one, and the latest ones.</summary>
    public Body List(IEnumerable<Broadcast> latest)
    {
        var all = latest.ToList();
        var lines = all.Select(one => $"{one.Id.Value}: {StateOf(one)}, {Shortened(one.Plan.Variants[0].Source, 40)}");
        return new Body(texts.Html(Phrase.AdminBroadcastUsage, ("list", AdminTexts.Text(string.Join('\n', lines)))).TrimEnd(), null, all.Count == 0 ? null : new Keyboard.Inline(
        [
            [.. all.Take(5).Select(one => new InlineButton(one.Id.Value.ToString(CultureInfo.InvariantCulture), StaffPress.Broadcast(one.Id, "show")))],
        ]));
    }

    /// <summary>Why it stopped by itself, and what to do.</summary>
    public string Paused(Broadcast broadcast, PauseReason reason) => texts.Plain(reason switch
    {
        PauseReason.Errors => Phrase.AdminBroadcastErrors,
        PauseReason.Blocked => Phrase.AdminBroadcastBlocked,
        PauseReason.Content => Phrase.AdminBroadcastContent,
        PauseReason.Restored => Phrase.AdminBroadcastRestored,
    }, ("number", AdminTexts.Number(broadcast.Id.Value)));

    /// <summary>Why a message was not sent, by the reason that is kept.</summary>
    public string ReasonOf(string reason) => StaffWords.OfSkipped(reason) is { } phrase ? texts.Plain(phrase) : reason;

    public InlineButton Button(Broadcast broadcast, Phrase label, string what, params ReadOnlySpan<(string Name, Value? Value)> values) =>
        new(texts.Plain(label, values), StaffPress.Broadcast(broadcast.Id, what));

    public string StateOf(Broadcast broadcast) => texts.Plain(broadcast.Revision == Broadcast.Recalled ? Phrase.AdminBroadcastRecalled : broadcast.State switch
    {
        BroadcastState.Draft => Phrase.AdminBroadcastDraft,
        BroadcastState.Scheduled => Phrase.AdminBroadcastScheduled,
        BroadcastState.Running => Phrase.AdminBroadcastRunning,
        BroadcastState.Paused => Phrase.AdminBroadcastPaused,
        BroadcastState.Finished => Phrase.AdminBroadcastFinished,
        BroadcastState.Cancelled => Phrase.AdminBroadcastCancelled,
    });

    private Value? Skipped(AudienceCount count) => count.Skipped.IsEmpty
        ? null
        : AdminTexts.Text(texts.Plain(Phrase.AdminBroadcastNotReached,
            ("reasons", AdminTexts.Text(string.Join(", ", count.Skipped.Select(one => $"{texts.Plain(StaffWords.Of(one.Key))} {one.Value}"))))));

    private IEnumerable<ImmutableArray<InlineButton>> Buttons(Broadcast broadcast)
    {
        switch (broadcast.State)
        {
            case BroadcastState.Draft:
                yield return [Button(broadcast, Phrase.AdminTopicButton, "topics"), Button(broadcast, Phrase.AdminSegmentButton, "segments")];
                yield return [Button(broadcast, Phrase.AdminTestButton, "test"), Button(broadcast, Phrase.AdminSendButton, "start")];
                break;
            case BroadcastState.Scheduled or BroadcastState.Running:
                yield return [Button(broadcast, Phrase.AdminPauseButton, "pause"), Button(broadcast, Phrase.AdminCancelButton, "cancel")];
                break;
            case BroadcastState.Paused:
                yield return [Button(broadcast, Phrase.AdminResumeButton, "resume"), Button(broadcast, Phrase.AdminCancelButton, "cancel")];
                break;
        }

        if (broadcast is { State: BroadcastState.Running, Plan.Split: not null, Winner: null, IsWritten: true })
        {
            yield return
            [
                .. broadcast.Plan.Variants.Select((_, i) => BroadcastOrderReader.LetterOf(i)).Select(letter =>
                    Button(broadcast, Phrase.AdminWinButton, $"win.{letter}", ("variant", AdminTexts.Text(letter)))),
                Button(broadcast, Phrase.AdminNobodyButton, "win.none"),
            ];
        }

        if (broadcast is { State: BroadcastState.Running or BroadcastState.Paused or BroadcastState.Finished or BroadcastState.Cancelled })
        {
            yield return [Button(broadcast, Phrase.AdminReportButton, "report"), Button(broadcast, Phrase.AdminFileButton, "file")];
        }

        if (broadcast is { State: BroadcastState.Finished or BroadcastState.Cancelled, Revision: not Broadcast.Recalled })
        {
            yield return [Button(broadcast, Phrase.AdminRecallButton, "recall")];
        }
    }

    private IEnumerable<string> More(BroadcastPlan plan)
    {
        if (plan.Variants[0].Button is { } button)
        {
            yield return texts.Plain(Phrase.AdminBroadcastButton, ("label", AdminTexts.Text(button.Label)), ("target", AdminTexts.Text(button.Dialog ?? button.Url)));
            if (button.Url is not null && !countsClicks)
            {
                yield return texts.Plain(Phrase.AdminBroadcastUncounted);
            }
        }

        if (plan.Split is { } split)
        {
            yield return texts.Plain(Phrase.AdminBroadcastSplit, ("name", AdminTexts.Text(split.Experiment)),
                ("sample", AdminTexts.Text(split.Sample is { } share ? Percent(share) : split.Count!.Value.ToString(CultureInfo.InvariantCulture))),
                ("held", AdminTexts.Text(Percent(split.HoldOut))));
        }
    }

    private string Wording(BroadcastPlan plan, Variant variant, int number)
    {
        var file = variant.File is { } one ? texts.Plain(Phrase.AdminBroadcastFile, ("name", AdminTexts.Text(one.Name))) + " " : "";
        return $"{(plan.Variants.Length > 1 ? $"{BroadcastOrderReader.LetterOf(number)}: " : "")}{file}{Shortened(variant.Source, ShownText)}";
    }

    private string NameOfTopic(string topic) => content.Settings.Topics.GetValueOrDefault(topic) is { } name ? texts.Plain(name) : topic;

    private string AudienceOf(BroadcastPlan plan) => plan.Segment is { } segment
        ? content.Segments.GetValueOrDefault(segment) is { } known ? texts.Plain(known.Name) : segment
        : plan.For ?? texts.Plain(Phrase.AdminBroadcastEveryone);

    private string When(BroadcastPlan plan) => plan.At is not { } at ? texts.Plain(Phrase.AdminBroadcastAtOnce)
        : at.ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture) is var time && plan.IsLocal
            ? texts.Plain(Phrase.AdminBroadcastLocal, ("at", AdminTexts.Text(time)))
            : time;

    private static string Percent(decimal share) => $"{(share * 100).ToString("0.##", CultureInfo.InvariantCulture)} %";

    private static string Shortened(string text, int longest) => text.Length <= longest ? text : $"{text[..longest]}…";
}
