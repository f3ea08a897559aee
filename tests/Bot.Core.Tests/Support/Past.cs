using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Cases;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Support;

/// <summary>What the database knows of one customer beyond the snapshot, in memory.</summary>
internal sealed class Past
{
    private readonly List<(string Name, DateTimeOffset At, ImmutableArray<KeyValuePair<string, Value>> With)> _events = [];
    private readonly List<Case> _cases = [];
    private readonly List<DateTimeOffset> _marketing = [];
    private readonly Dictionary<string, DateTimeOffset> _automations = [];
    private readonly List<Timer> _timers = [];
    private readonly HashSet<long> _relayed = [];
    private readonly HashSet<string> _notes = [];

    /// <summary>Whom staff brought in with the phone that the customer is going to share.</summary>
    public Profile? BroughtIn { get; set; }
    private readonly Dictionary<string, List<(DateTimeOffset From, DateTimeOffset To)>> _others = [];
    private int _codes;

    /// <summary>Somebody else has this specialist then.</summary>
    public void TakesForOther(string specialist, DateTimeOffset from, DateTimeOffset to)
    {
        _others.TryAdd(specialist, []);
        _others[specialist].Add((from, to));
    }

    /// <summary>The timer that is due first, if one is due by then.</summary>
    public Timer? DueBy(DateTimeOffset moment) => _timers.Where(timer => timer.Due <= moment).OrderBy(timer => timer.Due).ThenBy(timer => timer.Id.Value).FirstOrDefault();

    /// <summary>Takes away a timer that fires.</summary>
    public void Take(Timer timer) => _timers.Remove(timer);

    /// <summary>Marks what is due, as the restoring of a backup does.</summary>
    public void Expire(DateTimeOffset now)
    {
        for (var i = 0; i < _timers.Count; i++)
        {
            _timers[i] = _timers[i] with { IsExpired = _timers[i].IsExpired || _timers[i].Due <= now };
        }
    }

    /// <summary>Purchases and points.</summary>
    public PastPoints Points { get; } = new();

    public void Note(Effect effect, DateTimeOffset now)
    {
        Points.Note(effect, now);
        switch (effect)
        {
            case Effect.Schedule schedule:
                _timers.Add(schedule.Timer);
                break;
            case Effect.Unschedule unschedule:
                _timers.RemoveAll(timer => timer.Id == unschedule.Timer);
                break;
            case Effect.EndReminders end:
                _timers.RemoveAll(timer => timer.Cause is Bot.Core.Timers.TimerCause.Automation { Booking: { } booking } && booking == end.Booking);
                break;
            case Effect.Record record:
                _events.Add((record.Event, now, record.With));
                break;
            case Effect.OpenCase opened:
                _cases.Add(opened.Case);
                break;
            case Effect.MarkCase { Mark: CaseMark.Solved } solved:
                _cases.RemoveAll(one => one.Id == solved.Case);
                break;
            case Effect.MarkCase marked:
                _cases[_cases.FindIndex(one => one.Id == marked.Case)] = _cases.Single(one => one.Id == marked.Case) with { Due = marked.Due!.Value };
                break;
            case Effect.NoteAutomation note:
                _automations[note.Automation] = now;
                break;
            case Effect.AddNote note:
                _notes.Add(note.Text);
                break;
            case Effect.IssueCode:
                _codes++;
                break;
            case Effect.Relay { Body.Copy: { } copy }:
                _relayed.Add(copy.Message);
                break;
            case Effect.Say { Kind: MessageKind.Marketing }:
                _marketing.Add(now);
                break;
        }
    }

    /// <summary>The facts with answers to what was asked.</summary>
    /// <param name="own">The customer's own visits.</param>
    public Facts Answer(Facts facts, ImmutableArray<Query> queries, IEnumerable<Booking> own) => new(facts.Answers.SetItems(queries.Select(query =>
        KeyValuePair.Create(query, query is Query.Busy busy ? new BusyTimes(Taken(busy, own)) : Answer(query)))));

    private ImmutableArray<Busy> Taken(Query.Busy query, IEnumerable<Booking> own) =>
    [
        .. own.Where(booking => booking.Specialist == query.Specialist && booking.Occupies && booking.Id != query.Except)
            .Select(booking => new Busy(booking.Start, booking.FreeAt)),
        .. _others.GetValueOrDefault(query.Specialist, []).Select(taken => new Busy(taken.From, taken.To)),
    ];

    private Fact? Answer(Query query) => query switch
    {
        Query.EventCount count => new Value.Number(_events.Count(happened => happened.Name == count.Event && happened.At >= count.Since)),
        Query.PurchaseCount count => new Value.Number(Points.CountSince(count.Since)),
        Query.PurchaseSum sum => new Value.Number(Points.BoughtSince(sum.Since)),
        Query.LastNumber last => _events.Where(happened => happened.Name == last.Event)
            .SelectMany(happened => happened.With).LastOrDefault(pair => pair.Key == last.Name && pair.Value is Value.Number).Value,
        Query.OpenCase open => _cases.SingleOrDefault(one => one.Kind == open.Kind),
        Query.CaseById one => _cases.SingleOrDefault(known => known.Id == one.Case),
        Query.MarketingSince since => new Value.Number(_marketing.Count(at => at > since.After)),
        Query.LatestMarketing latest => _marketing.Count >= latest.Count ? new Value.Moment(_marketing[^latest.Count]) : null,
        Query.LastAutomation last => _automations.TryGetValue(last.Automation, out var at) ? new Value.Moment(at) : null,
        Query.PurchaseExists exists => new Value.Boolean(Points.Has(exists.Id)),
        Query.Relayed relayed => new Value.Boolean(_relayed.Contains(relayed.Message)),
        Query.HasNote note => new Value.Boolean(_notes.Contains(note.Text)),
        Query.BroughtIn => BroughtIn is { } other ? new OtherProfile(other) : null,
        Query.NewCode code => new Value.Text($"CODE{_codes + code.Number + 1}"),
        Query.Account => Points.Account(_timers),
        _ => Points.Answer(query),
    };
}
