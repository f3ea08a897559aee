using System.Threading.Channels;
using Bot.Core.Messages;
using Bot.Writing;

namespace Bot.Sending;

/// <summary>Answers presses, beside the messages and in their own lane. Best effort: what does not fit is dropped.</summary>
internal sealed class Acknowledger : IDisposable
{
    private const int Workers = 16;

    private readonly Channel<Acknowledgement> _waiting = Channel.CreateBounded<Acknowledgement>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Dictionary<string, IChannel> _channels;
    private readonly CancellationTokenSource _abort = new();
    private readonly ILogger<Acknowledger> _log;
    private Task _work = Task.CompletedTask;

    public Acknowledger(Writer writer, IEnumerable<IChannel> channels, ILogger<Acknowledger> log)
    {
        _log = log;
        _channels = channels.ToDictionary(channel => channel.Name);
        writer.Committed += committed =>
        {
            foreach (var acknowledgement in committed.Acknowledgements)
            {
                _waiting.Writer.TryWrite(acknowledgement);
            }
        };
    }

    public void Start() => _work = Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync()));

    public async Task StopAsync(TimeSpan time)
    {
        _waiting.Writer.TryComplete();
        _abort.CancelAfter(time);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _abort.Dispose();

    private async Task WorkAsync()
    {
        await foreach (var acknowledgement in _waiting.Reader.ReadAllAsync(_abort.Token).ConfigureAwait(false))
        {
            try
            {
                if (_channels.TryGetValue(acknowledgement.Chat.Channel, out var channel))
                {
                    await channel.AcknowledgeAsync(acknowledgement, _abort.Token).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (!_abort.IsCancellationRequested)
            {
                _log.LogWarning(exception, "A press could not be answered");
            }
        }
    }
}
