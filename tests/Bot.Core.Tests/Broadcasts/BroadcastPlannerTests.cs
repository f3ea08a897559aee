using Bot.Core.Broadcasts;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Tests.Support;

namespace Bot.Core.Tests.Broadcasts;

public sealed class BroadcastPlannerTests
{
    private static readonly BroadcastPlan Plan = new([new Variant("Привет")], "offers");

    // 12:00 UTC is 15:00 in Moscow.
    [Theory]
    [InlineData("at", "16:30", "2026-11-21T16:30")]
    [InlineData("at", "10:00", "2026-11-22T10:00")]
    [InlineData("local", "10:00", "2026-11-22T10:00")]
    [InlineData("at", "24.12.2026 9:05", "2026-12-24T09:05")]
    [InlineData("at", "2026-12-24 09:05", "2026-12-24T09:05")]
    public void A_time_is_the_next_one_and_a_day_is_taken_by_its_word(string key, string value, string at)
    {
        var planned = Set(key, value).Plan!;

        Assert.Equal(DateTime.Parse(at, System.Globalization.CultureInfo.InvariantCulture), planned.At);
        Assert.Equal(key == "local", planned.IsLocal);
    }

    [Theory]
    [InlineData("at", "yesterday")]
    [InlineData("at", "2020-01-01 10:00")]
    [InlineData("at", "2036-01-01 10:00")]
    [InlineData("at", "25:00")]
    [InlineData("topic", "nothing")]
    [InlineData("topic", "reminders")]
    [InlineData("segment", "nobody")]
    [InlineData("for", "purchases.count >")]
    [InlineData("for", "1 = 1")]
    [InlineData("button", "No target")]
    [InlineData("button", "To nowhere = nothing")]
    [InlineData("link", "Bad = javascript:alert(1)")]
    [InlineData("link", "Bad = http://localhost/")]
    [InlineData("split", "10% 10%")]
    [InlineData("goal", "nothing.happened")]
    [InlineData("color", "red")]
    public void What_is_wrong_is_said_and_changes_nothing(string key, string value)
    {
        var planned = Set(key, value);

        Assert.Null(planned.Plan);
        Assert.NotNull(planned.Fault);
    }

    [Fact]
    public void A_segment_and_a_condition_take_each_others_place()
    {
        var segment = Some.Shipped.Segments.Keys.First();
        var first = Set("segment", segment).Plan!;
        var second = BroadcastPlanner.Set(Some.Shipped, first, "for", "purchases.count > 2", Some.Now).Plan!;

        Assert.Equal((segment, null), (first.Segment, first.For));
        Assert.Equal((null, "purchases.count > 2"), (second.Segment, second.For));
        Assert.Equal((null, null), (BroadcastPlanner.Set(Some.Shipped, second, "segment", "all", Some.Now).Plan is { } all ? (all.Segment, all.For) : ("", "")));
    }

    [Theory]
    [InlineData("20% 10%", 0.2, null, 0.1, "broadcast-7")]
    [InlineData("500 0% spring", null, 500, 0.0, "spring")]
    [InlineData("12.5% 75%", 0.125, null, 0.75, "broadcast-7")]
    public void An_experiment_is_divided_as_typed(string value, double? sample, int? count, double holdOut, string name)
    {
        var draft = new Broadcast(new BroadcastId(7), BroadcastState.Draft, 1, Some.Now, Plan);
        var two = BroadcastPlanner.Add(Some.Shipped, draft, new Variant("Здравствуйте")).Plan!;

        Assert.Equal(new Split(name, (decimal?)sample, count, (decimal)holdOut), BroadcastPlanner.Set(Some.Shipped, two, "split", value, Some.Now).Plan!.Split);
    }

    [Theory]
    [InlineData("60% 0%")]
    [InlineData("45% 11%")]
    [InlineData("0% 10%")]
    [InlineData("5 10%")]
    [InlineData("10% 100%")]
    [InlineData("10%")]
    [InlineData("10% 10% Bad_Name")]
    public void Shares_that_are_more_than_all_are_refused(string value)
    {
        var draft = new Broadcast(new BroadcastId(7), BroadcastState.Draft, 1, Some.Now, Plan);
        var two = BroadcastPlanner.Add(Some.Shipped, draft, new Variant("Здравствуйте")).Plan!;

        Assert.Equal(Phrase.AdminSetUsage, BroadcastPlanner.Set(Some.Shipped, two, "split", value, Some.Now).Fault);
    }

    [Theory]
    [InlineData("{{ profile.name }}")]
    [InlineData("{{ profile.nme else 'x' }}")]
    [InlineData("{name}")]
    [InlineData("<b>open")]
    [InlineData("{{ consent(marketing) }}")]
    [InlineData(" ")]
    public void A_text_that_would_not_do_for_everybody_is_refused(string source) =>
        Assert.Null(BroadcastPlanner.Check(Some.Shipped, Plan, new Variant(source)).Plan);

    [Theory]
    [InlineData(4096, false, true)]
    [InlineData(4097, false, false)]
    [InlineData(1024, true, true)]
    [InlineData(1025, true, false)]
    public void A_text_fits_into_one_message(int length, bool hasFile, bool fits)
    {
        var variant = new Variant(new string('я', length), hasFile ? new BroadcastFile(AttachmentKind.Picture, "p") : null);

        Assert.Equal(fits, BroadcastPlanner.Check(Some.Shipped, Plan, variant).Plan is not null);
    }

    [Fact]
    public void In_the_customers_own_time_it_begins_with_the_earliest_of_them()
    {
        var plan = Set("local", "10:00").Plan!;
        var zones = new[] { "Asia/Vladivostok", "Europe/Kaliningrad" }.Select(TimeZoneInfo.FindSystemTimeZoneById);

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(10)),
            BroadcastPlanner.StartOf(plan, zones, TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"), Some.Now));
    }

    private static Planned Set(string key, string value) => BroadcastPlanner.Set(Some.Shipped, Plan, key, value, Some.Now);
}
