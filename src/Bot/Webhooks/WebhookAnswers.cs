using System.Globalization;
using Bot.Admin;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Storage;
using Bot.Storage.Webhooks;

namespace Bot.Webhooks;

/// <summary>What the owner sees of webhooks.</summary>
/// <param name="areOn">An address is set.</param>
internal sealed class WebhookAnswers(AdminTexts texts, Store store, StoreOptions database, bool areOn, TimeZoneInfo zone)
{
    private const int MaxDead = 10;

    public (string Html, Keyboard? Keyboard) Show()
    {
        var state = store.Webhooks.State();
        var heading = texts.Html(areOn ? Phrase.AdminWebhooks : Phrase.AdminWebhooksOff,
            ("count", AdminTexts.Number(state.Waiting)),
            ("since", state.Since is { } since ? AdminTexts.Text(Moment(since)) : null),
            ("dead", AdminTexts.Number(state.Dead)));
        var dead = DeadWebhooks.List(database, MaxDead)
            .Select(one => $"• {Moment(one.At)} {Html.Escape(one.Event)}: {Html.Escape(one.Error)} <code>{one.Id.ToString(CultureInfo.InvariantCulture)}</code>");
        return (string.Join('\n', [heading, .. dead]), state.Dead == 0 ? null : new Keyboard.Inline(
        [
            [new InlineButton(texts.Plain(Phrase.AdminWebhooksAgainButton), WebhookPresses.SendAgain)],
            [new InlineButton(texts.Plain(Phrase.AdminWebhooksDropButton), WebhookPresses.Drop)],
        ]));
    }

    private string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
