using System.Collections.Immutable;
using System.Diagnostics;
using Bot.Core.Consents;
using Bot.Core.Turns;

namespace Bot.Core.Expressions;

/// <summary>Runs a checked tree on one profile, in memory. Never throws, whatever the values are.</summary>
internal static class Evaluation
{
    private static readonly Value Yes = new Value.Boolean(true);
    private static readonly Value No = new Value.Boolean(false);

    /// <summary>The value, or <see langword="null"/> if it is missing.</summary>
    public static Value? Of(Node node, Scope scope) => node switch
    {
        Node.Literal literal => literal.Value,
        Node.Field field => scope.Snapshot.Profile?.Fields.GetValueOrDefault(field.Name) is { } value && IsKept(value, field.Holds) ? value : null,
        Node.Remembered remembered => scope.Values.GetValueOrDefault(remembered.Name),
        Node.Given given => GivenValues.Of(given, scope),
        Node.Folded folded => TextOf(Of(folded.Of, scope)) is { } text ? new Value.Text(Folding.Fold(text)) : null,
        Node.Calculate calculate => Calculated(calculate, scope),
        Node.Count count => PastValues.EventCount(count.Event, count.Within, scope) is { } n ? new Value.Number(n) : null,
        Node.Ago ago => Later(scope.Now, -ago.Length),
        Node.Spoken spoken => SpokenValues.Of(spoken, scope) is { } text ? new Value.Text(text) : null,
        Node.Known or Node.Not or Node.All or Node.Any or Node.Compare or Node.HasTag or Node.Happened or Node.Consented or Node.ComesRound =>
            Holds(node, scope) ? Yes : No,
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether the tree holds as a condition.</summary>
    public static bool Holds(Node node, Scope scope)
    {
        switch (node)
        {
            case Node.Known known:
                return Of(known.Of, scope) is not null;
            case Node.Not not:
                return !Holds(not.Of, scope);
            case Node.All all:
                return HowManyHold(all.Of, scope) == all.Of.Length;
            case Node.Any any:
                return HowManyHold(any.Of, scope) > 0;
            case Node.Compare compare:
                return Compared(compare, scope);
            case Node.HasTag tag:
                return scope.Snapshot.Profile?.Tags.Contains(tag.Tag) is true;
            case Node.Happened happened:
                return HasHappened(happened, scope);
            case Node.Consented consented:
                return HasConsented(consented, scope.Snapshot);
            case Node.ComesRound round:
                return Of(round.Date, scope) is Value.Date date && ComesRound(date.Day, Today(scope), round.Within);
            default:
                return Of(node, scope) is { } value && value is not Value.Boolean { Is: false };
        }
    }

    /// <summary>The business's day.</summary>
    public static DateOnly Today(Scope scope) => DateOnly.FromDateTime(Local(scope.Now, scope).DateTime);

    /// <summary>The moment by the business's clock.</summary>
    public static DateTimeOffset Local(DateTimeOffset at, Scope scope) => TimeZoneInfo.ConvertTime(at, scope.Content.Settings.Zone);

    /// <summary>The words of a value that is text or stands for a text.</summary>
    public static string? TextOf(Value? value) => value switch
    {
        Value.Text text => text.Content,
        Value.Choice choice => choice.Id,
        Value.Magnet magnet => magnet.Id,
        Value.File file => file.Name,
        _ => null,
    };

    /// <summary>From when on something counts: so long ago, and not before the scope begins.</summary>
    public static DateTimeOffset Since(TimeSpan? within, Scope scope)
    {
        var since = within is { } length ? Later(scope.Now, -length)?.At ?? DateTimeOffset.MinValue : DateTimeOffset.MinValue;
        return scope.Since > since ? scope.Since.Value : since;
    }

    /// <summary>Whether a stored value is what the field holds. One that was kept before the field was declared anew is as good as missing.</summary>
    private static bool IsKept(Value value, ValueKind holds) => holds == ValueKind.Text ? TextOf(value) is not null : value.Kind == holds;

    private static bool HasConsented(Node.Consented consented, Snapshot snapshot)
    {
        if (snapshot is not { Profile: { } profile, Chat: { } chat })
        {
            return false;
        }

        // What the profile knows of blocked chats may be older than what this turn knows of its own.
        return consented.AnyChat
            ? profile.Consents.Any(consent => consent.Purpose == consented.Purpose
                && (consent.Chat == chat.Id ? chat.BlockedAt is null : !profile.BlockedChats.Contains(consent.Chat)))
            : profile.Consents.Contains(new ConsentInForce(consented.Purpose, chat.Id));
    }

    // All parts are evaluated, so that what they ask for is asked for at once: a turn may ask only a few times.
    private static int HowManyHold(ImmutableArray<Node> parts, Scope scope)
    {
        var holding = 0;
        foreach (var part in parts)
        {
            holding += Holds(part, scope) ? 1 : 0;
        }

        return holding;
    }

    private static bool Compared(Node.Compare compare, Scope scope)
    {
        // Both sides are evaluated, so that what they ask for is asked for at once.
        var left = Of(compare.Left, scope);
        var right = Of(compare.Right, scope);
        int? order = (left, right) switch
        {
            (Value.Number a, Value.Number b) => a.Amount.CompareTo(b.Amount),
            (Value.Text a, Value.Text b) => string.CompareOrdinal(a.Content, b.Content),
            (Value.Date a, Value.Date b) => a.Day.CompareTo(b.Day),
            (Value.Moment a, Value.Moment b) => a.At.CompareTo(b.At),
            (Value.Duration a, Value.Duration b) => a.Length.CompareTo(b.Length),
            (Value.Boolean a, Value.Boolean b) => a.Is.CompareTo(b.Is),
            _ => null,
        };
        return order is { } by && compare.By switch
        {
            Comparison.Equal => by == 0,
            Comparison.NotEqual => by != 0,
            Comparison.Less => by < 0,
            Comparison.LessOrEqual => by <= 0,
            Comparison.Greater => by > 0,
            Comparison.GreaterOrEqual => by >= 0,
        };
    }

    private static Value? Calculated(Node.Calculate calculate, Scope scope) => (Of(calculate.Left, scope), Of(calculate.Right, scope)) switch
    {
        (Value.Number a, Value.Number b) => Numbers.Calculate(a.Amount, calculate.By, b.Amount) is { } n ? new Value.Number(n) : null,
        (Value.Moment a, Value.Duration b) => Later(a.At, calculate.By == Calculation.Minus ? -b.Length : b.Length),
        _ => null,
    };

    private static Value.Moment? Later(DateTimeOffset at, TimeSpan length)
    {
        var ticks = (Int128)at.UtcTicks + length.Ticks;
        return ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new Value.Moment(new DateTimeOffset((long)ticks, TimeSpan.Zero))
            : null;
    }

    private static bool HasHappened(Node.Happened happened, Scope scope) =>
        scope.Snapshot.Profile?.Events.TryGetValue(happened.Event, out var statistics) is true
        && statistics.Count > 0
        && statistics.Last >= Since(happened.Within, scope);

    private static bool ComesRound(DateOnly date, DateOnly today, TimeSpan within)
    {
        var last = (long)today.DayNumber + within.Days;
        for (var year = today.Year; year <= Math.Min(today.Year + 1, DateOnly.MaxValue.Year); year++)
        {
            // Who was born on 29 February has a birthday each year: on the 28th where there is no 29th.
            var day = new DateOnly(year, date.Month, Math.Min(date.Day, DateTime.DaysInMonth(year, date.Month)));
            if (day >= today && day.DayNumber <= last)
            {
                return true;
            }
        }

        return false;
    }
}
