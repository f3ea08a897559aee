using System.Globalization;

namespace Bot.Core.Staff;

/// <summary>What staff are alarmed of. The names are stored and must never change.</summary>
public enum AlarmKind
{
    /// <summary>Telegram refuses the token: nothing can be told until it takes it again.</summary>
    Token,

    /// <summary>Another program takes the bot's updates.</summary>
    Conflict,

    /// <summary>Little room is left on the disk.</summary>
    Disk,

    /// <summary>The database's write-ahead log is large.</summary>
    Log,

    /// <summary>The last backup failed, or it is long ago.</summary>
    Backup,

    /// <summary>Messages that may go do not go.</summary>
    Sending,

    /// <summary>The receiver of webhooks takes nothing.</summary>
    Webhooks,

    /// <summary>Events were given up that it should have been told of.</summary>
    DeadWebhooks,
}

/// <summary>What there is to say.</summary>
public enum AlarmNotice
{
    None,

    /// <summary>There is trouble.</summary>
    Trouble,

    /// <summary>The trouble that was told of is over.</summary>
    Over,
}

/// <summary>How it stands with one kind of alarm.</summary>
/// <param name="Since">When the trouble was first seen; <see langword="null"/> while there is none.</param>
/// <param name="ToldOn">The day on which it was told last.</param>
/// <param name="IsOpen">Its end is still to be told.</param>
public sealed record Alarm(DateTimeOffset? Since, DateOnly? ToldOn, bool IsOpen)
{
    public static readonly Alarm None = new(null, null, false);

    private const string Day = "yyyy-MM-dd";

    /// <summary>A conflict that is shorter is one start overtaking another's end.</summary>
    private static readonly TimeSpan ConflictPatience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What is to be said, and how it stands then: each kind once a day while there is trouble, and its end once if the trouble was told. What
    /// cannot be told while it lasts is told when it is over.
    /// </summary>
    public (Alarm After, AlarmNotice Notice) Next(AlarmKind kind, bool isTrouble, DateTimeOffset now, DateOnly today)
    {
        if (!isTrouble)
        {
            return (this with { Since = null, IsOpen = false }, IsOpen ? AlarmNotice.Over : AlarmNotice.None);
        }

        var seen = this with { Since = Since ?? now };
        if (kind == AlarmKind.Token)
        {
            return (seen with { IsOpen = true }, AlarmNotice.None);
        }

        return ToldOn == today || (kind == AlarmKind.Conflict && now - seen.Since < ConflictPatience)
            ? (seen, AlarmNotice.None)
            : (seen with { ToldOn = today, IsOpen = true }, AlarmNotice.Trouble);
    }

    /// <summary>As it is stored.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Since?.ToUnixTimeMilliseconds()} {ToldOn?.ToString(Day, CultureInfo.InvariantCulture)} {(IsOpen ? "open" : "")}");

    /// <summary>What was stored; <see cref="None"/> for nothing.</summary>
    public static Alarm Read(string? stored) => stored?.Split(' ') is [var since, var told, var open]
        ? new Alarm(
            long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var moment) ? DateTimeOffset.FromUnixTimeMilliseconds(moment) : null,
            DateOnly.TryParseExact(told, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            open.Length > 0)
        : None;
}
