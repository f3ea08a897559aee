using System.Collections.Immutable;
using System.Globalization;
using Bot.Admin;
using Bot.Core.Dialogs;
using Bot.Storage;

namespace Bot.Api;

/// <summary>When a service can begin on a day, as staff see it: up to the last moment.</summary>
internal sealed class SlotEndpoints(Func<Content> content, Store store, TimeProvider business)
{
    public ImmutableArray<Operation> Operations => [Operation.Get("/slots", List)];

    private Answer List(Call call)
    {
        var parameters = new Parameters(call.Http, "service", "day", "specialist");
        var (service, day, specialist) = (parameters.Text("service", isNeeded: true), parameters.Day("day"), parameters.Text("specialist"));
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var known = content();
        var offers = Offers.Read(known, service!, specialist);
        if (offers.Problem is { } problem)
        {
            return problem;
        }

        var times = new StaffTimes(known, store, business.GetUtcNow());
        var free = offers.Who
            .SelectMany(who => times.Of(offers.Catalog, offers.Service, who.Id, default, null).On(day!.Value).Select(start => (Start: start, Who: who.Id)))
            .GroupBy(one => one.Start, one => one.Who)
            .OrderBy(one => one.Key)
            .ToList();
        return new Answer(StatusCodes.Status200OK, json =>
        {
            json.WriteString("service", service);
            json.WriteString("day", day!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteStartArray("slots");
            foreach (var slot in free)
            {
                json.WriteStartObject();
                json.WriteString("start", slot.Key.UtcDateTime);
                json.WriteStartArray("specialists");
                foreach (var who in slot)
                {
                    json.WriteStringValue(who);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
