using Bot.Core.Ids;

namespace Bot.Storage.Timers;

/// <summary>How far a daily automation is in one zone.</summary>
/// <param name="Name">The automation's id and the zone.</param>
/// <param name="Period">The last day that was begun: <c>2026-11-25</c>.</param>
/// <param name="Cursor">The last profile that the day has come to; <see langword="null"/> once the day is through.</param>
public sealed record ScheduleState(string Name, string Period, ProfileId? Cursor);
