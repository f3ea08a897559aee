using Bot.Core.Dialogs;
using Bot.Core.Expressions;

namespace Bot.Core.Conversations;

/// <summary>What a customer's words mean as the answer to a question.</summary>
public abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>A usable answer, read as this kind.</summary>
    public sealed record Given(AskKind Kind, Value Value) : Answer;

    /// <summary>Not an answer; what to say about it.</summary>
    public sealed record Unclear(Phrase Again) : Answer;
}
