using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Messages;

namespace Bot.Tests.Simulation;

/// <summary>One simulated customer: what they will do in the year, and what is true of them as far as they know it.</summary>
internal sealed class Person
{
    private static readonly string?[] Zones = [null, null, "Europe/Moscow", "Asia/Vladivostok", "Europe/Berlin", "America/New_York"];

    /// <summary>By the shipped content's words, in the order of a conversation.</summary>
    private static readonly (string Agree, string Accept, string Refuse)[] Labels = [("Согласен", "Да", "Нет"), ("I agree", "Please do", "No thanks")];

    private readonly List<(DateTimeOffset At, Body Body, long Id)> _screen = [];

    public Person(int number, Random random, DateTimeOffset start, TimeSpan year)
    {
        Number = number;
        Language = random.Next(2) == 0 ? "ru" : "en";
        Zone = Zones[random.Next(Zones.Length)];
        Birthday = random.Next(2) == 0 ? new DateOnly(1960 + random.Next(45), 1 + random.Next(12), 1 + random.Next(28)) : null;
        Comes = start + (year * (random.NextDouble() * 0.7));
        Plan = [.. Planned(random, start + year).OrderBy(act => act.At)];
    }

    public int Number { get; }

    public ChatAddress Address => new("simulation", 1, Number);

    public string Language { get; }

    /// <summary>Where they live; <see langword="null"/> if the bot does not know.</summary>
    public string? Zone { get; }

    public DateOnly? Birthday { get; }

    /// <summary>When they follow the link.</summary>
    public DateTimeOffset Comes { get; }

    public ImmutableArray<(DateTimeOffset At, Act Act)> Plan { get; }

    /// <summary>How far the plan is.</summary>
    public int Next { get; set; }

    public bool IsBlocked { get; set; }

    /// <summary>Conversations that were begun.</summary>
    public int Conversations { get; set; }

    public int Purchases { get; set; }

    private readonly List<(DateTimeOffset At, bool Is)> _consents = [];
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _pauses = [];
    private readonly List<(DateTimeOffset At, string Topic)> _topicsOff = [];

    /// <summary>Bookings and purchases: what ends the sequences.</summary>
    public List<DateTimeOffset> Goals { get; } = [];

    /// <summary>What the bot sent first, and when.</summary>
    public List<(DateTimeOffset At, OutboxMessage Message)> Automatic { get; } = [];

    public void Consents(DateTimeOffset at, bool isGiven) => _consents.Add((at, isGiven));

    public void Pauses(DateTimeOffset at, TimeSpan length) => _pauses.Add((at, at + length));

    public void Leaves(DateTimeOffset at, string topic) => _topicsOff.Add((at, topic));

    /// <summary>Whether they had agreed to Marketing then. What was on its way in the very moment counts as before.</summary>
    public bool ConsentAt(DateTimeOffset at) => _consents.FindLast(consent => consent.At < at) is { At.Year: > 1, Is: true };

    public bool PauseAt(DateTimeOffset at) => _pauses.Exists(pause => pause.From < at && pause.To > at);

    public bool IsOffAt(string topic, DateTimeOffset at) => _topicsOff.Exists(off => off.Topic == topic && off.At < at);

    public TimeZoneInfo LivesIn(TimeZoneInfo business) => Zone is null ? business : TimeZoneInfo.FindSystemTimeZoneById(Zone);

    public void Sees(DateTimeOffset at, OutboxMessage message, long id)
    {
        lock (_screen)
        {
            _screen.Add((at, message.Body, id));
            if (message.Kind != MessageKind.Reply)
            {
                Automatic.Add((at, message));
            }
        }
    }

    /// <summary>The newest button whose data begins so, or whose label is this.</summary>
    public (string Data, long Message)? Button(Func<InlineButton, bool> which)
    {
        lock (_screen)
        {
            foreach (var (_, body, id) in Enumerable.Reverse(_screen))
            {
                if ((body.Keyboard as Keyboard.Inline)?.Rows.SelectMany(row => row).FirstOrDefault(which) is { Data: { } data })
                {
                    return (data, id);
                }
            }

            return null;
        }
    }

    public string Label(Act act)
    {
        var (agree, accept, refuse) = Labels[Language == "ru" ? 0 : 1];
        return act switch { Act.Agree => agree, Act.Accept => accept, _ => refuse };
    }

    private IEnumerable<(DateTimeOffset At, Act Act)> Planned(Random random, DateTimeOffset end)
    {
        // A few minutes between the steps of one conversation; some fall silent in the middle.
        Act[] steps = [Act.Start, Act.Agree, Act.Name, Act.Contact, random.Next(4) > 0 ? Act.Accept : Act.Refuse];
        var walked = random.Next(10) == 0 ? random.Next(1, steps.Length) : steps.Length;
        for (var i = 0; i < walked; i++)
        {
            yield return (Comes + TimeSpan.FromMinutes(i), steps[i]);
        }

        Act[] later = [Act.Buy, Act.Buy, Act.Book, Act.Menu, Act.Stop, Act.LeaveTopic, Act.Pause, Act.Block, Act.BlockUnseen, Act.Unblock, Act.Again];
        for (var n = random.Next(7); n > 0; n--)
        {
            var at = Comes + TimeSpan.FromHours(1) + ((end - Comes) * Math.Pow(random.NextDouble(), 2));
            if (at < end)
            {
                yield return (at, later[random.Next(later.Length)]);
            }
        }
    }
}

/// <summary>What a simulated customer does.</summary>
internal enum Act
{
    Start,
    Agree,
    Name,
    Contact,
    Accept,
    Refuse,
    Buy,
    Book,
    Menu,
    Stop,

    /// <summary>The button under a Marketing message.</summary>
    LeaveTopic,

    /// <summary>The button of a month's silence, where it was offered.</summary>
    Pause,

    Block,

    /// <summary>Blocks the bot, which learns it only when it writes next.</summary>
    BlockUnseen,

    Unblock,

    /// <summary>Follows the link again.</summary>
    Again,
}
