using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Core.Profiles;

namespace Bot.Core.Turns;

/// <summary>What the database answers to a <see cref="Query"/>: a single value, or data of a subject such as points.</summary>
public abstract record Fact;

/// <summary>Another profile than that of the turn.</summary>
public sealed record OtherProfile(Profile Profile) : Fact;

/// <summary>A question that a turn may ask of the database beyond its snapshot.</summary>
public abstract record Query
{
    private Query()
    {
    }

    /// <summary>How often an event happened to this profile since a moment.</summary>
    public sealed record EventCount(string Event, DateTimeOffset Since) : Query;

    /// <summary>The number that the latest of these events of this profile came with under a name; missing if none did.</summary>
    public sealed record LastNumber(string Event, string Name) : Query;

    /// <summary>This profile's open case of a kind; missing if none is open.</summary>
    public sealed record OpenCase(string Kind) : Query;

    /// <summary>A case of this profile; missing if it is not open.</summary>
    public sealed record CaseById(CaseId Case) : Query;

    /// <summary>How many purchases of this profile there are since a moment.</summary>
    public sealed record PurchaseCount(DateTimeOffset Since) : Query;

    /// <summary>What they come to, in the business's currency; at most <see cref="Numbers.Max"/>.</summary>
    public sealed record PurchaseSum(DateTimeOffset Since) : Query;

    /// <summary>How many Marketing messages arrived at this profile after a moment.</summary>
    public sealed record MarketingSince(DateTimeOffset After) : Query;

    /// <summary>When the earliest of this profile's latest so many Marketing messages went or was let go; missing if there were fewer.</summary>
    public sealed record LatestMarketing(int Count) : Query;

    /// <summary>When an automation last did something for this profile; missing if never.</summary>
    public sealed record LastAutomation(string Automation) : Query;

    /// <summary>Whether a purchase with this id is kept already, whoever made it.</summary>
    public sealed record PurchaseExists(string Id) : Query;

    /// <summary>The customer's points: an <see cref="Account"/>.</summary>
    public sealed record Account : Query;

    /// <summary>A purchase and its points: a <see cref="PurchaseRecord"/>, whoever made it; missing if there is none.</summary>
    public sealed record Purchase(string Id) : Query;

    /// <summary>Whether a refund with this id is kept already.</summary>
    public sealed record RefundExists(string Id) : Query;

    /// <summary>A refund as it is kept: a <see cref="Loyalty.Refund"/>, of whichever purchase; missing if there is none.</summary>
    public sealed record Refund(string Id) : Query;

    /// <summary>The latest so many changes of the customer's points: a <see cref="PointsHistory"/>.</summary>
    public sealed record History(int Count) : Query;

    /// <summary>The customer's card: a <see cref="Card"/>, a new one if there is none yet.</summary>
    public sealed record Card : Query;

    /// <summary>A personal code, whoever has it: a <see cref="PersonalCode"/>; missing if there is none.</summary>
    public sealed record Code(string Text) : Query;

    /// <summary>A code that nobody has and nobody can guess. Each number is another code.</summary>
    public sealed record NewCode(int Number) : Query;

    /// <summary>Which dialog the button of a broadcast opens; missing if this profile has no such message.</summary>
    public sealed record BroadcastDialog(RecipientId Recipient) : Query;

    /// <summary>Which broadcast a message of this profile belongs to; missing if it has no such message.</summary>
    public sealed record BroadcastOf(RecipientId Recipient) : Query;

    /// <summary>What is taken of a specialist in a stretch of time, without this profile's own hold and without one visit: <see cref="Bookings.BusyTimes"/>.</summary>
    /// <param name="Except">A visit that is to be moved, so that its own time counts as free.</param>
    public sealed record Busy(string Specialist, DateTimeOffset From, DateTimeOffset To, BookingId? Except) : Query;

    /// <summary>When this profile last gave a consent to this purpose, in any chat; missing if never.</summary>
    public sealed record ConsentGiven(string Purpose) : Query;

    /// <summary>Whether this message of the customer was passed on to the admin chat.</summary>
    public sealed record Relayed(long Message) : Query;

    /// <summary>Whether staff wrote down these very words about this profile.</summary>
    public sealed record HasNote(string Text) : Query;

    /// <summary>
    /// The customer whom staff brought in by a list with this phone and who has no chat that could be written to, as an
    /// <see cref="OtherProfile"/>; missing if there is none.
    /// </summary>
    /// <param name="Phone">In E.164.</param>
    public sealed record BroughtIn(string Phone) : Query;

    /// <summary>All rows of this profile as a JSON text, and nothing of any other.</summary>
    public sealed record Export : Query;
}

/// <summary>The answers that a turn has so far, each true in the transaction that it runs in. What is missing is <see langword="null"/>.</summary>
public sealed record Facts(ImmutableDictionary<Query, Fact?> Answers)
{
    public static readonly Facts None = new(ImmutableDictionary<Query, Fact?>.Empty);

    /// <summary>How often a turn may ask before it counts as faulty.</summary>
    public const int MaxRounds = 8;
}
