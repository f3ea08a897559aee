using System.Collections.Immutable;

namespace Bot.Core.Profiles;

/// <summary>Events that happen without a <c>record:</c> in any dialog; expressions may name them.</summary>
public static class BuiltInEvents
{
    /// <summary>A deep link was followed; with the link's id and the source, as far as they are known.</summary>
    public const string LinkOpened = "link.opened";

    /// <summary>The customer sent /stop.</summary>
    public const string Stopped = "stopped";

    /// <summary>The customer said why they unsubscribed; with the reason.</summary>
    public const string StoppedReason = "stopped.reason";

    /// <summary>The customer switched a topic off or on; with the topic.</summary>
    public const string TopicOff = "topic.off";

    /// <inheritdoc cref="TopicOff"/>
    public const string TopicOn = "topic.on";

    /// <summary>The customer paused Marketing for a month.</summary>
    public const string MarketingPaused = "marketing.paused";

    /// <summary>A visit was booked.</summary>
    public const string BookingCreated = "booking.created";

    /// <summary>A visit took place.</summary>
    public const string BookingDone = "booking.done";

    /// <summary>Something was paid for; with its amount.</summary>
    public const string Purchase = "purchase";

    /// <summary>The customer pressed the button of a broadcast or followed its link; with the broadcast's number.</summary>
    public const string BroadcastClicked = "broadcast.clicked";

    /// <summary>Some or all of a purchase was given back; with its amount.</summary>
    public const string Refund = "refund";

    /// <summary>Points came for a purchase; with how many.</summary>
    public const string PointsEarned = "points.earned";

    /// <summary>Points came without a purchase, as a thank-you; with how many.</summary>
    public const string PointsGranted = "points.granted";

    /// <summary>A purchase was paid with points; with how many.</summary>
    public const string PointsSpent = "points.spent";

    /// <summary>Points came back with a refund; with how many.</summary>
    public const string PointsReturned = "points.returned";

    /// <summary>Points were taken back with a refund; with how many.</summary>
    public const string PointsTakenBack = "points.taken-back";

    /// <summary>Points expired; with how many.</summary>
    public const string PointsExpired = "points.expired";

    /// <summary>The loyalty tier is another one; with its id.</summary>
    public const string TierChanged = "tier.changed";

    /// <summary>A personal code was redeemed; with its discount.</summary>
    public const string CodeRedeemed = "code.redeemed";

    /// <summary>A case was opened because the customer is not content; with the score, if they gave one.</summary>
    public const string FeedbackOpened = "feedback.opened";

    /// <summary>Staff solved it.</summary>
    public const string FeedbackSolved = "feedback.solved";

    /// <summary>The customer was given a copy of their data.</summary>
    public const string DataExported = "data.exported";

    /// <summary>The customer asked for their data to be deleted, or staff did in their stead.</summary>
    public const string ErasureRequested = "erasure.requested";

    /// <summary>The customer took that back in time.</summary>
    public const string ErasureWithdrawn = "erasure.withdrawn";

    /// <summary>The customer's data was deleted; the last event of a profile.</summary>
    public const string DataErased = "data.erased";

    /// <summary>The customer asked for a person.</summary>
    public const string TalkOpened = "talk.opened";

    /// <summary>Staff brought the customer in by a list, or said something new of them there.</summary>
    public const string Imported = "imported";

    /// <summary>Those that the customer brings about, so that they count as an act of theirs.</summary>
    public static readonly ImmutableSortedSet<string> Acts = ImmutableSortedSet.Create(StringComparer.Ordinal, BookingCreated, BookingDone, Purchase);

    /// <summary>All of them.</summary>
    public static readonly ImmutableSortedSet<string> All =
        Acts.Union(Bookings.BookingEvents.All).Union([LinkOpened, Stopped, StoppedReason, TopicOff, TopicOn, MarketingPaused, FeedbackOpened, FeedbackSolved, DataExported, ErasureRequested, ErasureWithdrawn, DataErased, Imported, TalkOpened,
            Refund, PointsEarned, PointsGranted, PointsSpent, PointsReturned, PointsTakenBack, PointsExpired, TierChanged, CodeRedeemed, BroadcastClicked]);
}
