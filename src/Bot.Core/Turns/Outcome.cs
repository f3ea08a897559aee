using System.Collections.Immutable;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;

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
    public sealed record Say(MessageKind Kind, string Cause, string Template, Body Body) : Effect;

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
    public sealed record CancelMessages(ChatId Chat, string Reason) : Effect;

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
