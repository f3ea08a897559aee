using System.Diagnostics.Metrics;
using Bot.Core.Messages;
using Bot.Storage.Webhooks;

namespace Bot.Operations;

/// <summary>What the bot counts. No tag ever holds an id, a text or an address.</summary>
internal sealed class Metrics : IDisposable
{
    /// <summary>The meter's name, for collectors.</summary>
    public const string Name = "Bot";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _inputs;
    private readonly Counter<long> _seen;
    private readonly Counter<long> _aside;
    private readonly Histogram<int> _groupInputs;
    private readonly Histogram<double> _groupMilliseconds;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _maybeTwice;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _webhooks;

    public Metrics()
    {
        _inputs = _meter.CreateCounter<long>("bot.inputs", "{input}", "Inputs handled");
        _seen = _meter.CreateCounter<long>("bot.inputs.seen", "{input}", "Inputs that had been handled before and changed nothing");
        _aside = _meter.CreateCounter<long>("bot.inputs.aside", "{input}", "Inputs that failed and were set aside");
        _groupInputs = _meter.CreateHistogram<int>("bot.group.inputs", "{input}", "Inputs of one transaction");
        _groupMilliseconds = _meter.CreateHistogram<double>("bot.group.duration", "ms", "Time of one transaction");
        _sent = _meter.CreateCounter<long>("bot.messages", "{message}", "Messages by what became of them");
        _maybeTwice = _meter.CreateCounter<long>("bot.messages.maybe_twice", "{message}", "Messages sent again although an earlier try may have arrived");
        _refused = _meter.CreateCounter<long>("bot.staff.refused", "{input}", "Staff commands of others, and wrong codes");
        _webhooks = _meter.CreateCounter<long>("bot.webhooks", "{try}", "Tries to tell the receiver of webhooks of an event");
    }

    public void Input(bool isSeen) => (isSeen ? _seen : _inputs).Add(1);

    public void SetAside() => _aside.Add(1);

    public void Group(int inputs, TimeSpan took)
    {
        _groupInputs.Record(inputs);
        _groupMilliseconds.Record(took.TotalMilliseconds);
    }

    public void Sent(MessageKind kind, SendResult result) => _sent.Add(1,
        new("kind", kind.ToString()), new("status", result is SendResult.Finished finished ? finished.Status.ToString() : "Postponed"));

    public void MaybeTwice() => _maybeTwice.Add(1);

    public void Refused() => _refused.Add(1);

    public void Webhook(bool isTaken) => _webhooks.Add(1, new KeyValuePair<string, object?>("status", isTaken ? "Delivered" : "Failed"));

    /// <summary>Shows how many events wait to be told, and how many were given up, whenever somebody looks.</summary>
    public void Observe(Func<WebhookState> webhooks)
    {
        _meter.CreateObservableGauge("bot.webhooks.waiting", () => webhooks().Waiting, "{event}", "Events that wait for the receiver of webhooks");
        _meter.CreateObservableGauge("bot.webhooks.dead", () => webhooks().Dead, "{event}", "Events that were given up");
    }

    public void Dispose() => _meter.Dispose();
}
