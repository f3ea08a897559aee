using System.Collections.Immutable;
using Bot.Core.Cases;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Lists;
using Bot.Core.Loyalty;
using Bot.Core.Messages;
using Bot.Core.Purchases;
using Bot.Core.Sequences;
using Bot.Core.Staff;

namespace Bot.Core.Turns;

/// <summary>What a turn answers: what is to become true, or what it must know first.</summary>
public abstract record TurnResult
{
    private TurnResult()
    {
    }

    /// <param name="After">Replaces the snapshot; what is equal need not be written.</param>
    /// <param name="Effects">What is to be added, in order.</param>
    public sealed record Outcome(Snapshot After, ImmutableArray<Effect> Effects) : TurnResult;

    /// <summary>Run again with the answers to these.</summary>
    public sealed record Need(ImmutableArray<Query> Queries) : TurnResult;
}

/// <summary>What a turn asks for beside its new snapshot. All of one turn are committed together or not at all.</summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>A message to this chat.</summary>
    /// <param name="NotAfter">Later than this it is not sent any more.</param>
    public sealed record Say(MessageKind Kind, string Cause, string Template, Body Body, DateTimeOffset? NotAfter = null) : Effect
    {
        /// <summary>The visit without which it is not sent: one that is called off in the meantime takes it along.</summary>
        public BookingId? Booking { get; init; }
    }

    /// <summary>A time is kept for this customer, instead of any that was kept before.</summary>
    /// <param name="To">When the specialist is free again.</param>
    /// <param name="Until">Then it is anybody's.</param>
    /// <param name="Moved">The customer's own visit, over which the time may lie.</param>
    public sealed record Hold(string Specialist, DateTimeOffset From, DateTimeOffset To, DateTimeOffset Until, BookingId? Moved) : Effect;

    /// <summary>What was kept for this customer is anybody's again.</summary>
    public sealed record Release : Effect;

    /// <summary>Timers and waiting messages about a visit go, for it is not any more what they were about.</summary>
    public sealed record EndReminders(BookingId Booking) : Effect;

    /// <summary>A message that the gate or a condition kept back; kept as a delivery that says why.</summary>
    public sealed record Skip(MessageKind Kind, string Cause, string Template, SkipReason Reason) : Effect;

    /// <summary>Something is to be looked at when it is due, in this chat.</summary>
    public sealed record Schedule(Timer Timer) : Effect;

    /// <summary>A timer that is not needed any more.</summary>
    public sealed record Unschedule(TimerId Timer) : Effect;

    /// <summary>A way through a sequence whose place in the profile a new one takes.</summary>
    public sealed record KeepRun(SequenceRun Run) : Effect;

    /// <summary>An automation did something for this profile.</summary>
    public sealed record NoteAutomation(string Automation) : Effect;

    /// <summary>A personal code. It is redeemed by its text.</summary>
    /// <param name="Percent">The discount in percent, or <see langword="null"/> for an amount.</param>
    /// <param name="Amount">The discount in the business's currency, or <see langword="null"/> for a percentage.</param>
    public sealed record IssueCode(string Code, decimal? Percent, decimal? Amount, DateTimeOffset ValidUntil, string Cause) : Effect;

    /// <summary>A personal code is used up. Fails as a constraint does if it is already.</summary>
    public sealed record RedeemCode(string Code) : Effect;

    /// <summary>A purchase.</summary>
    public sealed record AddPurchase(Purchase Purchase) : Effect;

    /// <summary>A refund.</summary>
    /// <param name="Short">Earned points that could not be taken back.</param>
    public sealed record AddRefund(Refund Refund, Points Short) : Effect;

    /// <summary>An entry in the points ledger: the lot and the balance go with it.</summary>
    public sealed record Post(LedgerEntry Entry) : Effect;

    /// <summary>Points of a lot are owed, or fewer of them.</summary>
    public sealed record Owe(LotId Lot, long Change) : Effect;

    /// <summary>The customer was told that a lot expires.</summary>
    public sealed record MarkWarned(LotId Lot) : Effect;

    /// <summary>The tier as worked out now, and what looks at the account next.</summary>
    public sealed record KeepAccount(string? Tier, TimerId? Timer) : Effect;

    /// <summary>The customer's card, by whose code they are known at the desk.</summary>
    public sealed record IssueCard(string Code) : Effect;

    /// <summary>A line in the admin chat.</summary>
    /// <param name="Key">The same key is told once; <see langword="null"/> for always.</param>
    public sealed record Notify(string? Key, Body Body) : Effect;

    /// <summary>A line of the talk with this customer in the admin chat: whoever answers it there answers the customer.</summary>
    /// <param name="Body">With a copy it is what the customer sent.</param>
    /// <param name="ReplyTo">The message of the admin chat that it is about.</param>
    /// <param name="IsEdit">It takes the place of an earlier line with the same copy.</param>
    public sealed record Relay(Body Body, long? ReplyTo = null, bool IsEdit = false) : Effect;

    /// <summary>Something that staff should see to.</summary>
    /// <param name="Words">The customer's own; they can be cleared.</param>
    public sealed record OpenCase(Case Case, string? Words) : Effect;

    /// <summary>More to a case that is open.</summary>
    public sealed record AddToCase(CaseId Case, decimal? Score, string? Words) : Effect;

    /// <summary>What staff did about a case that is open.</summary>
    /// <param name="Due">By when it should be solved; <see langword="null"/> once it is.</param>
    public sealed record MarkCase(CaseId Case, CaseMark Mark, DateTimeOffset? Due) : Effect;

    /// <summary>What staff wrote down about the profile.</summary>
    /// <param name="By">The numeric id of who did.</param>
    public sealed record AddNote(long By, string Text) : Effect;

    /// <summary>The customer pressed the button of a broadcast or followed its link. The first time counts.</summary>
    public sealed record NoteClick(RecipientId Recipient) : Effect;

    /// <summary>A row of a list is done.</summary>
    public sealed record CountRow(long List, ImportResult Result) : Effect;

    /// <summary>
    /// Another profile is this person's too: what the snapshot does not hold (purchases, codes, notes, chats) becomes this profile's, and the other
    /// id leads here from now on.
    /// </summary>
    public sealed record TakeOver(ProfileId Other) : Effect;

    /// <summary>
    /// Whatever says who this customer is goes for good, in all tables and from all chats; what was bought, earned and counted stays without a
    /// name. Nobody is ever led to this profile again: who comes back is somebody new.
    /// </summary>
    public sealed record Erase : Effect;

    /// <summary>After the commit: what staff asked for is read, or made, beside the writer and told in the admin chat.</summary>
    public sealed record Answer(StaffCommand Command) : Effect;

    /// <summary>An event in the profile's history. Numbers stay with it; texts go to a table that can be cleared.</summary>
    public sealed record Record(string Event, ImmutableArray<KeyValuePair<string, Value>> With) : Effect;

    /// <summary>A consent given, with the wording it was given to.</summary>
    public sealed record GiveConsent(string Purpose, Wording Wording, string Source) : Effect;

    /// <summary>A consent taken back.</summary>
    public sealed record WithdrawConsent(string Purpose, string Source) : Effect;

    /// <summary>A conversation that is over: how, and in which state it stood.</summary>
    public sealed record CloseConversation(ConversationId Conversation, string Dialog, string State, ConversationEnd End) : Effect;

    /// <summary>What still waits to be sent to a chat is not sent.</summary>
    /// <param name="Reason">Kept with each message, for example <c>blocked</c>.</param>
    /// <param name="IsMarketingOnly">Replies and Service messages still go.</param>
    public sealed record CancelMessages(ChatId Chat, string Reason, bool IsMarketingOnly = false) : Effect;

    /// <summary>What was decided on a request, kept so that the same request is answered the same.</summary>
    /// <param name="Subject">What <paramref name="Result"/> says that it is.</param>
    public sealed record Respond(Request Request, RequestResult Result, long? Subject) : Effect;

    /// <summary>After the commit, best effort: the answer to a press.</summary>
    public sealed record Acknowledge(Acknowledgement Acknowledgement) : Effect;
}

/// <summary>How a conversation ended.</summary>
public enum ConversationEnd
{
    /// <summary>It came to its end.</summary>
    Finished = 0,

    /// <summary>The customer opened something else, or withdrew.</summary>
    Left = 1,

    /// <summary>The content changed under it and named no way on.</summary>
    Lost = 2,
}
