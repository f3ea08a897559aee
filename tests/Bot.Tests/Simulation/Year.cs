using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Purchases;
using Bot.Core.Turns;
using Bot.Storage;
using Bot.Tests.Support;

namespace Bot.Tests.Simulation;

/// <summary>
/// Many customers through a year, with the real path: database, writer, turns, timers, sweeps, sender; only the channel is a list. The
/// clock goes from quarter to quarter of an hour; between them the host is dropped, now and then, in the middle of its work.
/// </summary>
internal sealed class Year : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Length = TimeSpan.FromDays(365);

    private readonly Random _random;
    private readonly SimulatedTime _time;
    private readonly ImmutableArray<Person> _people;
    private readonly RecordingChannel _channel;
    private readonly int _crashes;
    private TestBot _bot;
    private int _inputs;
    private long _messages;

    public Year(int people, int crashes, int seed)
    {
        _random = new Random(seed);
        _crashes = crashes;
        Start = new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero);
        _time = new SimulatedTime(Start);
        _people = [.. Enumerable.Range(1, people).Select(number => new Person(number, _random, Start, Length))];
        _channel = new RecordingChannel { Name = "simulation", Answer = ReceiveAsync };
        _bot = TestBot.Create(business: _time, channel: _channel);
    }

    public DateTimeOffset Start { get; }

    public ImmutableArray<Person> People => _people;

    public TestBot Bot => _bot;

    /// <summary>Messages that arrived.</summary>
    public long Messages => _messages;

    /// <summary>How often the host was dropped.</summary>
    public int Dropped { get; private set; }

    public async Task LiveAsync()
    {
        _bot.Start();
        var drops = Enumerable.Range(0, _crashes).Select(_ => Start + (Length * _random.NextDouble())).Order().ToList();
        for (var now = Start; now < Start + Length; now += Step)
        {
            // The moments themselves, so that what is due at nine is done at nine and not at half past.
            while (_bot.Due.NextDue() is { } due && due <= now)
            {
                _time.MoveTo(due > _time.GetUtcNow() ? due : _time.GetUtcNow());
                await DoWhatIsDueAsync(drops).ConfigureAwait(false);
            }

            _time.MoveTo(now);
            await ActAsync(now).ConfigureAwait(false);
        }

        await SettleAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _bot.DisposeAsync();

    private async Task DoWhatIsDueAsync(List<DateTimeOffset> drops)
    {
        if (drops.Count > 0 && drops[0] <= _time.GetUtcNow())
        {
            drops.RemoveAt(0);
            await DropAsync().ConfigureAwait(false);
        }

        await _bot.Due.RunAsync(CancellationToken.None).ConfigureAwait(false);
        await SettleAsync().ConfigureAwait(false);
    }

    /// <summary>In the middle of what is due: some of it is committed, some on its way, some not begun.</summary>
    private async Task DropAsync()
    {
        // As a demo does, so that what was on its way is dated by the business's clock.
        var shift = (long)(_time.GetUtcNow() - TimeProvider.System.GetUtcNow()).TotalMilliseconds;
        await _bot.Writer.StepAsync(transaction =>
        {
            transaction.SetMeta(Store.ClockShift, shift.ToString(CultureInfo.InvariantCulture));
            return true;
        }, CancellationToken.None).ConfigureAwait(false);
        Task work = _bot.Due.RunAsync(CancellationToken.None);
        await Task.WhenAny(work, Task.Delay(_random.Next(3))).ConfigureAwait(false);
        await _bot.CrashAsync().ConfigureAwait(false);
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _bot = _bot.Restart(channel: _channel).Start();
        Dropped++;
    }

    /// <summary>Until everything is sent and written.</summary>
    private async Task SettleAsync()
    {
        while (_bot.Sender.Count > 0 || _bot.Store.Pending(default, 1).Count > 0)
        {
            await _bot.Writer.StepAsync(_ => true, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Everything that customers do in this step, one thing each at a time.</summary>
    private async Task ActAsync(DateTimeOffset now)
    {
        while (true)
        {
            var acting = _people.Where(person => person.Next < person.Plan.Length && person.Plan[person.Next].At <= now).ToList();
            if (acting.Count == 0)
            {
                return;
            }

            var inputs = new List<Input>();
            foreach (var person in acting)
            {
                inputs.AddRange(InputsOf(person, person.Plan[person.Next++].Act, now));
            }

            await _bot.Writer.AcceptAsync(inputs, CancellationToken.None).ConfigureAwait(false);
            await SettleAsync().ConfigureAwait(false);
            await IntroduceAsync(acting.Where(person => person.Next == 1)).ConfigureAwait(false);
        }
    }

    private List<Input> InputsOf(Person person, Act act, DateTimeOffset now)
    {
        var from = new Core.Inputs.Person("Анна", person.Language);
        if (act is not (Act.Block or Act.BlockUnseen or Act.Unblock or Act.Buy or Act.Book) && person.IsBlocked)
        {
            // Who writes has unblocked the bot before.
            person.IsBlocked = false;
        }

        switch (act)
        {
            case Act.Start or Act.Again:
                person.Conversations++;
                return [Says($"/start guide-s{person.Number % 5}")];
            case Act.Agree:
                return Presses(button => button.Label == person.Label(act));
            case Act.Name:
                return [Says($"Anna {person.Number}")];
            case Act.Contact:
                return [Says($"anna{person.Number}@example.com")];
            case Act.Accept:
                var accepted = Presses(button => button.Label == person.Label(act));
                if (accepted.Count > 0)
                {
                    person.Consents(now, true);
                }

                return accepted;
            case Act.Refuse:
                return Presses(button => button.Label == person.Label(act));
            case Act.Menu:
                return [Says("/menu")];
            case Act.Stop:
                person.Consents(now, false);
                return [Says("/stop")];
            case Act.LeaveTopic:
                var left = Presses(button => button.Data?.StartsWith("a.unsubscribe.", StringComparison.Ordinal) == true);
                if (left is [Input.Press press])
                {
                    person.Leaves(now, press.Data["a.unsubscribe.".Length..]);
                }

                return left;
            case Act.Pause:
                var paused = Presses(button => button.Data == "a.pause");
                if (paused.Count > 0)
                {
                    person.Pauses(now, TimeSpan.FromDays(30));
                }

                return paused;
            case Act.Buy:
                person.Goals.Add(now);
                person.Purchases++;
                return [new Input.Bought(person.Address, new Purchase(Key(), 100 + person.Number))];
            case Act.Book:
                person.Goals.Add(now);
                return [new Input.Event(Key(), person.Address, BuiltInEvents.BookingCreated, [])];
            case Act.Block:
                person.IsBlocked = true;
                return [new Input.Blocked(Key(), person.Address)];
            case Act.BlockUnseen:
                person.IsBlocked = true;
                return [];
            default:
                person.IsBlocked = false;
                return [new Input.Unblocked(Key(), person.Address)];
        }

        Input Says(string text) => new Input.Message(Key(), person.Address, from, text);

        List<Input> Presses(Func<InlineButton, bool> which)
        {
            if (person.Button(which) is not var (data, message))
            {
                return [];
            }

            return [new Input.Press(Key(), person.Address, from, data, "callback", message)];
        }
    }

    /// <summary>What the bot was told of a customer otherwise: where they live, and their birthday.</summary>
    private async Task IntroduceAsync(IEnumerable<Person> people)
    {
        foreach (var person in people.ToList())
        {
            await _bot.Writer.StepAsync(transaction =>
            {
                var before = transaction.Load(person.Address);
                var profile = person.Birthday is { } birthday
                    ? before.Profile! with { Fields = before.Profile.Fields.SetItem(ProfileFields.Birthday, new Value.Date(birthday)) }
                    : before.Profile!;
                var after = before with { Profile = profile, Chat = before.Chat! with { Zone = person.Zone } };
                transaction.Apply(before, new TurnResult.Outcome(after, []), _time.GetUtcNow());
                return true;
            }, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private Task<SendOutcome> ReceiveAsync(OutboxMessage message)
    {
        var person = _people[(int)message.Address.Address - 1];
        if (person.IsBlocked)
        {
            return Task.FromResult<SendOutcome>(new SendOutcome.Blocked("bot was blocked by the user"));
        }

        var id = Interlocked.Increment(ref _messages);
        person.Sees(_time.GetUtcNow(), message, id);
        return Task.FromResult<SendOutcome>(new SendOutcome.Sent(id));
    }

    private string Key() => string.Create(CultureInfo.InvariantCulture, $"simulation:{++_inputs}");
}
