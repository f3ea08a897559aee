using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Conversations;

/// <summary>A state that waits only for so long: whoever has not answered by then is led on.</summary>
internal static class TimeoutTurn
{
    public static void Fire(Draft draft, Timer timer, TimerCause.Timeout cause)
    {
        // Answered meanwhile, or asked anew: then another timer counts.
        if (timer.IsExpired || draft.Conversation is not { } conversation || conversation.Id != cause.Conversation || conversation.Step != cause.Step
            || !draft.TryStateOf(conversation, out var state) || state.Timeout is not { } timeout || draft.Chat.BlockedAt is not null)
        {
            return;
        }

        new Walk(draft).Go(timeout.To);
    }
}
