using Bot.Admin;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Storage;

namespace Bot.Webhooks;

/// <summary>What the owner does with dead webhooks, inside the transaction of the command.</summary>
internal static class WebhookDesk
{
    /// <summary>Answers what is left for after the commit.</summary>
    public static StaffOutcome Do(WriteTransaction transaction, AdminTexts texts, WebhookCommand command, Action<string, Keyboard?> say)
    {
        switch (command)
        {
            case WebhookCommand.SendAgain:
                say(texts.Html(Phrase.AdminWebhooksRevived, ("count", AdminTexts.Number(transaction.Webhooks.Revive()))), null);
                return StaffOutcome.Nothing;
            case WebhookCommand.Drop { IsConfirmed: false }:
                say(texts.Html(Phrase.AdminWebhooksSure), AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminYes), WebhookPresses.DropConfirmed)));
                return StaffOutcome.Nothing;
            case WebhookCommand.Drop:
                say(texts.Html(Phrase.AdminWebhooksDropped, ("count", AdminTexts.Number(transaction.Webhooks.Drop()))), null);
                return StaffOutcome.Nothing;
            default:
                return new StaffOutcome([new Core.Turns.Effect.Answer(command)]);
        }
    }
}
