using System.Globalization;
using Bot.Storage;
using Bot.Writing;

namespace Bot.Timing;

/// <summary>
/// The business's time: the real one, plus what a demo moved it by. Only the time of day is moved; what measures and what waits goes by
/// the real clock, so that retries and limits do not jump.
/// </summary>
internal sealed class BusinessClock(TimeProvider real, TimeSpan shift) : TimeProvider
{
    private long _shift = shift.Ticks;

    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    public override long TimestampFrequency => real.TimestampFrequency;

    private TimeSpan Shift => new(Interlocked.Read(ref _shift));

    /// <summary>The clock of a database, where it was left.</summary>
    /// <exception cref="StoreRefusedException">It was moved once, and this is no demo.</exception>
    public static BusinessClock Of(Store store, TimeProvider real, bool isDemo)
    {
        var stored = store.ReadMeta(Store.ClockShift);
        if (stored is not null && !isDemo)
        {
            throw new StoreRefusedException($"The clock of {store.DatabasePath} was moved in a demo, so its dates are not real: give the bot "
                + "another database (Storage:ConnectionString), or set Demo:Enabled=true to go on with the demo.");
        }

        return new BusinessClock(real, stored is null ? TimeSpan.Zero : TimeSpan.FromMilliseconds(long.Parse(stored, CultureInfo.InvariantCulture)));
    }

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Shift;

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);

    /// <summary>Moves it on to a moment; it never goes back. The database knows first, so that a crash does not take it back either.</summary>
    public async Task MoveToAsync(DateTimeOffset to, Writer writer, CancellationToken cancellationToken)
    {
        // Whole milliseconds, as moments are stored, and up: what is due then must be due.
        var milliseconds = (long)Math.Ceiling((to - real.GetUtcNow()).TotalMilliseconds);
        if (milliseconds <= Shift.TotalMilliseconds)
        {
            return;
        }

        await writer.StepAsync(transaction =>
        {
            transaction.SetMeta(Store.ClockShift, milliseconds.ToString(CultureInfo.InvariantCulture));
            return true;
        }, cancellationToken).ConfigureAwait(false);
        Interlocked.Exchange(ref _shift, TimeSpan.FromMilliseconds(milliseconds).Ticks);
    }
}
