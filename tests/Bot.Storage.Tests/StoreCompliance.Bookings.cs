using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Timers;
using Bot.Core.Turns;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

/// <summary>Visits, held times, and that a time is sold once.</summary>
public abstract partial class StoreCompliance
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 24, 9, 0, 0, TimeSpan.FromHours(3));

    private static readonly DateTimeOffset Day = new(2026, 11, 24, 0, 0, 0, TimeSpan.FromHours(3));

    [Fact]
    public void A_visit_is_read_as_it_was_written_and_so_is_its_change()
    {
        var visit = Visit(Nine, 60) with { Price = 2400.50m };

        Assert.Equal(Clean(visit), Clean(Books(1, visit).Profile!.Bookings.Values.Single()));
        var moved = visit with { Start = Nine.AddHours(3), End = Nine.AddHours(4), FreeAt = Nine.AddHours(4), State = BookingState.Confirmed, Revision = 2, Price = null };
        Assert.Equal(Clean(moved), Clean(Changes(1, moved).Profile!.Bookings.Values.Single()));
        Assert.Equal(moved.Id, Store.Bookings.Between(Day, Day.AddDays(1), 9).Single().Booking.Id);
        Assert.Equal(moved.Id, Store.Bookings.Ahead(Nine, 9).Single().Booking.Id);
        Assert.Equal("Аня", Store.Bookings.Find(moved.Id)!.Name);
        Assert.Equal(Some.Address(1), InTransaction(transaction => transaction.Bookings.ChatOf(moved.Id)));
        Assert.Null(InTransaction(transaction => transaction.Bookings.ChatOf(new BookingId(1))));
    }

    [Fact]
    public void A_specialist_cannot_be_sold_twice_for_the_same_five_minutes()
    {
        Books(1, Visit(Nine, 60));

        var refused = Assert.Throws<StoreException>(() => Books(2, Visit(Nine.AddMinutes(55), 30)));

        Assert.Equal(StoreFault.Constraint, refused.Fault);
        Assert.Equal(1, Count("bookings"));
        Books(3, Visit(Nine.AddMinutes(60), 30));
        Books(4, Visit(Nine, 60) with { Specialist = "oleg" });
        Assert.Equal(3, Count("bookings"));
    }

    [Fact]
    public void A_visit_moves_over_its_own_time_and_frees_what_it_leaves()
    {
        var visit = Visit(Nine, 60);
        Books(1, visit);

        Changes(1, visit with { Start = Nine.AddMinutes(10), End = Nine.AddMinutes(70), FreeAt = Nine.AddMinutes(70) });

        Assert.Equal([new Busy(Nine.AddMinutes(10), Nine.AddMinutes(70))], Taken(2).Select(Utc(Nine)));
        Books(2, Visit(Nine, 10));
        Assert.Throws<StoreException>(() => Books(3, Visit(Nine.AddMinutes(10), 5)));
    }

    [Fact]
    public void What_is_called_off_or_missed_is_free_again_and_what_is_done_is_not()
    {
        var (one, two, three) = (Visit(Nine, 30), Visit(Nine.AddHours(1), 30), Visit(Nine.AddHours(2), 30));
        Books(1, one);
        Books(2, two);
        Books(3, three);

        Changes(1, one with { State = BookingState.Cancelled });
        Changes(2, two with { State = BookingState.NoShow });
        Changes(3, three with { State = BookingState.Done });

        Assert.Equal([three.Start], Taken(9).Select(busy => busy.From.ToOffset(Nine.Offset)));
        Books(4, Visit(Nine, 30));
        Books(5, Visit(Nine.AddHours(1), 30));
    }

    [Fact]
    public void A_held_time_is_nobody_elses_until_it_is_over_and_the_next_who_wants_it_deletes_it()
    {
        var holder = Books(1).Profile!.Id;
        Apply(1, before => before, new Effect.Hold("irina", Nine, Nine.AddHours(1), Some.Noon.AddMinutes(10), null));

        Assert.Single(Taken(2));
        Assert.Empty(InTransaction(transaction => ((BusyTimes)transaction.Answer(Asked(), holder, Some.Noon)!).All));
        Assert.Throws<StoreException>(() => Books(2, Visit(Nine.AddMinutes(30), 30)));

        Assert.Empty(Taken(2, Some.Noon.AddMinutes(10)));
        Books(3, Some.Noon.AddMinutes(10), Visit(Nine.AddMinutes(30), 30));
        Assert.Equal(0, Count("holds"));
        Assert.Equal(6, Count("slot_cells"));
    }

    [Fact]
    public void Who_holds_another_time_or_books_holds_the_first_no_more()
    {
        Books(1);
        Apply(1, before => before, new Effect.Hold("irina", Nine, Nine.AddHours(1), Some.Noon.AddMinutes(10), null));
        Apply(1, before => before, new Effect.Hold("oleg", Nine, Nine.AddHours(1), Some.Noon.AddMinutes(10), null));
        Assert.Equal(12, Count("slot_cells"));

        var visit = Visit(Nine, 60) with { Specialist = "oleg" };
        Changes(1, visit);
        Assert.Equal(0, Count("holds"));
        Assert.Equal(12, Count("slot_cells"));

        // A time over one's own visit can be held, and let go of without losing the visit.
        Apply(1, before => before, new Effect.Hold("oleg", Nine.AddMinutes(10), Nine.AddMinutes(70), Some.Noon.AddMinutes(10), visit.Id));
        Assert.Equal(14, Count("slot_cells"));
        Apply(1, before => before, new Effect.Release());
        Assert.Equal(12, Count("slot_cells WHERE booking_id IS NOT NULL"));
        Assert.Equal(12, Count("slot_cells"));
    }

    [Fact]
    public void Timers_and_waiting_messages_go_with_their_visit()
    {
        var visit = Visit(Nine, 60);
        Books(1, visit);
        var other = new BookingId(visit.Id.Value + 1);
        var said = Apply(1, before => before,
            new Effect.Schedule(Timer(1, new TimerCause.Automation("visit-reminder", Nine, visit.Id))),
            new Effect.Schedule(Timer(2, new TimerCause.Automation("visit-reminder", Nine, other))),
            Some.Say(kind: MessageKind.Service) with { Booking = visit.Id },
            Some.Say(kind: MessageKind.Service));
        Assert.Equal([visit.Id, null], said.Select(message => message.Booking));
        Assert.Equal([visit.Id, null], Store.Pending(default, 9).Select(message => message.Booking));

        Apply(1, before => before, new Effect.EndReminders(visit.Id));

        Assert.Equal([other], Store.Timers.Next(9).Select(timer => ((TimerCause.Automation)timer.Cause).Booking));
        Assert.Equal(said[1].Id, Assert.Single(Store.Pending(default, 9)).Id);
        Assert.False(InTransaction(transaction => transaction.IsWaiting(said[0].Id)));
        Assert.True(InTransaction(transaction => transaction.IsWaiting(said[1].Id)));
        Assert.Equal("VisitChanged", Scalar($"SELECT reason FROM deliveries WHERE id = {said[0].Id.Value}"));
    }

    [Fact]
    public void A_state_that_waits_only_so_long_has_a_timer_that_is_what_it_was()
    {
        var timer = Timer(10, new TimerCause.Timeout(new ConversationId(5), "booking", 7));
        ApplyNew(new Effect.Schedule(timer));

        Assert.Equal([timer], Store.Timers.Next(9));
    }

    [Fact]
    public void Cells_of_what_is_over_are_tidied_away_and_visits_are_not()
    {
        Books(1, Visit(Nine, 60));

        while (Store.Tidy(Nine.AddDays(6)))
        {
        }

        Assert.Equal(12, Count("slot_cells"));
        while (Store.Tidy(Nine.AddDays(8)))
        {
        }

        Assert.Equal(0, Count("slot_cells"));
        Assert.Equal(1, Count("bookings"));
    }

    [Fact]
    public void Ids_stay_above_those_of_visits_after_a_restart()
    {
        var visit = Visit(Nine, 60);
        visit = visit with { Id = new BookingId(visit.Id.Value + (1L << 30)) };
        Books(1, visit);

        Reopen();

        Assert.True(Store.Ids.Next() > visit.Id.Value);
    }

    private Booking Visit(DateTimeOffset start, int minutes) => new(new BookingId(Store.Ids.Next()), default, "windows", "irina", "Мытьё окон", "Ирина", start,
        start.AddMinutes(minutes), start.AddMinutes(minutes), 2400, BookingState.Pending, 0, Some.Noon);

    private Snapshot Books(long customer, params Booking[] visits) => Books(customer, Some.Noon, visits);

    private Snapshot Books(long customer, DateTimeOffset now, params Booking[] visits)
    {
        var someone = Some.NewCustomer(Store, customer);
        var profile = someone.Profile! with
        {
            Fields = ImmutableDictionary<string, Value>.Empty.Add(ProfileFields.Name, new Value.Text("Аня")),
            Events = someone.Profile.Events.Add(BuiltInEvents.BookingCreated, new EventStatistics(1, Some.Noon, Some.Noon)),
        };
        InTransaction(transaction => transaction.Apply(Snapshot.None, Some.Outcome(With(someone with { Profile = profile }, visits)), now));
        return Load(Some.Address(customer));
    }

    private Snapshot Changes(long customer, Booking visit)
    {
        Apply(customer, before => With(before, [visit]));
        return Load(Some.Address(customer));
    }

    private ImmutableArray<OutboxMessage> Apply(long customer, Func<Snapshot, Snapshot> turn, params Effect[] effects) => InTransaction(transaction =>
    {
        var before = transaction.Load(Some.Address(customer));
        return transaction.Apply(before, Some.Outcome(turn(before), effects), Some.Noon);
    });

    private static Snapshot With(Snapshot snapshot, Booking[] visits) => snapshot with
    {
        Profile = snapshot.Profile! with
        {
            Bookings = snapshot.Profile.Bookings.SetItems(visits.Select(visit => KeyValuePair.Create(visit.Id, visit with { Chat = snapshot.Chat!.Id }))),
        },
    };

    private ImmutableArray<Busy> Taken(long by, DateTimeOffset? now = null) =>
        InTransaction(transaction => ((BusyTimes)transaction.Answer(Asked(), new ProfileId(by), now ?? Some.Noon)!).All);

    private static Query.Busy Asked() => new("irina", Day, Day.AddDays(1), null);

    private static Func<Busy, Busy> Utc(DateTimeOffset like) => busy => new Busy(busy.From.ToOffset(like.Offset), busy.To.ToOffset(like.Offset));

    private static Booking Clean(Booking visit) => visit with { Chat = default };
}
