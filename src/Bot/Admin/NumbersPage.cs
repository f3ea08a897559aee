using System.Globalization;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Core.Sequences;
using Bot.Storage.Admin;

namespace Bot.Admin;

/// <summary>The numbers of a period in the business's language, beside those of the period before if they are given.</summary>
internal sealed class NumbersPage(AdminTexts texts, Content content, PeriodNumbers now, PeriodNumbers? before)
{
    private static readonly (SequenceEnd End, string Sign)[] Ends =
    [
        (SequenceEnd.Finished, "✅"), (SequenceEnd.Goal, "🎯"), (SequenceEnd.Unsubscribed, "🔕"),
    ];

    /// <summary>All of it, a block for each subject.</summary>
    /// <param name="isFull">Also where in a dialog customers stopped, and why messages were not sent.</param>
    public string Html(bool isFull) => string.Join("\n\n",
    [
        Customers(),
        Block(Phrase.AdminFunnels, Funnels(isFull)),
        Block(Phrase.AdminSequences, Sequences()),
        Block(Phrase.AdminAutomations, Messages(isFull)),
    ]);

    private string Customers() => string.Join('\n',
    [
        $"{Label(Phrase.AdminNumberLeads)}: {Beside(now.Leads.Sum(one => one.Count), before?.Leads.Sum(one => one.Count))}",
        .. now.Leads.Select(one => $"  {Source(one.Source)}: {Beside(one.Count, before?.Leads.FirstOrDefault(old => old.Source == one.Source).Count)}"),
        $"{Label(Phrase.AdminNumberConsents)}: {Beside(now.Consents, before?.Consents)}",
        $"{Label(Phrase.AdminNumberUnsubscribed)}: {Beside(now.Unsubscribed, before?.Unsubscribed)}",
        $"{Label(Phrase.AdminNumberBlocked)}: {Beside(now.Blocked, before?.Blocked)}",
    ]);

    private string Block(Phrase heading, IEnumerable<string> lines) => string.Join('\n', [texts.Html(heading), .. lines.DefaultIfEmpty("—")]);

    private IEnumerable<string> Funnels(bool isFull)
    {
        foreach (var dialog in now.Funnels.GroupBy(step => step.Dialog))
        {
            var all = dialog.Sum(Began);
            var old = before?.Funnels.Where(step => step.Dialog == dialog.Key).ToList();
            var name = content.Dialogs.TryGetValue(dialog.Key, out var known) ? texts.Plain(known.About) : texts.Plain(Phrase.AdminGone);
            yield return $"<b>{Core.Messages.Html.Escape(name)}</b> ({Core.Messages.Html.Escape(dialog.Key)}): {Beside(all, old?.Sum(Began))}, "
                + $"✅ {Share(dialog.Sum(step => step.Finished), all)}";
            foreach (var step in isFull ? dialog : dialog.Where(step => step.Left > 0).OrderByDescending(step => step.Left).Take(1))
            {
                var parts = new[] { ("✅", step.Finished), ("🚪", step.Left), ("⏳", step.Open) }.Where(part => part.Item2 > 0);
                yield return $"  {Core.Messages.Html.Escape(step.State)}: {string.Join(", ", parts.Select(part => $"{part.Item1} {Share(part.Item2, all)}"))}";
            }
        }
    }

    private IEnumerable<string> Sequences() => content.Sequences.Keys.Union(now.Sequences.Select(one => one.Sequence)).Order(StringComparer.Ordinal).Select(id =>
    {
        var number = now.Sequences.FirstOrDefault(one => one.Sequence == id);
        var entered = number?.Entered ?? 0;
        var ended = number?.Ended ?? System.Collections.Immutable.ImmutableDictionary<SequenceEnd, long>.Empty;
        var others = ended.Where(end => Ends.All(one => one.End != end.Key)).Sum(end => end.Value);
        return $"<b>{Core.Messages.Html.Escape(id)}</b>{Mark(content.Sequences.GetValueOrDefault(id)?.IsEnabled)}: "
            + $"👥 {Beside(entered, before is null ? null : before.Sequences.FirstOrDefault(one => one.Sequence == id)?.Entered ?? 0)}, ⏳ {Number(number?.Running ?? 0)}, "
            + string.Join(", ", Ends.Select(one => $"{one.Sign} {Share(ended.GetValueOrDefault(one.End), entered)}")) + $", ⏹ {Number(others)}";
    });

    private IEnumerable<string> Messages(bool isFull)
    {
        foreach (var cause in Causes())
        {
            var mine = now.Messages.Where(one => one.Cause == cause).ToList();
            var sent = Sum(mine, DeliveryStatus.Sent);
            yield return $"<b>{Core.Messages.Html.Escape(cause.Replace(':', ' '))}</b>{Mark(IsOn(cause))}: "
                + $"✉️ {Beside(sent, before is null ? null : Sum([.. before.Messages.Where(one => one.Cause == cause)], DeliveryStatus.Sent))}, "
                + $"🚫 {Number(Sum(mine, DeliveryStatus.Skipped) + Sum(mine, DeliveryStatus.Blocked) + Sum(mine, DeliveryStatus.Failed))}, "
                + $"❔ {Number(Sum(mine, DeliveryStatus.Unknown))}";
            foreach (var skipped in mine.Where(one => isFull && one.Status == DeliveryStatus.Skipped))
            {
                yield return $"  🚫 {Number(skipped.Count)}: {Core.Messages.Html.Escape(HistoryPage.Why(texts, skipped.Reason))}";
            }
        }
    }

    /// <summary>What the content has, and what else sent something.</summary>
    private IEnumerable<string> Causes() => content.Sequences.Keys.Select(id => $"sequence:{id}")
        .Concat(content.Automations.Keys.Select(id => $"automation:{id}"))
        .Union(now.Messages.Select(one => one.Cause))
        .Order(StringComparer.Ordinal);

    private bool? IsOn(string cause) => cause.Split(':') switch
    {
        ["sequence", var id] => content.Sequences.GetValueOrDefault(id)?.IsEnabled,
        ["automation", var id] => content.Automations.GetValueOrDefault(id)?.IsEnabled,
        ["silence", var id] => content.Dialogs.GetValueOrDefault(id)?.Silence is not null ? true : null,

        // What is sent once is neither on nor off.
        _ => true,
    };

    private string Mark(bool? isOn) => isOn switch
    {
        true => "",
        false => $" ({Label(Phrase.AdminOff)})",
        null => $" ({Label(Phrase.AdminGone)})",
    };

    private string Share(long count, long all) => all == 0
        ? Number(count)
        : texts.Html(Phrase.AdminShare, ("percent", AdminTexts.Number((count * 200 + all) / (all * 2))), ("count", AdminTexts.Number(count)), ("all", AdminTexts.Number(all)));

    private string Source(string? source) => Core.Messages.Html.Escape(source ?? texts.Plain(Phrase.AdminUnknownSource));

    private string Label(Phrase phrase) => Core.Messages.Html.Escape(texts.Plain(phrase));

    private static long Began(FunnelStep step) => step.Finished + step.Left + step.Open;

    private static long Sum(List<CauseNumber> numbers, DeliveryStatus status) => numbers.Where(one => one.Status == status).Sum(one => one.Count);

    private static string Beside(long number, long? old) => old is { } was ? $"{Number(number)} ({Number(was)})" : Number(number);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
