using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Storage.Web;
using Bot.Writing;

namespace Bot.Web;

/// <summary>Takes in what customers say on the page: within limits, into the log and down the one path, and acknowledged when committed.</summary>
/// <param name="clock">The real clock, for the pace and for when the visitor was here.</param>
/// <param name="business">The business's clock, by which lines are dated.</param>
/// <param name="stopping">From then on what is said is left to the next start: the page repeats it.</param>
internal sealed class ChatIntake(Writer writer, WebReader log, OpenSockets sockets, TimeProvider clock, TimeProvider business,
    CancellationToken stopping)
{
    /// <summary>When a page whose session is over tries again.</summary>
    private static readonly TimeSpan Anew = TimeSpan.FromSeconds(1);

    private const int Burst = 10;
    private const int PerSecond = 2;

    private readonly TokenBuckets<WebSessionId> _pace = new(Burst, PerSecond, clock);

    /// <summary>Answers the frame that tells the page what became of it.</summary>
    public async Task<byte[]> TakeAsync(WebSessionId session, ClientFrame frame, string? language)
    {
        var id = frame is ClientFrame.Said said ? said.Id : ((ClientFrame.Pressed)frame).Id;
        if (_pace.Take(session) is var wait && wait > TimeSpan.Zero)
        {
            return ServerFrame.TooFast(id, wait);
        }

        if (!log.Exists(session))
        {
            // The page begins anew as somebody new, and says it again then.
            sockets.Close(session);
            return ServerFrame.TooFast(id, Anew);
        }

        var key = $"{ChatAddress.Web}:{session.Value}:{id}";
        var from = new Person("", language);
        return frame switch
        {
            ClientFrame.Said { Text: var text } when string.IsNullOrWhiteSpace(text) => ServerFrame.Refused(id, "empty"),
            ClientFrame.Said { Text.Length: > Html.MaxText } => ServerFrame.Refused(id, "long"),
            ClientFrame.Said { Text: var text } => await AcceptAsync(session, id, text, new Input.Message(key, AddressOf(session), from, text))
                .ConfigureAwait(false),
            ClientFrame.Pressed press when LabelOf(session, press) is { } label => await AcceptAsync(session, id, label,
                new Input.Press(key, AddressOf(session), from, press.Data, id, press.Message)).ConfigureAwait(false),
            _ => ServerFrame.Refused(id, "gone"),
        };
    }

    private static ChatAddress AddressOf(WebSessionId session) => new(ChatAddress.Web, 0, session.Value);

    /// <summary>The button as the customer saw it; only what this session was offered can be pressed.</summary>
    private string? LabelOf(WebSessionId session, ClientFrame.Pressed press) =>
        log.Find(session, press.Message)?.Body?.Keyboard is Keyboard.Inline keyboard
            ? keyboard.Rows.SelectMany(row => row).FirstOrDefault(button => button.Data == press.Data)?.Label
            : null;

    private async Task<byte[]> AcceptAsync(WebSessionId session, string id, string text, Input input)
    {
        // The line first, so that it stands before the answer; both are known by the id, so that repeating either changes nothing.
        var logged = writer.StepAsync(transaction =>
        {
            transaction.Web.AddSaid(session, id, text, business.GetUtcNow());
            transaction.Web.Touch(session, clock.GetUtcNow());
            return true;
        }, stopping);
        await Task.WhenAll(logged, writer.AcceptAsync([input], stopping)).ConfigureAwait(false);
        sockets.Tell(session);
        return ServerFrame.Acknowledged(id);
    }
}
