using System.Collections.Immutable;
using System.Diagnostics;
using Bot.Core.Chats;
using Bot.Core.Gate;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Turns;
using Bot.Storage.Admin;
using Bot.Storage.Api;
using Bot.Storage.Bookings;
using Bot.Storage.Broadcasts;
using Bot.Storage.Cases;
using Bot.Storage.Lists;
using Bot.Storage.Loyalty;
using Bot.Storage.Messages;
using Bot.Storage.Privacy;
using Bot.Storage.Sqlite;
using Bot.Storage.Talks;
using Bot.Storage.Timers;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Turns;

/// <summary>Writes what a turn answered: of the snapshot what is different, of the effects all.</summary>
internal sealed class OutcomeWriter(SqliteConnection connection, IdSource ids, OutboxWriter outbox, TimerWriter timers, AdminWriter admin,
    BroadcastWriter broadcasts, ListWriter lists, SnapshotReader snapshots, CaseWriter cases, TalkWriter talks) : IDisposable
{
    private readonly ProfileWriter _profile = new(connection);
    private readonly ConversationWriter _conversations = new(connection);
    private readonly ConsentWriter _consents = new(connection, ids);
    private readonly EventWriter _events = new(connection, ids);
    private readonly SequenceWriter _sequences = new(connection);
    private readonly EffectWriter _effects = new(connection, ids);
    private readonly BookingWriter _bookings = new(connection);
    private readonly PointsWriter _points = new(connection, ids);
    private readonly RequestWriter _requests = new(connection);

    private readonly Statement _insertChat = new(connection, """
        INSERT INTO chats (id, profile_id, channel, bot, address, language, blocked_at, has_keyboard, last_press_message,
            last_press_data, last_press_at, zone, talking_since, talked_at, talk_timer)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        """);

    private readonly Statement _updateChat = new(connection, """
        UPDATE chats SET channel = ?2, bot = ?3, address = ?4, language = ?5, blocked_at = ?6, has_keyboard = ?7,
            last_press_message = ?8, last_press_data = ?9, last_press_at = ?10, zone = ?11, talking_since = ?12, talked_at = ?13, talk_timer = ?14
        WHERE id = ?1
        """);

    public ImmutableArray<OutboxMessage> Apply(Snapshot before, TurnResult.Outcome outcome, DateTimeOffset now)
    {
        if (outcome.After is not { Profile: { } profile, Chat: { } chat } after)
        {
            return before == Snapshot.None && outcome.Effects.All(effect => effect is Effect.Acknowledge)
                ? []
                : throw new InvalidOperationException("A turn that writes must leave a profile and a chat.");
        }

        _profile.Write(before.Profile, profile);
        WriteChat(before.Chat, chat);
        _conversations.Write(chat.Id, before.Conversation, after.Conversation, outcome.Effects, now);
        _consents.WriteInForce(before.Profile, profile);
        _sequences.Write(before.Profile, profile);
        _bookings.Write(before.Profile, profile, now);
        return WriteEffects(before.Profile, profile, chat, outcome.Effects, now);
    }

    /// <summary>Keeps what was decided on a request.</summary>
    public void Respond(Effect.Respond respond, DateTimeOffset now) => _requests.Add(respond, now);

    public void Dispose()
    {
        _profile.Dispose();
        _conversations.Dispose();
        _consents.Dispose();
        _events.Dispose();
        _sequences.Dispose();
        _effects.Dispose();
        _bookings.Dispose();
        _points.Dispose();
        _requests.Dispose();
        _insertChat.Dispose();
        _updateChat.Dispose();
    }

    private void WriteChat(Chat? before, Chat chat)
    {
        var (channel, bot, address) = chat.Address;
        if (before is null)
        {
            _insertChat.Run(chat.Id.Value, chat.Profile.Value, channel, bot, address, chat.Language, chat.BlockedAt,
                chat.HasKeyboard, chat.LastPress?.MessageId, chat.LastPress?.Data, chat.LastPress?.At, chat.Zone, chat.Talk?.Since, chat.Talk?.LastAt, chat.Talk?.Timer.Value);
        }
        else if (before != chat)
        {
            _updateChat.Run(chat.Id.Value, channel, bot, address, chat.Language, chat.BlockedAt, chat.HasKeyboard,
                chat.LastPress?.MessageId, chat.LastPress?.Data, chat.LastPress?.At, chat.Zone, chat.Talk?.Since, chat.Talk?.LastAt, chat.Talk?.Timer.Value);
        }
    }

    private ImmutableArray<OutboxMessage> WriteEffects(Profile? before, Profile profile, Chat chat, ImmutableArray<Effect> effects,
        DateTimeOffset now)
    {
        var messages = ImmutableArray.CreateBuilder<OutboxMessage>(effects.Length);
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Effect.Say say:
                    var message = new OutboxMessage(new OutboxId(ids.Next()), profile.Id, chat.Id, chat.Address, say.Kind, say.Cause,
                        say.Template, say.Body, NotAfter: say.NotAfter)
                    { Booking = say.Booking };
                    outbox.Add(message);
                    messages.Add(message);
                    if (say.Body is { Copy: { } original, EditOf: null })
                    {
                        talks.Note(message, original, now);
                    }

                    break;
                case Effect.Record record:
                    _events.Write(profile.Id, record, now);
                    break;
                case Effect.GiveConsent given:
                    _consents.Give(profile.Id, chat.Id, given, now);
                    break;
                case Effect.WithdrawConsent withdrawn:
                    _consents.Withdraw(before, profile, chat.Id, withdrawn, now);
                    break;
                case Effect.CloseConversation:
                    // Written with the conversations, before a new one comes to the front.
                    break;
                case Effect.CancelMessages cancel:
                    outbox.Cancel(cancel.Chat, cancel.IsMarketingOnly ? DeliveryStatus.Skipped : DeliveryStatus.Blocked, cancel.Reason,
                        cancel.IsMarketingOnly, now);
                    break;
                case Effect.Hold hold:
                    _bookings.Hold(profile.Id, hold, now);
                    break;
                case Effect.Release:
                    _bookings.Release(profile.Id);
                    break;
                case Effect.EndReminders end:
                    _bookings.DeleteTimers(end.Booking);
                    outbox.Cancel(end.Booking, nameof(SkipReason.VisitChanged), now);
                    messages.RemoveAll(message => message.Booking == end.Booking);
                    break;
                case Effect.Skip skip:
                    _effects.Skip(profile, chat, skip, now);
                    break;
                case Effect.Schedule schedule:
                    timers.Add(chat.Id, schedule.Timer);
                    break;
                case Effect.Unschedule unschedule:
                    timers.Delete(unschedule.Timer);
                    break;
                case Effect.KeepRun keep:
                    _sequences.Write(profile, keep.Run);
                    break;
                case Effect.NoteAutomation noted:
                    _effects.NoteAutomation(profile, noted.Automation, now);
                    break;
                case Effect.IssueCode code:
                    _effects.IssueCode(profile, code, now);
                    break;
                case Effect.AddPurchase bought:
                    _effects.AddPurchase(profile, bought, now);
                    break;
                case Effect.AddRefund added:
                    _points.AddRefund(profile.Id, added, now);
                    break;
                case Effect.Post post:
                    _points.Post(profile.Id, post.Entry, now);
                    break;
                case Effect.Owe owe:
                    _points.Owe(owe);
                    break;
                case Effect.MarkWarned warned:
                    _points.MarkWarned(warned.Lot);
                    break;
                case Effect.KeepAccount keep:
                    _points.KeepAccount(profile.Id, keep, now);
                    break;
                case Effect.IssueCard card:
                    _points.IssueCard(profile.Id, card.Code, now);
                    break;
                case Effect.RedeemCode redeem:
                    _points.Redeem(redeem.Code, now);
                    break;
                case Effect.Notify notify:
                    admin.Say(profile.Id, notify.Key, notify.Body, now);
                    break;
                case Effect.Relay relay:
                    admin.Relay(profile.Id, chat.Id, relay, now);
                    break;
                case Effect.OpenCase opened:
                    cases.Open(profile, chat, opened);
                    break;
                case Effect.AddToCase added:
                    cases.Add(added, now);
                    break;
                case Effect.MarkCase marked:
                    cases.Mark(marked, now);
                    break;
                case Effect.AddNote note:
                    _effects.AddNote(profile, note, now);
                    break;
                case Effect.NoteClick click:
                    broadcasts.NoteClick(click.Recipient, now);
                    break;
                case Effect.CountRow row:
                    lists.Count(row.List, row.Result);
                    break;
                case Effect.TakeOver over:
                    snapshots.TakeOver(over.Other, profile.Id, chat.Id);
                    break;
                case Effect.Erase:
                    Erasure.Run(connection, profile.Id, now);
                    break;
                case Effect.Respond respond:
                    Respond(respond, now);
                    break;
                case Effect.Acknowledge or Effect.Answer:
                    // Best effort after the commit, and nothing of it is kept.
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        return messages.DrainToImmutable();
    }
}
