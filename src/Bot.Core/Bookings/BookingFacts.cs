using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Turns;

namespace Bot.Core.Bookings;

/// <summary>What a turn must know of the database to offer times and to sell them.</summary>
internal static class BookingFacts
{
    /// <summary>Kept beside a specialist whom the bot chose because anyone would do: another time may be another's.</summary>
    public const string AnyoneWillDo = "specialist?";

    /// <summary>Kept while a time is held for the conversation.</summary>
    public const string Held = "held?";

    /// <summary>The visit that a conversation moves, if it is still to come.</summary>
    public static Booking? Moved(Draft draft, ImmutableDictionary<string, Value> values) =>
        values.GetValueOrDefault(GivenValues.Booking) is Value.Booking { Id: var id } && draft.Profile.Bookings.GetValueOrDefault(id) is { IsOpen: true } booking
            ? booking
            : null;

    /// <summary>The service that a conversation is about.</summary>
    public static Service? ServiceOf(Draft draft, ImmutableDictionary<string, Value> values) =>
        values.GetValueOrDefault(GivenValues.Service) is Value.Service { Id: var id } ? draft.Content.Catalog?.Service(id) : null;

    /// <summary>What is free for a conversation; <see langword="null"/> without a service.</summary>
    public static FreeTimes? FreeFor(Draft draft, ImmutableDictionary<string, Value> values)
    {
        if (draft.Content.Catalog is not { } catalog || ServiceOf(draft, values) is not { } service)
        {
            return null;
        }

        var chosen = values.ContainsKey(AnyoneWillDo) ? null : (values.GetValueOrDefault(GivenValues.Specialist) as Value.Specialist)?.Id;
        return Free(draft, catalog, service, chosen, Moved(draft, values)?.Id);
    }

    /// <param name="specialist">The only one, or <see langword="null"/> for anyone who does it.</param>
    /// <param name="moved">The visit whose own time counts as free.</param>
    public static FreeTimes Free(Draft draft, Catalog catalog, Service service, string? specialist, BookingId? moved)
    {
        var who = catalog.WhoDoes(service);
        var zone = draft.Content.Settings.Zone;
        var (first, last) = Slots.Days(catalog, zone, draft.Now);
        var (from, to) = (Time.LocalTime.At(first, TimeOnly.MinValue, zone), Time.LocalTime.At(last.AddDays(2), TimeOnly.MinValue, zone));
        return new FreeTimes(catalog, service, specialist is null ? who : [.. who.Where(one => one.Id == specialist)], zone, draft.Now,
            one => draft.Busy(new Query.Busy(one.Id, from.ToUniversalTime(), to.ToUniversalTime(), moved)));
    }
}
