using Bot.Core.Broadcasts;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Time;
using Bot.Storage;
using Bot.Storage.Broadcasts;
using Bot.Storage.Segments;
using Bot.Writing;

namespace Bot.Broadcasts;

/// <summary>Writes down the recipients of a broadcast, page by page, before the first of them is reached.</summary>
internal sealed class AudienceWork(Store store, Writer writer, Func<Content> content, RateLimitOptions limits, TimeProvider business)
{
    /// <summary>Recipients of one commit.</summary>
    public const int Page = 500;

    /// <summary>Pages of one go, after which others get their turn.</summary>
    private const int Pages = 20;

    /// <summary>The broadcast as it begins, or <see langword="null"/> if the content no longer has what it is for.</summary>
    public Broadcast? Plan(Broadcast broadcast)
    {
        if (!TryReadCondition(content(), broadcast.Plan, out var condition))
        {
            return null;
        }

        var now = business.GetUtcNow();
        var count = store.Segments.CountAudience(condition, content().Settings, now, ScopeOf(broadcast.Plan));
        var plan = broadcast.Plan.Split is { } split
            ? broadcast.Plan with { Split = split with { Sample = split.SampleOf(count.Reached), Count = null } }
            : broadcast.Plan;
        return broadcast with
        {
            State = BroadcastState.Running,
            Plan = plan,
            StartsAt = now,
            Room = broadcast.RoomFrom(now, count.Reached, limits.BulkPerSecond),
            PausedFor = null,
        };
    }

    /// <summary>The broadcast with the time that the rest of it may take, now that it goes on.</summary>
    public Broadcast WithRoom(Broadcast broadcast, RecipientCounts counts) =>
        broadcast with { Room = broadcast.RoomFrom(business.GetUtcNow(), counts.All - counts.Ended, limits.BulkPerSecond) };

    /// <summary>Writes some pages; <see langword="false"/> if the content no longer has what it is for.</summary>
    public async Task<bool> TryWriteAsync(Broadcast broadcast, CancellationToken cancellationToken)
    {
        var all = content();
        if (!TryReadCondition(all, broadcast.Plan, out var condition))
        {
            return false;
        }

        var after = store.Broadcasts.Cursor(broadcast.Id);
        for (var i = 0; i < Pages; i++)
        {
            var now = business.GetUtcNow();
            var page = store.Segments.Audience(condition, all.Settings, now, ScopeOf(broadcast.Plan), after, Page);
            var recipients = page.Members.Select(member => new NewRecipient(member.Profile, member.Chat, DueOf(broadcast, all.Settings, member, now), member.Objection));
            await writer.StepAsync(transaction =>
            {
                transaction.Broadcasts.AddRecipients(broadcast, recipients, page.Cursor, broadcast.Plan.Split?.Sample ?? 1, now);
                return true;
            }, cancellationToken).ConfigureAwait(false);
            if (page.Cursor is not { } cursor)
            {
                break;
            }

            after = cursor;
        }

        return true;
    }

    /// <summary>For whom it is; no condition is everybody.</summary>
    public static bool TryReadCondition(Content content, BroadcastPlan plan, out Expression? condition)
    {
        condition = plan switch
        {
            { Segment: { } segment } => content.Segments.GetValueOrDefault(segment)?.For,
            { For: { } source } => content.ReadCondition(source).Result,
            _ => null,
        };
        return condition is not null || plan is { Segment: null, For: null };
    }

    public static AudienceScope ScopeOf(BroadcastPlan plan) => new(plan.Topic, plan.Variants.Any(variant => variant.File is not null));

    /// <summary>In the customer's own time; where that has passed today already, at once.</summary>
    private static DateTimeOffset DueOf(Broadcast broadcast, Settings settings, AudienceMember member, DateTimeOffset now)
    {
        if (broadcast.Plan is not { IsLocal: true, At: { } at })
        {
            return now;
        }

        var zone = member.Zone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var known) ? known : settings.Zone;
        var due = LocalTime.At(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at), zone);
        return due > now ? due : now;
    }
}
