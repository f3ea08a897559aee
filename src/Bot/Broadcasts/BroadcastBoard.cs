using Bot.Admin;
using Bot.Core.Broadcasts;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Storage;
using Bot.Storage.Broadcasts;
using Bot.Writing;

namespace Bot.Broadcasts;

/// <summary>Keeps the cards of broadcasts up to date in the admin chat, and tells how they ended and what they brought about.</summary>
internal sealed class BroadcastBoard(StoreOptions database, Store store, Writer writer, Func<Content> content, bool countsClicks, TimeProvider clock, TimeProvider business)
{
    /// <summary>How often a card changes: Telegram would not take it much more often.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(4);

    private readonly Dictionary<BroadcastId, Shown> _shown = [];

    /// <summary>Brings the card up to date, unless that was a moment ago.</summary>
    public async Task ShowAsync(Broadcast broadcast, CancellationToken cancellationToken)
    {
        var last = _shown.GetValueOrDefault(broadcast.Id);
        if (broadcast.Line is null || (last is not null && last.State == broadcast.State && clock.GetElapsedTime(last.At) < Every))
        {
            return;
        }

        var counts = BroadcastNumbers.Counts(database, broadcast.Id);
        if (last?.State == broadcast.State && last.Ended == counts.Ended)
        {
            _shown[broadcast.Id] = last with { At = clock.GetTimestamp() };
            return;
        }

        var seconds = last is null ? 0 : clock.GetElapsedTime(last.At).TotalSeconds;
        var rate = last is null || seconds <= 0 ? 0 : (counts.Ended - last.Ended) / seconds;
        _shown[broadcast.Id] = new Shown(broadcast.State, counts.Ended, clock.GetTimestamp());
        await EditAsync(broadcast, counts, rate, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>It stopped by itself.</summary>
    public Task TellPauseAsync(Broadcast broadcast, PauseReason reason, CancellationToken cancellationToken) =>
        SayAsync(broadcast, texts => new Body(Html.Escape(Words(texts).Paused(broadcast, reason))), cancellationToken);

    /// <summary>Every recipient came to an end.</summary>
    public async Task TellEndAsync(Broadcast broadcast, CancellationToken cancellationToken)
    {
        _shown.Remove(broadcast.Id);
        await EditAsync(broadcast, BroadcastNumbers.Counts(database, broadcast.Id), 0, cancellationToken).ConfigureAwait(false);
        await TellReportAsync(broadcast, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells what those brought about that ended so long ago that nothing more counts.</summary>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        while (store.Broadcasts.ToReport(business.GetUtcNow() - BroadcastPump.ReportAfter) is { } broadcast)
        {
            await TellReportAsync(broadcast, cancellationToken).ConfigureAwait(false);
            await writer.StepAsync(transaction =>
            {
                transaction.Broadcasts.NoteReport(broadcast.Id, business.GetUtcNow());
                return true;
            }, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<bool> TellReportAsync(Broadcast broadcast, CancellationToken cancellationToken)
    {
        var report = BroadcastNumbers.Report(database, broadcast);
        return SayAsync(broadcast, texts => new ReportText(texts, Words(texts), content().Settings.Currency).Of(broadcast, report), cancellationToken);
    }

    private Task<bool> EditAsync(Broadcast broadcast, RecipientCounts counts, double rate, CancellationToken cancellationToken)
    {
        var words = Words(new AdminTexts(content(), business.GetUtcNow()));
        return writer.StepAsync(transaction =>
        {
            if (transaction.Broadcasts.Find(broadcast.Id) is { Line: { } line } now)
            {
                transaction.Admin.Edit(line, words.Card(now, words.Progress(counts, rate)));
            }

            return true;
        }, cancellationToken);
    }

    private Task<bool> SayAsync(Broadcast broadcast, Func<AdminTexts, Body> say, CancellationToken cancellationToken)
    {
        var texts = new AdminTexts(content(), business.GetUtcNow());
        var body = say(texts);
        return writer.StepAsync(transaction =>
        {
            transaction.Admin.Say(null, null, body with { Keyboard = AdminTexts.Row(Words(texts).Button(broadcast, Phrase.AdminReportButton, "report")) }, business.GetUtcNow());
            return true;
        }, cancellationToken);
    }

    private BroadcastTexts Words(AdminTexts texts) => new(texts, content(), countsClicks);

    private sealed record Shown(BroadcastState State, long Ended, long At);
}
