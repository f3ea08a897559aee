using System.Globalization;
using Bot.Admin;
using Bot.Core.Broadcasts;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;

namespace Bot.Broadcasts;

/// <summary>What a broadcast brought about, in words: each share with what it is a share of, and "too small to tell" where that is so.</summary>
internal sealed class ReportText(AdminTexts texts, BroadcastTexts broadcasts, string currency)
{
    public Body Of(Broadcast broadcast, BroadcastReport report)
    {
        var total = report.Total;
        var counts = report.Counts;
        var reasons = string.Join(", ", report.Reasons.Select(one => $"{broadcasts.ReasonOf(one.Key)} {one.Value}"));
        return new Body(texts.Html(Phrase.AdminBroadcastReport,
            ("number", AdminTexts.Number(broadcast.Id.Value)),
            ("all", AdminTexts.Number(counts.All)),
            ("sent", AdminTexts.Number(counts[RecipientState.Sent])),
            ("blocked", AdminTexts.Number(counts[RecipientState.Blocked])),
            ("failed", AdminTexts.Number(counts[RecipientState.Failed])),
            ("unknown", AdminTexts.Number(counts[RecipientState.Unknown])),
            ("skipped", AdminTexts.Number(counts[RecipientState.Skipped])),
            ("open", AdminTexts.Number(counts.All - counts.Ended)),
            ("reasons", reasons.Length == 0 ? null : AdminTexts.Text(texts.Plain(Phrase.AdminBroadcastNotReached, ("reasons", AdminTexts.Text(reasons))))),
            ("delivery", Share(total.Sent, Tried(counts))),
            ("clicks", Share(total.Clicked, total.Sent)),
            ("reactions", Share(total.Reacted, total.Sent)),
            ("unsubscribed", Share(total.Unsubscribed, total.Sent)),
            ("left", Share(total.Blocked, total.Sent)),
            ("goal", AdminTexts.Text(broadcast.Plan.Goal)),
            ("conversions", Share(total.Converted, total.Sent)),
            ("revenue", AdminTexts.Text(Money(total.Revenue))),
            ("each", AdminTexts.Text(Money(total.Sent == 0 ? 0 : total.Revenue / total.Sent))),
            ("experiment", AdminTexts.Text(string.Join('\n', Experiment(broadcast, report))))).TrimEnd());
    }

    /// <summary>Those whose message was sent, or tried to be.</summary>
    private static long Tried(RecipientCounts counts) =>
        counts[RecipientState.Sent] + counts[RecipientState.Blocked] + counts[RecipientState.Failed] + counts[RecipientState.Unknown];

    private IEnumerable<string> Experiment(Broadcast broadcast, BroadcastReport report)
    {
        if (broadcast.Plan.Split is null)
        {
            yield break;
        }

        var variants = report.Arms.Where(arm => arm.Key != Arms.HeldOut).ToList();
        foreach (var (variant, arm) in variants)
        {
            yield return texts.Plain(Phrase.AdminBroadcastArm, ("variant", AdminTexts.Text(BroadcastOrderReader.LetterOf(variant))),
                ("sent", AdminTexts.Number(arm.Sent)), ("clicks", Share(arm.Clicked, arm.Sent)), ("conversions", Share(arm.Converted, arm.Sent)));
        }

        if (report.Arms.GetValueOrDefault(Arms.HeldOut) is { } held)
        {
            yield return texts.Plain(Phrase.AdminBroadcastHeld, ("count", AdminTexts.Number(held.Sent)), ("conversions", Share(held.Converted, held.Sent)));
            if (report.Total is { Sent: > 0 } total)
            {
                yield return Compared(string.Join('+', variants.Select(one => BroadcastOrderReader.LetterOf(one.Key))), texts.Plain(Phrase.AdminBroadcastHeldOut),
                    Phrase.AdminBroadcastGoal, Uplift.Of(held.Converted, held.Sent, total.Converted, total.Sent));
            }
        }

        foreach (var (variant, arm) in variants.Skip(1))
        {
            var (first, letter, other) = (variants[0].Value, BroadcastOrderReader.LetterOf(variants[0].Key), BroadcastOrderReader.LetterOf(variant));
            if (broadcast.Plan.Variants[0].Button is not null)
            {
                yield return Compared(other, letter, Phrase.AdminBroadcastClicks, Uplift.Of(first.Clicked, first.Sent, arm.Clicked, arm.Sent));
            }

            yield return Compared(other, letter, Phrase.AdminBroadcastGoal, Uplift.Of(first.Converted, first.Sent, arm.Converted, arm.Sent));
        }
    }

    private string Compared(string variant, string with, Phrase what, Uplift uplift)
    {
        var relative = uplift.IsTooSmallToTell ? $", {texts.Plain(Phrase.AdminBroadcastTooSmall)}"
            : uplift.Relative is { } more ? $", {Signed(more * 100)} %"
            : "";
        return texts.Plain(Phrase.AdminBroadcastUplift, ("variant", AdminTexts.Text(variant)), ("base", AdminTexts.Text(with)),
            ("what", AdminTexts.Text(texts.Plain(what))), ("difference", AdminTexts.Text(Signed(uplift.Difference * 100))),
            ("low", AdminTexts.Text(Signed(uplift.Low * 100))), ("high", AdminTexts.Text(Signed(uplift.High * 100))), ("relative", AdminTexts.Text(relative)));
    }

    private Value? Share(long count, long of) => AdminTexts.Text(texts.Plain(Phrase.AdminBroadcastShare,
        ("percent", AdminTexts.Text(of == 0 ? "—" : (100.0 * count / of).ToString("0.0", CultureInfo.InvariantCulture))),
        ("count", AdminTexts.Number(count)), ("of", AdminTexts.Number(of))));

    private string Money(decimal amount) => $"{amount.ToString("0.##", CultureInfo.InvariantCulture)} {currency}";

    private static string Signed(double number) => number.ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture);
}
