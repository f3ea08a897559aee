using System.Collections.Immutable;
using Bot.Admin;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Storage;

namespace Bot.Api;

/// <summary>The segments of segments.yaml: how many are in each, and who.</summary>
internal sealed class SegmentEndpoints(Func<Content> content, Store store, TimeProvider business)
{
    private static readonly SemaphoreSlim Alone = new(1);

    public ImmutableArray<Operation> Operations =>
    [
        Operation.Get("/segments", call => AloneAsync(call, List)),
        Operation.Get("/segments/{id}/profiles", call => AloneAsync(call, Members)),
    ];

    /// <summary>They look at all customers: one at a time, so that nothing else waits for them.</summary>
    private static async Task<Answer> AloneAsync(Call call, Func<Call, Answer> answer)
    {
        await Alone.WaitAsync(call.Aborted).ConfigureAwait(false);
        try
        {
            return answer(call);
        }
        finally
        {
            Alone.Release();
        }
    }

    private Answer List(Call call)
    {
        if (new Parameters(call.Http) is { Fault: { } fault })
        {
            return fault;
        }

        var (known, now) = (content(), business.GetUtcNow());
        var texts = new AdminTexts(known, now);
        var counts = known.Segments.Values.Select(segment => (Segment: segment, Count: store.Segments.Count(segment.For, known.Settings, now))).ToList();
        return new Answer(StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray("segments");
            foreach (var (segment, count) in counts)
            {
                json.WriteStartObject();
                json.WriteString("id", segment.Id);
                json.WriteString("name", texts.Plain(segment.Name));
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private Answer Members(Call call)
    {
        var parameters = new Parameters(call.Http, "after", "limit");
        var limit = parameters.Limit();
        var after = 0L;
        if (parameters.Text("after") is { } text)
        {
            after = Customers.IdOf(text) ?? 0;
            if (after == 0)
            {
                parameters.Wrong("after", "`after` is what `next` of the page before was.");
            }
        }

        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var known = content();
        if (!known.Segments.TryGetValue(call.Id, out var segment))
        {
            return Problem.Unknown("segment", "id", "segments.yaml has no such segment. GET /api/v1/segments lists them.");
        }

        // One read looks at a limited number of customers, whether or not any of them is in the segment.
        var members = ImmutableArray.CreateBuilder<ProfileId>();
        ProfileId? cursor = new ProfileId(after);
        while (cursor is { } from && members.Count < limit)
        {
            (var found, cursor) = store.Segments.Members(segment.For, known.Settings, business.GetUtcNow(), from, limit - members.Count);
            members.AddRange(found);
        }

        return new Answer(StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray("profiles");
            foreach (var member in members)
            {
                json.WriteStringValue(Customers.Text(member.Value));
            }

            json.WriteEndArray();
            json.WriteString("next", cursor is { } next ? Customers.Text(next.Value) : null);
        });
    }
}
