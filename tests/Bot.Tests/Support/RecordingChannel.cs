using System.Collections.Concurrent;
using Bot.Core.Chats;
using Bot.Core.Messages;

namespace Bot.Tests.Support;

/// <summary>A channel without a network: keeps what it was given and answers as it is told.</summary>
internal sealed class RecordingChannel : IChannel
{
    private int _inFlight;

    public string Name { get; init; } = ChatAddress.Telegram;

    public ConcurrentQueue<OutboxMessage> Sent { get; } = new();

    public ConcurrentQueue<Acknowledgement> Acknowledged { get; } = new();

    /// <summary>What a call comes to; runs while the call is in flight.</summary>
    public Func<OutboxMessage, Task<SendOutcome>> Answer { get; set; } = _ => Task.FromResult<SendOutcome>(new SendOutcome.Sent(1));

    public int MostInFlight { get; private set; }

    public int InFlight => Volatile.Read(ref _inFlight);

    public IEnumerable<string> Texts => Sent.Select(message => message.Body.Html);

    public async Task<SendOutcome> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        MostInFlight = Math.Max(MostInFlight, Interlocked.Increment(ref _inFlight));
        Sent.Enqueue(message);
        try
        {
            return await Answer(message).WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    public Task AcknowledgeAsync(Acknowledgement acknowledgement, CancellationToken cancellationToken)
    {
        Acknowledged.Enqueue(acknowledgement);
        return Task.CompletedTask;
    }
}
