using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Bookings;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Storage;
using Bot.Storage.Api;
using Bot.Storage.Bookings;

namespace Bot.Api;

/// <summary>Visits: made, moved, called off, marked, and read by whoever keeps the calendar.</summary>
internal sealed class BookingEndpoints(Func<Content> content, Store store, Decisions decisions, Customers customers)
{
    private static readonly TimeSpan LongestList = TimeSpan.FromDays(31);

    public ImmutableArray<Operation> Operations =>
    [
        Operation.Post("/bookings", BookAsync, needsKey: true),
        Operation.Get("/bookings", List),
        Operation.Get("/bookings/{id}", Get),
        Operation.Post("/bookings/{id}/confirm", call => ActAsync(call, BookingAct.Confirm), needsKey: true),
        Operation.Post("/bookings/{id}/arrive", call => ActAsync(call, BookingAct.Arrive), needsKey: true),
        Operation.Post("/bookings/{id}/done", call => ActAsync(call, BookingAct.Complete), needsKey: true),
        Operation.Post("/bookings/{id}/no-show", call => ActAsync(call, BookingAct.Miss), needsKey: true),
        Operation.Post("/bookings/{id}/cancel", call => ActAsync(call, BookingAct.Cancel), needsKey: true),
        Operation.Post("/bookings/{id}/move", MoveAsync, needsKey: true),
    ];

    private Task<Answer> BookAsync(Call call)
    {
        var fields = new Fields(call.Json, "customer", "service", "specialist", "start");
        return decisions.AnswerAsync(
            call,
            () =>
            {
                var (mark, service, specialist, start) = (customers.Read(fields), fields.Text("service", isNeeded: true), fields.Text("specialist"), fields.Moment("start"));
                if (fields.Fault is not null)
                {
                    return fields.Fault;
                }

                if (Offers.Read(content(), service!, specialist) is { Problem: { } problem })
                {
                    return problem;
                }

                return customers.Find(mark!) is { } customer
                    ? new Input.VisitBooked("", customer.Chat, service!, specialist, start!.Value)
                    : Customers.Unknown();
            },
            decision => Told(decision, StatusCodes.Status201Created));
    }

    private Task<Answer> MoveAsync(Call call)
    {
        var fields = new Fields(call.Json, "start", "specialist");
        return decisions.AnswerAsync(
            call,
            () =>
            {
                var (start, specialist) = (fields.Moment("start"), fields.Text("specialist"));
                if (fields.Fault is not null)
                {
                    return fields.Fault;
                }

                if (Find(call) is not { } visit)
                {
                    return Unknown();
                }

                if (Offers.Read(content(), visit.Booking.Service, specialist) is { Problem: { } problem })
                {
                    return problem;
                }

                // What is not said stays.
                return customers.Find(visit.Profile) is { } customer
                    ? new Input.VisitChanged("", customer.Chat, visit.Booking.Id, BookingAct.Move, specialist ?? visit.Booking.Specialist, start!.Value)
                    : Unknown();
            },
            decision => Told(decision, StatusCodes.Status200OK));
    }

    private Task<Answer> ActAsync(Call call, BookingAct act)
    {
        var fields = new Fields(call.Json);
        return decisions.AnswerAsync(
            call,
            () => fields.Fault is { } fault ? fault
                : Find(call) is { } visit && customers.Find(visit.Profile) is { } customer
                    ? new Input.VisitChanged("", customer.Chat, visit.Booking.Id, act)
                    : Unknown(),
            decision => Told(decision, StatusCodes.Status200OK));
    }

    private Answer Get(Call call)
    {
        if (new Parameters(call.Http) is { Fault: { } fault })
        {
            return fault;
        }

        return Find(call) is { } visit ? new Answer(StatusCodes.Status200OK, json => BookingJson.Write(json, visit)) : Unknown();
    }

    private Answer List(Call call)
    {
        var parameters = new Parameters(call.Http, "from", "to", "after", "limit");
        var (from, to, limit) = (parameters.Moment("from"), parameters.Moment("to"), parameters.Limit());
        if (to - from is { } length && (length <= TimeSpan.Zero || length > LongestList))
        {
            parameters.Wrong("to", string.Create(CultureInfo.InvariantCulture, $"`to` is later than `from`, by at most {LongestList.Days} days."));
        }

        if (After(parameters, from) is not { } after || parameters.Fault is not null)
        {
            return parameters.Fault!;
        }

        var visits = store.Bookings.Page(after, to!.Value, limit);
        return new Answer(StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray("bookings");
            foreach (var visit in visits)
            {
                json.WriteStartObject();
                BookingJson.Write(json, visit);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next", visits.Length == limit && visits[^1].Booking is var last
                ? string.Create(CultureInfo.InvariantCulture, $"{last.Start.ToUnixTimeMilliseconds()}-{last.Id.Value}")
                : null);
        });
    }

    /// <summary>Behind which visit the page begins; <see langword="null"/> after a fault.</summary>
    private static (DateTimeOffset Start, BookingId Id)? After(Parameters parameters, DateTimeOffset? from)
    {
        if (parameters.Text("after") is not { } after)
        {
            return from is { } begin ? (begin, default) : null;
        }

        if (after.Split('-') is [var start, var id] && Customers.IdOf(start) is { } moment && moment < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            && Customers.IdOf(id) is { } number && DateTimeOffset.FromUnixTimeMilliseconds(moment) is var last && !(last < from))
        {
            return (last, new BookingId(number));
        }

        parameters.Wrong("after", "`after` is what `next` of the page before was.");
        return null;
    }

    private Answer Told(Decision decision, int status) => decision.Result switch
    {
        RequestResult.Done when decision.Subject is { } id && store.Bookings.Find(new BookingId(id)) is { } visit =>
            new Answer(status, json => BookingJson.Write(json, visit)),
        RequestResult.Taken => Problem.Conflict("time-taken", "The time is not free", "GET /api/v1/slots tells the times that are.") with { Field = "start" },
        RequestResult.Forbidden => Problem.Conflict("state-forbids", "That cannot be done with the visit any more",
            "GET /api/v1/bookings/{id} tells its state; what leads to what is in docs/booking.md."),
        _ => Problem.Conflict("visit-gone", "The visit or its service is not there any more", "It is too old to be changed, or services.yaml has changed."),
    };

    private VisitOfCustomer? Find(Call call) => Customers.IdOf(call.Id) is { } id ? store.Bookings.Find(new BookingId(id)) : null;

    private static Problem Unknown() => Problem.Unknown("booking", "id", "No visit has this id.");
}
