using Bot.Core.Chats;
using Bot.Core.Inputs;

namespace Bot.Core.Turns;

/// <summary>Two taps of an impatient thumb on a button that outlives conversations are one press.</summary>
internal static class RecentPress
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Anything else that the customer does makes the next press a new one.</summary>
    public static void Forget(Draft draft)
    {
        if (draft.Chat.LastPress is not null)
        {
            draft.Chat = draft.Chat with { LastPress = null };
        }
    }

    /// <summary>Whether this button of this message was pressed a moment ago; notes the press if not.</summary>
    public static bool IsRepeated(Draft draft, Input.Press press)
    {
        if (draft.Chat.LastPress is { } last && last.MessageId == press.MessageId && last.Data == press.Data
            && (draft.Now - last.At).Duration() < Window)
        {
            return true;
        }

        var isOurs = PressData.Parse(press.Data) is not PressData.Foreign;
        draft.Chat = draft.Chat with { LastPress = isOurs ? new LastPress(press.MessageId, press.Data, draft.Now) : null };
        return false;
    }
}
