using Bot.Core.Staff;

namespace Bot.Core.Tests.Staff;

public sealed class AlarmTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private Alarm _alarm = Alarm.None;

    [Fact]
    public void Trouble_is_told_once_a_day_and_its_end_once()
    {
        Assert.Equal(AlarmNotice.None, Look(false, 0));
        Assert.Equal(AlarmNotice.Trouble, Look(true, 1));
        Assert.Equal(AlarmNotice.None, Look(true, 2));
        Assert.Equal(AlarmNotice.Trouble, Look(true, 24));
        Assert.Equal(AlarmNotice.Over, Look(false, 25));
        Assert.Equal(AlarmNotice.None, Look(false, 26));
    }

    [Fact]
    public void What_comes_and_goes_is_told_once_and_has_one_end_a_day()
    {
        Assert.Equal(AlarmNotice.Trouble, Look(true, 1));
        Assert.Equal(AlarmNotice.Over, Look(false, 2));
        Assert.Equal(AlarmNotice.None, Look(true, 3));
        Assert.Equal(AlarmNotice.None, Look(false, 4));
        Assert.Equal(AlarmNotice.Trouble, Look(true, 24));
    }

    [Fact]
    public void A_refused_token_is_told_when_it_is_taken_again_with_its_beginning()
    {
        Assert.Equal(AlarmNotice.None, Look(true, 1, AlarmKind.Token));
        Assert.Equal(AlarmNotice.None, Look(true, 30, AlarmKind.Token));
        Assert.Equal(Start.AddHours(1), _alarm.Since);
        Assert.Equal(AlarmNotice.Over, Look(false, 31, AlarmKind.Token));
        Assert.Equal(AlarmNotice.None, Look(false, 32, AlarmKind.Token));
    }

    [Fact]
    public void A_conflict_that_is_over_within_a_minute_is_not_told()
    {
        Assert.Equal(AlarmNotice.None, Look(true, 0, AlarmKind.Conflict));
        Assert.Equal(AlarmNotice.None, Look(false, 0.01, AlarmKind.Conflict));
        Assert.Equal(AlarmNotice.None, Look(true, 1, AlarmKind.Conflict));
        Assert.Equal(AlarmNotice.Trouble, Look(true, 1.1, AlarmKind.Conflict));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x y z w")]
    public void What_is_not_there_is_no_alarm(string? stored) => Assert.Equal(Alarm.None, Alarm.Read(stored));

    private AlarmNotice Look(bool isTrouble, double hours, AlarmKind kind = AlarmKind.Disk)
    {
        // Through what is stored, as after a restart.
        var now = Start.AddHours(hours);
        (_alarm, var notice) = Alarm.Read(_alarm.ToString()).Next(kind, isTrouble, now, DateOnly.FromDateTime(now.UtcDateTime));
        return notice;
    }
}
