using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Ids;

namespace Bot.Core.Conversations;

/// <summary>One run of a dialog in a chat. It always stands in a state that waits.</summary>
/// <param name="Revision">The content that this step was shown with.</param>
/// <param name="Step">Grows each time the conversation waits, so that a press of an earlier message is known as old.</param>
/// <param name="Frames">The dialog first, then those that it called; the last one is where the conversation stands. 1-4.</param>
/// <param name="Offers">What the buttons of this step stand for, by their number.</param>
/// <param name="IsPaused">The customer went to the menu: what they write is no answer, but the step's buttons still are.</param>
/// <param name="Nudge">The timer that looks whether the customer fell silent.</param>
/// <param name="IsNudged">The customer was reminded of it, or need not be: it happens once.</param>
/// <param name="Attempts">Answers of this step that could not be used.</param>
public sealed record Conversation(
    ConversationId Id,
    string Revision,
    int Step,
    ImmutableArray<Frame> Frames,
    ImmutableArray<Offer> Offers,
    int Attempts,
    DateTimeOffset StartedAt,
    DateTimeOffset LastAt,
    bool IsPaused = false,
    TimerId? Nudge = null,
    bool IsNudged = false)
{
    /// <summary>Which page of its answers the question shows; <see langword="null"/> for the first.</summary>
    public string? Page { get; init; }

    /// <summary>How deep one dialog may call another.</summary>
    public const int MaxCalls = 3;

    /// <summary>Where the conversation stands.</summary>
    public Frame Top => Frames[^1];
}

/// <summary>One dialog of a conversation.</summary>
/// <param name="Values">What it was opened with and what it remembers.</param>
/// <param name="Trail">Waiting states that Back can return to, oldest first, at most <see cref="MaxTrail"/>.</param>
public sealed record Frame(
    string Dialog,
    string State,
    ImmutableDictionary<string, Value> Values,
    ImmutableArray<string> Trail)
{
    /// <summary>How many steps back a customer can go.</summary>
    public const int MaxTrail = 20;
}

/// <summary>What a numbered button of the current step does.</summary>
/// <param name="Value">The button's id, or the answer as if it had been typed.</param>
public readonly record struct Offer(OfferKind Kind, string Value);

public enum OfferKind
{
    /// <summary>A button of the state, by its id.</summary>
    Button,

    /// <summary>An answer to the state's question.</summary>
    Answer,

    /// <summary>The question is passed over.</summary>
    Skip,

    /// <summary>To the state before.</summary>
    Back,

    /// <summary>Another page of the answers.</summary>
    Page,

    /// <summary>A button that fills a place.</summary>
    Nothing,
}
