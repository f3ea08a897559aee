using System.Collections.Immutable;
using Bot.Core.Ids;

namespace Bot.Core.Broadcasts;

/// <summary>One text to many.</summary>
/// <param name="By">The numeric id of who made it.</param>
/// <param name="Line">The line of the admin chat that shows it.</param>
/// <param name="StartsAt">When it begins, once that is confirmed; in the customers' own time the earliest of them.</param>
/// <param name="Room">How long its messages may take from one to the last, so that the last are not too late.</param>
/// <param name="Winner">Which variant those get who were kept back from the experiment.</param>
/// <param name="IsWritten">Whether all recipients are written down.</param>
/// <param name="Revision">How often what was sent was changed; <see cref="Recalled"/> if it was taken back.</param>
/// <param name="IsRevising">Not all recipients have that revision yet.</param>
/// <param name="PausedFor">Why it paused by itself; <see langword="null"/> if staff paused it, or it is not paused.</param>
public sealed record Broadcast(
    BroadcastId Id,
    BroadcastState State,
    long By,
    DateTimeOffset CreatedAt,
    BroadcastPlan Plan,
    long? Line = null,
    DateTimeOffset? StartsAt = null,
    DateTimeOffset? FinishedAt = null,
    TimeSpan Room = default,
    int? Winner = null,
    bool IsWritten = false,
    int Revision = 0,
    PauseReason? PausedFor = null,
    bool IsRevising = false)
{
    /// <summary>The <see cref="Revision"/> of what was taken back.</summary>
    public const int Recalled = -1;

    /// <summary>Under which its messages stand among all others.</summary>
    public string Cause => CauseOf(Id);

    /// <summary>Whether it may still be changed.</summary>
    public bool IsDraft => State == BroadcastState.Draft;

    /// <summary>Whether it has begun and can go on.</summary>
    public bool IsUnderWay => State is BroadcastState.Scheduled or BroadcastState.Running or BroadcastState.Paused;

    /// <summary>
    /// How long its messages may take until the last of so many that are left, counted from its beginning: twice as long as the channel needs,
    /// so that only who waits for another reason comes too late.
    /// </summary>
    public TimeSpan RoomFrom(DateTimeOffset now, long left, int perSecond) =>
        now - (StartsAt is { } began && began < now ? began : now) + TimeSpan.FromSeconds(1 + (2.0 * left / perSecond));

    /// <inheritdoc cref="Cause"/>
    public static string CauseOf(BroadcastId id) => $"broadcast:{id.Value}";
}

/// <summary>What staff decided of a broadcast.</summary>
/// <param name="Variants">One, or of an experiment two to <see cref="MaxVariants"/>.</param>
/// <param name="Topic">What it is about, so that customers can switch it off.</param>
/// <param name="Segment">The segment's id, or <see langword="null"/>.</param>
/// <param name="For">A condition as it was typed, or <see langword="null"/>; without either it is for everybody.</param>
/// <param name="At">When, on the business's clock or each recipient's own; <see langword="null"/> for at once.</param>
/// <param name="IsLocal">Each recipient's own clock is meant.</param>
/// <param name="Split">How an experiment divides the recipients.</param>
/// <param name="Goal">The event that it is to bring about within a week.</param>
/// <param name="Change">Other words that staff have been asked about and have not agreed to yet.</param>
public sealed record BroadcastPlan(
    ImmutableArray<Variant> Variants,
    string? Topic = null,
    string? Segment = null,
    string? For = null,
    DateTime? At = null,
    bool IsLocal = false,
    Split? Split = null,
    string Goal = Profiles.BuiltInEvents.Purchase,
    WordingChange? Change = null)
{
    /// <summary>The most variants of one experiment.</summary>
    public const int MaxVariants = 4;
}

/// <summary>One wording of a broadcast.</summary>
/// <param name="Source">The text with markup and <c>{{ expressions }}</c>, as in a dialog; may be empty beside a file.</param>
/// <param name="File">A file that staff sent to the bot.</param>
/// <param name="Button">What stands under it beside the way out.</param>
public sealed record Variant(string Source, BroadcastFile? File = null, BroadcastButton? Button = null);

/// <summary>Other words for a wording that was sent.</summary>
/// <param name="Variant">Its number.</param>
public sealed record WordingChange(int Variant, string Source);

/// <summary>A file of a broadcast.</summary>
/// <param name="Id">The channel's own id of it.</param>
/// <param name="Name">As its sender called it.</param>
public sealed record BroadcastFile(Messages.AttachmentKind Kind, string Id, string? Name = null);

/// <summary>The button of a broadcast: it opens a dialog or a page, one of the two.</summary>
public sealed record BroadcastButton(string Label, string? Dialog, string? Url);

/// <summary>How an experiment divides the recipients.</summary>
/// <param name="Experiment">By which later broadcasts go on with it: nobody ever gets two variants of one experiment.</param>
/// <param name="Sample">The share of the recipients that each variant gets at first, above 0 to 1; <see langword="null"/> if
/// <paramref name="Count"/> says it.</param>
/// <param name="Count">How many recipients each variant gets at first, about.</param>
/// <param name="HoldOut">The share that gets nothing, from 0 to below 1.</param>
public sealed record Split(string Experiment, decimal? Sample, int? Count, decimal HoldOut)
{
    /// <summary>A tenth of the recipients each, a tenth nothing.</summary>
    public static Split Of(string experiment) => new(experiment, 0.1m, null, 0.1m);

    /// <summary>The share that each variant gets at first.</summary>
    public decimal SampleOf(long audience) => Sample ?? (audience == 0 ? 0 : Math.Min(1m, (decimal)Count!.Value / audience));
}

/// <summary>Where a broadcast stands. The numbers are stored and never change.</summary>
public enum BroadcastState
{
    /// <summary>Being written; it reaches nobody.</summary>
    Draft = 0,

    /// <summary>Confirmed; its time has not come.</summary>
    Scheduled = 1,

    /// <summary>Its recipients are being written down, then reached.</summary>
    Running = 2,

    /// <summary>Held by staff, or by itself after too many errors.</summary>
    Paused = 3,

    /// <summary>Every recipient came to an end.</summary>
    Finished = 4,

    /// <summary>Staff ended it.</summary>
    Cancelled = 5,
}

/// <summary>Where a recipient stands. The numbers are stored and never change.</summary>
public enum RecipientState
{
    /// <summary>Still to be reached.</summary>
    Waiting = 0,

    /// <summary>On the way: from here on it is never sent again.</summary>
    Claimed = 1,

    /// <summary>The channel has it.</summary>
    Sent = 2,

    /// <summary>The chat cannot be written to.</summary>
    Blocked = 3,

    /// <summary>The channel refused it for good.</summary>
    Failed = 4,

    /// <summary>Not sent, and why.</summary>
    Skipped = 5,

    /// <summary>It may have arrived or not.</summary>
    Unknown = 6,

    /// <summary>Kept back until the experiment has a winner.</summary>
    Reserved = 7,
}
