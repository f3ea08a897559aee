using System.Globalization;
using Bot.Core.Automations;
using Bot.Core.Bookings;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Loyalty;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Purchases;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Support;

/// <summary>A customer in memory: does things, and sees what the bot answers. What a turn leaves is what the next one starts from.</summary>
internal sealed class Customer(Content content, string language = "ru", string firstName = "Анна", long chat = 42)
{
    private readonly ManualClock _clock = new(Some.Now);
    private readonly List<Sight> _screen = [];
    private readonly Past _past = new();
    private readonly Dictionary<string, DateTimeOffset> _lastOfDaily = [];
    private IdSource? _ids;
    private int _inputs;

    /// <summary>What the bot knows by now.</summary>
    public Snapshot Snapshot { get; private set; } = Snapshot.None;

    /// <summary>The content, which may be replaced in the middle of a conversation.</summary>
    public Content Content { get; set; } = content;

    /// <summary>Everything that was asked for, over all turns.</summary>
    public List<Effect> Effects { get; } = [];

    public ChatAddress Address { get; init; } = new(ChatAddress.Telegram, 1000, chat);

    /// <summary>As the customer is called in Telegram for all.</summary>
    public string? Username { get; set; }

    /// <summary>Whom staff brought in with the phone that the customer is going to share.</summary>
    public Profile? BroughtIn
    {
        set => _past.BroughtIn = value;
    }

    /// <summary>How long after its moment a timer fires.</summary>
    public TimeSpan Late { get; set; }

    /// <summary>A message on the customer's screen.</summary>
    public sealed record Sight(long Id, Body Body);

    /// <summary>What one act brought.</summary>
    /// <param name="Staff">What the admin chat was shown of a talk.</param>
    public sealed record Seen(IReadOnlyList<Body> Messages, string? Notice, IReadOnlyList<Effect.Relay> Staff)
    {
        public string Text => string.Join('\n', Messages.Select(body => body.Html));
    }

    /// <summary>Lets time pass, and answers what the bot says of its own accord meanwhile, each with its moment.</summary>
    public IReadOnlyList<(DateTimeOffset At, Body Body)> Waits(TimeSpan time)
    {
        var heard = new List<(DateTimeOffset, Body)>();
        var until = _clock.GetUtcNow() + time;
        while (Due(until) is { } timer)
        {
            _clock.Advance(Later(timer.Due + Late, _clock.GetUtcNow()) - _clock.GetUtcNow());
            _past.Take(timer);
            heard.AddRange(Runs(new Input.TimerFired(Address, timer)).Messages.Select(body => (_clock.GetUtcNow(), body)));
        }

        _clock.Advance(until - _clock.GetUtcNow());
        return heard;
    }

    /// <summary>The bot is off for so long and then begins anew from a backup of now.</summary>
    public void IsRestoredAfter(TimeSpan time)
    {
        _clock.Advance(time);
        _past.Expire(_clock.GetUtcNow());
    }

    /// <summary>Something happens to the customer outside of the chat.</summary>
    public Seen Meets(string @event) => Runs(new Input.Event(Key(), Address, @event, []));

    /// <param name="pay">So much of it with points.</param>
    public Seen Buys(decimal amount, long pay = 0) => Buys(Key(), amount, pay);

    public Seen Buys(string id, decimal amount, long pay) => Runs(new Input.Bought(Address, new Purchase(id, amount), new Core.Loyalty.Points(pay), By: 7));

    /// <summary>Gives back some of the latest purchase.</summary>
    public Seen IsRefunded(decimal amount) => IsRefunded(Key(), Points.LatestPurchase, amount);

    public Seen IsRefunded(string id, string purchase, decimal amount) => Runs(new Input.Refunded(Address, new Refund(id, purchase, amount), By: 7));

    public Seen Redeems(string code) => Runs(new Input.Redeemed(Key(), Address, code, 7));

    /// <summary>What the database knows of the customer's points.</summary>
    public PastPoints Points => _past.Points;

    /// <summary>The customer's points as the next turn finds them.</summary>
    public Account Account => (Account)_past.Answer(Facts.None, [new Query.Account()], []).Answers[new Query.Account()]!;

    /// <summary>The business's time.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Staff do something with the customer's latest visit.</summary>
    public Seen IsTreated(BookingAct act, string? specialist = null, DateTimeOffset? start = null) =>
        Runs(new Input.VisitChanged(Key(), Address, Visit.Id, act, specialist, start));

    /// <summary>Staff book a visit for the customer.</summary>
    public Seen IsBooked(string service, DateTimeOffset start) => Runs(new Input.VisitBooked(Key(), Address, service, null, start));

    /// <summary>The customer's latest visit.</summary>
    public Booking Visit => Snapshot.Profile!.Bookings.Values.MaxBy(booking => booking.Id.Value)!;

    /// <summary>Somebody else has this specialist then.</summary>
    public void LosesTo(string specialist, DateTimeOffset from, DateTimeOffset to) => _past.TakesForOther(specialist, from, to);

    /// <summary>The customer's clock is known to be that of this zone.</summary>
    public void LivesIn(string zone) => Snapshot = Snapshot with { Chat = Snapshot.Chat! with { Zone = zone } };

    public Seen Says(string text) => Does(new Input.Message(Key(), Address, From, text));

    public Seen SharesContact(string phone = "79991234567", bool own = true) => Does(new Input.Contact(Key(), Address, From, phone, own));

    public Seen SendsSticker() => Does(new Input.Unsupported(Key(), Address, From));

    /// <summary>Sends a message that its channel knows by an id.</summary>
    public Seen Sends(long id, string html, MediaKind? media = null) => Does(media is { } kind
        ? new Input.Unsupported(Key(), Address, From, new ChannelMessage(id, html, new Media(kind, "file")))
        : new Input.Message(Key(), Address, From, html, new ChannelMessage(id, html)));

    public Seen Edits(long id, string html, MediaKind? media = null) =>
        Does(new Input.Edited(Key(), Address, From, new ChannelMessage(id, html, media is { } kind ? new Media(kind, "file") : null)));

    /// <summary>Staff write to this customer, in the admin chat or, without an id, by a command.</summary>
    public Seen IsWritten(string html, long? id = null, MediaKind? media = null) =>
        Does(new Input.Written(Key(), Address, html, id is { } message ? new Copy(-700, message, media, html) : null));

    public Seen IsClosed() => Does(new Input.TalkClosed(Key(), Address));

    public Seen Blocks() => Does(new Input.Blocked(Key(), Address));

    /// <summary>Presses the newest button with this label.</summary>
    public Seen Presses(string label)
    {
        foreach (var sight in Enumerable.Reverse(_screen))
        {
            var button = (sight.Body.Keyboard as Keyboard.Inline)?.Rows.SelectMany(row => row).FirstOrDefault(b => b.Label == label && b.Data is not null);
            if (button is not null)
            {
                return PressesData(button.Data!, sight.Id);
            }
        }

        throw new InvalidOperationException($"There is no button [{label}] on the screen.");
    }

    public Seen PressesData(string data, long message = 1) => Does(new Input.Press(Key(), Address, From, data, "callback", message));

    /// <summary>The data of the newest button with this label.</summary>
    public string DataOf(string label) => _screen.Select(sight => sight.Body.Keyboard).OfType<Keyboard.Inline>()
        .SelectMany(keyboard => keyboard.Rows).SelectMany(row => row).Last(button => button.Label == label).Data!;

    /// <summary>Runs the turn of the customer's act, some seconds after the one before, and keeps what it leaves.</summary>
    public Seen Does(Input input)
    {
        _clock.Advance(TimeSpan.FromSeconds(20));
        return Runs(input);
    }

    /// <summary>Whether a condition of <c>for:</c> fits the customer now.</summary>
    public bool Finds(Core.Expressions.Expression condition)
    {
        var facts = Facts.None;
        while (true)
        {
            var scope = new Core.Expressions.Scope(Content, Snapshot, System.Collections.Immutable.ImmutableDictionary<string, Core.Expressions.Value>.Empty, facts,
                Snapshot.Chat?.Language ?? language, _clock.GetUtcNow());
            var holds = condition.Holds(scope);
            if (scope.Missing.Count == 0)
            {
                return holds;
            }

            facts = _past.Answer(facts, [.. scope.Missing.Distinct()], Snapshot.Profile?.Bookings.Values ?? []);
        }
    }

    /// <summary>The zone whose clock the customer lives by.</summary>
    public TimeZoneInfo Zone => Snapshot.Chat?.Zone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : Content.Settings.Zone;

    /// <summary>The next timer by a moment: one that was asked for, or a daily automation's.</summary>
    private Timer? Due(DateTimeOffset until)
    {
        var daily = Content.Automations.Values.Where(automation => automation.IsEnabled && automation.Trigger is AutomationTrigger.Daily)
            .Select(automation => (automation.Id, At: NextOf(automation)))
            .Where(next => next.At <= until)
            .OrderBy(next => next.At)
            .FirstOrDefault();
        if (daily.Id is null || Snapshot.Chat is null)
        {
            return _past.DueBy(until);
        }

        if (_past.DueBy(daily.At) is { } first)
        {
            return first;
        }

        _lastOfDaily[daily.Id] = daily.At;
        return new Timer(new TimerId(Ids.Next()), daily.At, new TimerCause.Automation(daily.Id, daily.At));
    }

    private DateTimeOffset NextOf(Automation automation)
    {
        var daily = (AutomationTrigger.Daily)automation.Trigger;
        var after = _lastOfDaily.GetValueOrDefault(automation.Id, Some.Now);
        return daily.NextAfter(daily.LatestDue(after, Zone).Day, Zone).At;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private IdSource Ids => _ids ??= new IdSource(_clock);

    private Seen Runs(Input input)
    {
        var facts = Facts.None;
        TurnResult result;
        for (var round = 0; (result = Turn.Run(Content, Snapshot, facts, input, _clock.GetUtcNow(), Ids)) is TurnResult.Need need; round++)
        {
            Assert.True(round < Facts.MaxRounds, $"{input} asks for ever.");
            facts = _past.Answer(facts, need.Queries, Snapshot.Profile?.Bookings.Values ?? []);
        }

        var outcome = (TurnResult.Outcome)result;
        Snapshot = outcome.After;
        _past.Points.Owner = outcome.After.Profile?.Id ?? default;
        Effects.AddRange(outcome.Effects);
        foreach (var effect in outcome.Effects)
        {
            _past.Note(effect, _clock.GetUtcNow());
        }

        var bodies = outcome.Effects.OfType<Effect.Say>().Select(say => say.Body).ToList();
        foreach (var body in bodies)
        {
            _screen.Add(new Sight(_screen.Count + 1, body));
        }

        return new Seen(bodies, outcome.Effects.OfType<Effect.Acknowledge>().SingleOrDefault()?.Acknowledgement.Notice,
            [.. outcome.Effects.OfType<Effect.Relay>()]);
    }

    private Person From => new(firstName, language, null, Username);

    private string Key() => string.Create(CultureInfo.InvariantCulture, $"telegram:1000:{++_inputs}");
}
