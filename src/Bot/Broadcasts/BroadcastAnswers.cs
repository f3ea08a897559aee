using System.Diagnostics;
using System.Globalization;
using Bot.Admin;
using Bot.Core.Broadcasts;
using Bot.Core.Csv;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Storage;
using Bot.Storage.Broadcasts;
using Bot.Storage.Segments;
using Bot.Writing;

namespace Bot.Broadcasts;

/// <summary>Shows staff what they asked of a broadcast, after the commit: what must be counted for it is read beside the writer.</summary>
internal sealed class BroadcastAnswers(Func<Content> content, Store store, StoreOptions database, Writer writer, TimeProvider business, bool countsClicks)
{
    /// <summary>Recipients of one file: more would be too large for the channel.</summary>
    private const int LinesOfFile = 200_000;

    private const int Listed = 10;

    public async Task AnswerAsync(BroadcastOrder order, CancellationToken cancellationToken)
    {
        var texts = new AdminTexts(content(), business.GetUtcNow());
        var words = new BroadcastTexts(texts, content(), countsClicks);
        if (order is BroadcastOrder.List)
        {
            await SayAsync([words.List(store.Broadcasts.Latest(Listed))], cancellationToken).ConfigureAwait(false);
            return;
        }

        if (order.Broadcast is not { } id || store.Broadcasts.Find(id) is not { } broadcast)
        {
            return;
        }

        switch (order)
        {
            case BroadcastOrder.Show:
                await ShowAsync(broadcast, words, cancellationToken).ConfigureAwait(false);
                break;
            case BroadcastOrder.Choose choose:
                await SayAsync([words.Choice(broadcast, choose.IsTopic)], cancellationToken).ConfigureAwait(false);
                break;
            case BroadcastOrder.Test:
                await SayAsync(Test(broadcast, texts), cancellationToken).ConfigureAwait(false);
                break;
            case BroadcastOrder.Start when broadcast.Plan.Topic is null:
                await SayAsync([words.Choice(broadcast, isTopic: true)], cancellationToken).ConfigureAwait(false);
                break;
            case BroadcastOrder.Start:
                await SayAsync([Count(broadcast) is { } count
                    ? words.StartQuestion(broadcast, count, BroadcastDesk.SeenOf(broadcast.Plan))
                    : new Body(texts.Html(Phrase.AdminBroadcastContent, ("number", AdminTexts.Number(id.Value))))], cancellationToken).ConfigureAwait(false);
                break;
            case BroadcastOrder.Cancel or BroadcastOrder.Recall or BroadcastOrder.Win or BroadcastOrder.Edit:
                await SayAsync([Question(broadcast, order, texts, words)], cancellationToken).ConfigureAwait(false);
                break;
            case BroadcastOrder.Report:
                await SayAsync([new ReportText(texts, words, content().Settings.Currency).Of(broadcast, BroadcastNumbers.Report(database, broadcast))], cancellationToken)
                    .ConfigureAwait(false);
                break;
            case BroadcastOrder.File:
                foreach (var part in BroadcastNumbers.Lines(database, id).Chunk(LinesOfFile))
                {
                    await SayAsync([new Body("", FileOf(broadcast, part, words))], cancellationToken).ConfigureAwait(false);
                }

                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The card as a new line, which shows the course of things from then on.</summary>
    private async Task ShowAsync(Broadcast broadcast, BroadcastTexts words, CancellationToken cancellationToken)
    {
        var progress = broadcast.IsDraft
            ? Count(broadcast) is { } count ? words.Reach(count) : null
            : words.Progress(BroadcastNumbers.Counts(database, broadcast.Id), 0);
        var card = words.Card(broadcast, progress);
        await writer.StepAsync(transaction =>
        {
            if (transaction.Broadcasts.Find(broadcast.Id) is { } now)
            {
                transaction.Broadcasts.Save(now with { Line = transaction.Admin.Say(null, null, card, business.GetUtcNow()) });
            }

            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    private AudienceCount? Count(Broadcast broadcast) => AudienceWork.TryReadCondition(content(), broadcast.Plan, out var condition)
        ? store.Segments.CountAudience(condition, content().Settings, business.GetUtcNow(), AudienceWork.ScopeOf(broadcast.Plan))
        : null;

    private List<Body> Test(Broadcast broadcast, AdminTexts texts)
    {
        var bodies = new List<Body>();
        foreach (var variant in broadcast.Plan.Variants)
        {
            if (content().ReadText(variant.Source).Result is { } text)
            {
                var button = variant.Button is { } one
                    ? AdminTexts.Row(one.Url is { } url ? new InlineButton(one.Label, null, url) : new InlineButton(one.Label, StaffPress.Test))
                    : null;
                bodies.Add(BroadcastTurn.Preview(content(), variant, text, button, business.GetUtcNow()));
            }
        }

        return bodies.Count > 0 ? bodies : [new Body(texts.Html(Phrase.AdminBroadcastContent, ("number", AdminTexts.Number(broadcast.Id.Value))))];
    }

    private Body Question(Broadcast broadcast, BroadcastOrder order, AdminTexts texts, BroadcastTexts words)
    {
        var number = AdminTexts.Number(broadcast.Id.Value);
        var counts = BroadcastNumbers.Counts(database, broadcast.Id);
        var reserved = AdminTexts.Number(counts[RecipientState.Reserved]);
        var (html, yes) = order switch
        {
            BroadcastOrder.Cancel => (texts.Html(Phrase.AdminBroadcastCancelSure, ("number", number)), "cancel.yes"),
            BroadcastOrder.Recall => (texts.Html(Phrase.AdminBroadcastRecallSure, ("number", number), ("count", AdminTexts.Number(counts[RecipientState.Sent]))), "recall.yes"),
            BroadcastOrder.Win { Variant: { } variant } => (texts.Html(Phrase.AdminBroadcastWinSure,
                ("variant", AdminTexts.Text(BroadcastOrderReader.LetterOf(variant))), ("count", reserved)), $"win.{BroadcastOrderReader.LetterOf(variant)}.yes"),
            BroadcastOrder.Win => (texts.Html(Phrase.AdminBroadcastNobodySure, ("count", reserved)), "win.none.yes"),
            BroadcastOrder.Edit edit => (texts.Html(Phrase.AdminBroadcastEditSure, ("number", number), ("text", AdminTexts.Text(edit.Source))), "edit.yes"),
            _ => throw new UnreachableException(),
        };
        return new Body(html, null, AdminTexts.Row(words.Button(broadcast, Phrase.AdminYes, yes)));
    }

    private Attachment FileOf(Broadcast broadcast, IEnumerable<RecipientLine> lines, BroadcastTexts words)
    {
        using var text = new StringWriter();
        var csv = new CsvWriter(text, CsvWriter.DelimiterIn(content().Settings.Languages[0]));
        csv.Row("id", "variant", "state", "reason", "at", "clicked");
        foreach (var line in lines)
        {
            csv.Row(line.Profile.Value, line.Variant is { } variant ? BroadcastOrderReader.LetterOf(variant) : "", line.State.ToString().ToLowerInvariant(),
                line.Reason is { } reason ? words.ReasonOf(reason) : "", Moment(line.EndedAt), Moment(line.ClickedAt));
        }

        return new Attachment(AttachmentKind.Document, $"broadcast-{broadcast.Id.Value}.csv", text.ToString());
    }

    private string Moment(DateTimeOffset? at) => at is { } moment
        ? TimeZoneInfo.ConvertTime(moment, content().Settings.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "";

    private Task<bool> SayAsync(List<Body> bodies, CancellationToken cancellationToken) => writer.StepAsync(transaction =>
    {
        bodies.ForEach(body => transaction.Admin.Say(null, null, body, business.GetUtcNow()));
        return true;
    }, cancellationToken);
}
