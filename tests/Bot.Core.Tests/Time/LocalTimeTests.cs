using Bot.Core.Automations;
using Bot.Core.Gate;
using Bot.Core.Time;

namespace Bot.Core.Tests.Time;

/// <summary>Times of day over the days on which clocks change.</summary>
public sealed class LocalTimeTests
{
    private static readonly AutomationTrigger.Daily Weekdays = new(DayRule.Weekday, new TimeOnly(11, 0));

    public static TheoryData<string> Zones => ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Europe/Moscow"];

    [Theory]
    [InlineData("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:00:00Z")]
    [InlineData("Europe/Berlin", "2027-10-31", "02:30", "2027-10-31T00:30:00Z")]
    [InlineData("America/New_York", "2027-03-14", "02:30", "2027-03-14T07:00:00Z")]
    [InlineData("America/New_York", "2027-11-07", "01:30", "2027-11-07T05:30:00Z")]
    [InlineData("Africa/Cairo", "2027-04-30", "00:15", "2027-04-29T22:00:00Z")]
    [InlineData("Asia/Kolkata", "2027-03-28", "02:30", "2027-03-27T21:00:00Z")]
    [InlineData("Europe/Moscow", "2027-03-28", "02:30", "2027-03-27T23:30:00Z")]
    public void A_time_that_is_skipped_is_the_moment_of_the_jump_and_one_that_comes_twice_is_the_first(string zone, string day, string time, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, null), LocalTime.At(Day(day), TimeOnly.Parse(time, null), Zone(zone)).ToUniversalTime());

    [Theory]
    [MemberData(nameof(Zones))]
    public void Eleven_on_weekdays_comes_once_each_weekday_of_the_year_and_is_eleven_by_the_clock(string zone)
    {
        var here = Zone(zone);
        var day = new DateOnly(2026, 12, 31);
        var days = new List<DateOnly>();
        while (Weekdays.NextAfter(day, here) is var next && next.Day <= new DateOnly(2027, 12, 31))
        {
            var local = TimeZoneInfo.ConvertTime(next.At, here);
            Assert.Equal(new TimeOnly(11, 0), TimeOnly.FromDateTime(local.DateTime));
            Assert.Equal(next.Day, DateOnly.FromDateTime(local.DateTime));

            // What looks back sees the same day and moment from its first instant on, and the one before until then.
            Assert.Equal(next, Weekdays.LatestDue(next.At, here));
            Assert.True(Weekdays.LatestDue(next.At.AddTicks(-1), here).Day < next.Day);
            days.Add(day = next.Day);
        }

        Assert.Equal(261, days.Count);
        Assert.Equal(days.Order().Distinct(), days);
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Quiet_hours_hold_at_every_quarter_of_an_hour_by_the_clock_on_the_wall(string zone)
    {
        var here = Zone(zone);
        var quiet = new QuietHours(new TimeOnly(21, 0), new TimeOnly(9, 0));
        for (var now = new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero); now.Month < 12; now += TimeSpan.FromMinutes(15))
        {
            var clock = TimeZoneInfo.ConvertTime(now, here);
            var isQuiet = clock.Hour is >= 21 or < 9;

            var end = quiet.EndsAfter(now, here);

            Assert.Equal(isQuiet, end is not null);
            if (end is { } moment)
            {
                Assert.True(moment > now && moment - now <= TimeSpan.FromHours(13), $"{now:O}: {moment:O}");
                Assert.Equal(new TimeOnly(9, 0), TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, here).DateTime));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void What_is_due_at_eleven_is_never_in_quiet_hours_that_end_before(string zone)
    {
        var quiet = new QuietHours(new TimeOnly(21, 0), new TimeOnly(11, 0));
        var day = new DateOnly(2027, 1, 1);
        while (day.Year == 2027)
        {
            (day, var at) = Weekdays.NextAfter(day, Zone(zone));
            Assert.Null(quiet.EndsAfter(at, Zone(zone)));
            Assert.Equal(at, quiet.EndsAfter(at.AddTicks(-1), Zone(zone)));
        }
    }

    [Fact]
    public void A_rule_for_one_day_of_the_week_comes_once_a_week()
    {
        var sundays = new AutomationTrigger.Daily(DayRule.Sunday, new TimeOnly(2, 30));
        var (day, at) = sundays.NextAfter(new DateOnly(2027, 3, 22), Zone("Europe/Berlin"));

        Assert.Equal((new DateOnly(2027, 3, 28), DateTimeOffset.Parse("2027-03-28T03:00:00+02:00", null)), (day, at));
        Assert.Equal(new DateOnly(2027, 4, 4), sundays.NextAfter(day, Zone("Europe/Berlin")).Day);
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private static DateOnly Day(string text) => DateOnly.Parse(text, null);
}
