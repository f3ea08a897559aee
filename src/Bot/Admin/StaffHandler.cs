using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Bot.Broadcasts;
using Bot.Core.Cases;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Turns;
using Bot.Lists;
using Bot.Operations;
using Bot.Storage;
using Bot.Webhooks;

namespace Bot.Admin;

/// <summary>What an act of staff comes to.</summary>
/// <param name="Effects">What is done after the commit.</param>
/// <param name="Turn">What it does to a customer: a turn of that profile in the same transaction.</param>
internal sealed record StaffOutcome(ImmutableArray<Effect> Effects, Input? Turn = null)
{
    public static readonly StaffOutcome Nothing = new([]);
}

/// <summary>
/// Handles what staff do in the admin chat, inside the transaction of the input: rights are read there, so that one that was taken a moment
/// before is gone. Everything that staff do is audited; what only reads is left for after the commit.
/// </summary>
/// <param name="code">Makes a chat the admin chat; <see langword="null"/> where that is not to be.</param>
internal sealed class StaffHandler(Func<Content> content, ClaimCode? code, Metrics metrics, ILogger<StaffHandler> log)
{
    private const string Claim = "claim";

    private readonly BroadcastDesk _broadcasts = new(content);

    /// <summary>Of what was told before there was anybody to hear it, so much is still worth telling.</summary>
    private const int LinesAtClaim = 20;

    /// <summary>Who has the demo's page open runs the demo.</summary>
    private static readonly StaffMember DemoOwner = new(0, StaffRole.Owner);

    private volatile string? _username;

    /// <summary>The bot's name in Telegram, once it is known: in a group, commands may be meant for another bot.</summary>
    public string? Username
    {
        get => _username;
        set => _username = value;
    }

    /// <summary>What the input comes to, or <see langword="null"/> if it is not staff's and goes the customers' way.</summary>
    public StaffOutcome? Handle(WriteTransaction transaction, Input input, DateTimeOffset now)
    {
        switch (input)
        {
            case Input.StaffMessage message:
                return OnMessage(transaction, message, message.Text, message.Original, now) ?? StaffOutcome.Nothing;
            case Input.StaffPress press:
                return OnPress(transaction, press, press.Data, press.Callback, press.MessageId, now);

            // A private chat: the owner is a customer too, so that what is no command goes on to the dialogs.
            case Input.Message { Chat.Channel: ChatAddress.Telegram } message when message is { Text: ['/', ..] } or { Original.ReplyTo: not null }:
                return OnMessage(transaction, message, message.Text, message.Original, now);

            // A file with a command beside it, or as an answer.
            case Input.Unsupported { Chat.Channel: ChatAddress.Telegram, Original: { } original } file
                when original is { Html: ['/', ..] } or { ReplyTo: not null }:
                return OnMessage(transaction, file, original.Html, original, now);
            case Input.Edited edited when IsAdminChat(transaction, edited.Chat) && MemberOf(transaction, edited) is { } member
                && transaction.Talks.Sent(edited.Chat, edited.Original.Id) is not null:
                return TalkDesk.Edit(transaction, edited, member, now);
            case Input.Press press when StaffPress.IsOurs(press.Data):
                return OnPress(transaction, press, press.Data, press.Callback, press.MessageId, now);
            case Input.Migrated migrated when migrated.Chat == transaction.Staff.Chat:
                transaction.Staff.SetChat(migrated.To);
                return null;
            default:
                return null;
        }
    }

    private StaffOutcome? OnMessage(WriteTransaction transaction, Input input, string text, ChannelMessage? original, DateTimeOffset now)
    {
        if (input.From?.Id is not { } user)
        {
            return null;
        }

        if (Command.In(text) is not { } command)
        {
            return OnWords(transaction, input, text, original, now);
        }

        if (command.IsForAnother(Username))
        {
            return null;
        }

        if (command.Name == Claim)
        {
            return TryClaim(transaction, input, user, command.Argument, now) ? StaffOutcome.Nothing : null;
        }

        if (!IsAdminChat(transaction, input.Chat))
        {
            return null;
        }

        var isGroup = input is Input.StaffMessage;
        if (MemberOf(transaction, input) is not { } member)
        {
            if (isGroup)
            {
                Refuse(user);
            }

            return null;
        }

        var about = TalkDesk.About(transaction, input.Chat, original);
        if (StaffReader.Read(text, original, about?.Profile) is { } asked)
        {
            if (about is { } customer && asked is StaffCommand.Note note && note.Profile == customer.Profile)
            {
                return TalkDesk.KeepNote(transaction, input, member, original!, note.Text, customer, Texts(now), now);
            }

            return Do(transaction, input, member, asked, now);
        }

        if (isGroup)
        {
            Say(transaction, Texts(now).Html(Phrase.AdminUnknown), now);
        }

        return null;
    }

    /// <summary>What is no command: it may be for a customer, by the topic that it stands in or the message that it answers.</summary>
    private StaffOutcome? OnWords(WriteTransaction transaction, Input input, string text, ChannelMessage? original, DateTimeOffset now)
    {
        if (original is null || !IsAdminChat(transaction, input.Chat))
        {
            return null;
        }

        var customer = TalkDesk.About(transaction, input.Chat, original);
        if (MemberOf(transaction, input) is not { } member)
        {
            if (customer is not null)
            {
                Refuse(input.From?.Id ?? 0);
            }

            return null;
        }

        if (customer is { } found)
        {
            return TalkDesk.Write(transaction, input, member, original, text, found, Texts(now), now);
        }

        // In a group an answer to the bot is meant for a customer: whoever thinks that it arrived must hear that it did not. What stands in a
        // topic answers the topic's beginning, whoever made that.
        if (input is Input.StaffMessage && original.ReplyTo is { Sender: null, Id: var answered } && answered != original.Thread)
        {
            Say(transaction, Texts(now).Html(Phrase.AdminTalkNowhere), now);
        }

        return null;
    }

    private StaffOutcome OnPress(WriteTransaction transaction, Input input, string data, string callback, long messageId, DateTimeOffset now)
    {
        if (!IsAdminChat(transaction, input.Chat) || MemberOf(transaction, input) is not { } member || StaffPress.Read(data) is not { } asked)
        {
            Refuse(input.From?.Id ?? 0);
            if (input is Input.StaffPress && !IsAdminChat(transaction, input.Chat))
            {
                // Groups of others get no answer at all.
                return StaffOutcome.Nothing;
            }

            return new StaffOutcome([new Effect.Acknowledge(new Acknowledgement(input.Chat, callback, Texts(now).Plain(Phrase.AdminRefused), null))]);
        }

        // What was confirmed is not confirmed twice.
        var used = asked is StaffCommand.DropAside { IsConfirmed: true } or StaffCommand.Remove { IsConfirmed: true }
            or StaffCommand.AddOwner { IsConfirmed: true } or StaffCommand.MarkCase { Mark: CaseMark.Solved } or StaffCommand.OfLists
            or StaffCommand.Sell { IsConfirmed: true } or StaffCommand.GiveBack or StaffCommand.Redeem { IsConfirmed: true }
            or StaffCommand.EraseNow or BookingCommand { IsConfirmation: true }
            or WebhookCommand.SendAgain or WebhookCommand.Drop { IsConfirmed: true } ? messageId : (long?)null;
        var outcome = Do(transaction, input, member, asked, now);
        return outcome with { Effects = [new Effect.Acknowledge(new Acknowledgement(input.Chat, callback, null, used)), .. outcome.Effects] };
    }

    private bool TryClaim(WriteTransaction transaction, Input input, long user, string typed, DateTimeOffset now)
    {
        var (chat, hasOwner) = (transaction.Staff.Chat, transaction.Staff.List().Any(member => member.Role == StaffRole.Owner));
        var isOurs = chat?.Bot == input.Chat.Bot;
        if (code is null || (isOurs && hasOwner) || (isOurs && chat != input.Chat) || !code.IsRight(user, typed))
        {
            Refuse(user);
            return false;
        }

        transaction.Staff.SetChat(input.Chat);
        transaction.Staff.Put(new StaffMember(user, StaffRole.Owner), now);
        transaction.Staff.Audit(user, Claim, input.Chat.Address, now);
        transaction.Admin.GiveUpBut(LinesAtClaim, "before there was an admin chat");
        Say(transaction, Texts(now).Html(Phrase.AdminClaimed, ("user", Id(user))), now);
        log.LogInformation("Chat {Chat} is the admin chat now, its owner is user {User}", input.Chat.Address, user);
        return true;
    }

    private StaffOutcome Do(WriteTransaction transaction, Input input, StaffMember member, StaffCommand command, DateTimeOffset now)
    {
        var texts = Texts(now);
        transaction.Staff.Audit(member.User, member.Role > command.Needs ? $"refused:{command.Name}" : command.Name, SubjectOf(command), now);
        if (member.Role > command.Needs)
        {
            Say(transaction, texts.Html(Phrase.AdminNotAllowed), now);
            return StaffOutcome.Nothing;
        }

        switch (command)
        {
            case StaffCommand.Help:
                Say(transaction, string.Join('\n', [texts.Html(Phrase.AdminHelp),
                    .. StaffReader.Commands.Select(one => $"/{one.Name} — {texts.Html(one.About)}")]), now);
                return StaffOutcome.Nothing;
            case StaffCommand.Hint hint:
                Say(transaction, texts.Html(hint.Phrase, ("id", hint.Profile is { } profile ? Id(profile.Value) : null)), now);
                return StaffOutcome.Nothing;
            case StaffCommand.List:
                StaffRoll.Say(transaction, texts, member, now);
                return StaffOutcome.Nothing;
            case StaffCommand.AddOperator add:
                transaction.Staff.Put(new StaffMember(add.User, StaffRole.Operator), now);
                Say(transaction, texts.Html(Phrase.AdminOperatorAdded, ("user", Id(add.User))), now);
                return StaffOutcome.Nothing;
            case StaffCommand.AddOwner { IsConfirmed: false } add:
                Say(transaction, texts.Html(Phrase.AdminOwnerSure, ("user", Id(add.User))), now,
                    AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminYes), StaffPress.OwnerConfirmed(add.User))));
                return StaffOutcome.Nothing;
            case StaffCommand.AddOwner add:
                transaction.Staff.Put(new StaffMember(add.User, StaffRole.Owner), now);
                Say(transaction, texts.Html(Phrase.AdminOwnerAdded, ("user", Id(add.User))), now);
                return StaffOutcome.Nothing;
            case StaffCommand.Remove remove:
                StaffRoll.Remove(transaction, texts, remove, now);
                return StaffOutcome.Nothing;
            case StaffCommand.DropAside { IsConfirmed: false, Id: { } one }:
                Say(transaction, texts.Html(Phrase.AdminAsideOneSure, ("what", Id(one))), now,
                    AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminYes), StaffPress.DropAsideOneConfirmed(one))));
                return StaffOutcome.Nothing;
            case StaffCommand.DropAside { IsConfirmed: false }:
                Say(transaction, texts.Html(Phrase.AdminAsideSure), now, AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminYes), StaffPress.DropAsideConfirmed)));
                return StaffOutcome.Nothing;
            case StaffCommand.DropAside drop:
                Say(transaction, texts.Html(Phrase.AdminAsideDropped, ("count", AdminTexts.Number(transaction.DropAside(drop.Id)))), now);
                return StaffOutcome.Nothing;
            case StaffCommand.Broadcast broadcast:
                return new StaffOutcome(_broadcasts.Do(transaction, texts, broadcast.Order, member.User, now));
            case StaffCommand.Tag tag:
                return Change(transaction, texts, tag.Profile, now, (chat, profile) =>
                {
                    var labels = profile.Tags.Union(tag.Added).Except(tag.Removed).Order(StringComparer.Ordinal);
                    return (new Input.Tagged(input.Key, chat, tag.Added, tag.Removed),
                        texts.Html(Phrase.AdminTagged, ("labels", AdminTexts.Text(string.Join(", ", labels)))));
                });
            case StaffCommand.Erase erase:
                return EraseDesk.Ask(transaction, texts, erase.Profile, now);
            case StaffCommand.EraseNow { At: var asked } erase when now - asked > EraseDesk.Patience:
                return EraseDesk.Ask(transaction, texts, erase.Profile, now);
            case StaffCommand.EraseNow erase:
                return Change(transaction, texts, erase.Profile, now, (chat, profile) => (new Input.ErasureOrdered(input.Key, chat),
                    texts.Html(Phrase.AdminErasing, ("name", profile.Fields.GetValueOrDefault(Core.Profiles.ProfileFields.Name)))));
            case StaffCommand.Note note:
                return Change(transaction, texts, note.Profile, now,
                    (chat, _) => (new Input.Noted(input.Key, chat, member.User, note.Text), texts.Html(Phrase.AdminNoted)));
            case BookingCommand booking:
                return BookingDesk.Do(transaction, content(), input.Key, booking, (html, keyboard) => Say(transaction, html, now, keyboard), texts);
            case WebhookCommand webhooks:
                return WebhookDesk.Do(transaction, texts, webhooks, (html, keyboard) => Say(transaction, html, now, keyboard));
            case StaffCommand.Sell { IsConfirmed: true } or StaffCommand.GiveBack or StaffCommand.Redeem:
                return new SaleDesk(transaction, texts, now).Do(input, member, command);
            case StaffCommand.Reply or StaffCommand.Write or StaffCommand.CloseTalk:
                return TalkDesk.Do(transaction, input, command, texts, now);
            case StaffCommand.OfLists lists:
                return ListCommands.Do(transaction, content(), lists, input, member, now);
            case StaffCommand.MarkCase mark:
                return CaseMarks.Of(transaction, texts, input.Key, mark, now);
            case StaffCommand.Find or StaffCommand.Card or StaffCommand.Why or StaffCommand.Leads or StaffCommand.Segments or StaffCommand.Stats
                or StaffCommand.Aside or StaffCommand.Backup or StaffCommand.Reload or StaffCommand.Digest
                or StaffCommand.Nps or StaffCommand.Survey or StaffCommand.Cases or StaffCommand.ShowCase or StaffCommand.Erasures
                or StaffCommand.Sale or StaffCommand.SaleTo or StaffCommand.Sell or StaffCommand.Purchases or StaffCommand.RefundOf or StaffCommand.RefundOn:
                return new StaffOutcome([new Effect.Answer(command)]);
            default:
                throw new UnreachableException();
        }
    }

    private static StaffOutcome Change(WriteTransaction transaction, AdminTexts texts, ProfileId profile, DateTimeOffset now,
        Func<ChatAddress, Core.Profiles.Profile, (Input Turn, string Html)> change)
    {
        if (transaction.Staff.ChatOf(profile) is not { } chat || transaction.Load(chat) is not { Profile: { } known })
        {
            Say(transaction, texts.Html(Phrase.AdminNobody), now);
            return StaffOutcome.Nothing;
        }

        var (turn, html) = change(chat, known);
        transaction.Admin.Say(profile, null, new Body(html, null, texts.CardButton(profile)), now);
        return new StaffOutcome([], turn);
    }

    private static bool IsAdminChat(WriteTransaction transaction, ChatAddress chat) =>
        chat.Channel == ChatAddress.Demo || (chat.Channel == ChatAddress.Telegram && chat == transaction.Staff.Chat);

    private static StaffMember? MemberOf(WriteTransaction transaction, Input input) => input.Chat.Channel == ChatAddress.Demo
        ? DemoOwner
        : transaction.Staff.List().Where(member => member.User == input.From?.Id).Select(member => (StaffMember?)member).FirstOrDefault();

    private static long? SubjectOf(StaffCommand command) => command switch
    {
        StaffCommand.Card card => card.Profile.Value,
        StaffCommand.Tag tag => tag.Profile.Value,
        StaffCommand.Note note => note.Profile.Value,
        StaffCommand.Erase erase => erase.Profile.Value,
        StaffCommand.EraseNow erase => erase.Profile.Value,
        StaffCommand.SaleTo sale => sale.Profile.Value,
        StaffCommand.Sell sell => sell.Proposed.Profile.Value,
        StaffCommand.Purchases purchases => purchases.Profile.Value,
        StaffCommand.RefundOn refund => refund.Profile.Value,
        StaffCommand.GiveBack back => back.Profile.Value,
        StaffCommand.Reply reply => reply.Profile.Value,
        StaffCommand.Write write => write.Profile.Value,
        StaffCommand.CloseTalk close => close.Profile.Value,
        StaffCommand.MakeExport export => export.Id,
        StaffCommand.ApplyImport import => import.Id,
        StaffCommand.DropImport import => import.Id,
        StaffCommand.AddOperator add => add.User,
        StaffCommand.AddOwner add => add.User,
        StaffCommand.DropAside drop => drop.Id,
        StaffCommand.Remove remove => remove.User,
        BookingCommand booking => booking.Subject,
        StaffCommand.ShowCase show => show.Case.Value,
        StaffCommand.MarkCase mark => mark.Case.Value,
        _ => null,
    };

    private static void Say(WriteTransaction transaction, string html, DateTimeOffset now, Keyboard? keyboard = null) =>
        transaction.Admin.Say(null, null, new Body(html, null, keyboard), now);

    private static Core.Expressions.Value? Id(long id) => AdminTexts.Text(id.ToString(CultureInfo.InvariantCulture));

    private void Refuse(long user)
    {
        metrics.Refused();
        log.LogWarning("User {User} is not staff here; the command was refused", user);
    }

    private AdminTexts Texts(DateTimeOffset now) => new(content(), now);
}
