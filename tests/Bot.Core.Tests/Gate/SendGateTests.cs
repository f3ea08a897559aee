using Bot.Core.Gate;
using Bot.Core.Messages;
using Bot.Core.Timers;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Core.Tests.Gate;

public sealed class SendGateTests
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly QuietHours Night = new(new TimeOnly(21, 0), new TimeOnly(9, 0));

    /// <summary>15:00 in Moscow.</summary>
    private static readonly DateTimeOffset Day = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    /// <summary>23:00 in Moscow.</summary>
    private static readonly DateTimeOffset Late = new(2026, 11, 25, 20, 0, 0, TimeSpan.Zero);

    /// <summary>09:00 the next morning there.</summary>
    private static readonly DateTimeOffset Morning = new(2026, 11, 26, 6, 0, 0, TimeSpan.Zero);

    private static Proposal Marketing(DateTimeOffset? now = null) =>
        new(MessageKind.Marketing, now ?? Day, now ?? Day, Moscow, Night, TimeSpan.FromHours(6), HasConsent: true);

    private static Proposal Service(DateTimeOffset? now = null) =>
        new(MessageKind.Service, now ?? Day, now ?? Day, Moscow, Night, TimeSpan.FromHours(6));

    [Theory]
    [InlineData("2027-10-31T00:15Z", "2027-10-31T00:30Z")]
    [InlineData("2027-10-31T01:15Z", null)]
    public void An_hour_that_the_clock_shows_twice_is_quiet_once(string now, string? end)
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        Assert.Equal(end is null ? null : DateTimeOffset.Parse(end, null), new QuietHours(new TimeOnly(23, 0), new TimeOnly(2, 30)).EndsAfter(DateTimeOffset.Parse(now, null), berlin));
    }

    [Fact]
    public void Marketing_with_consent_by_day_goes() => Goes(Marketing());

    [Fact]
    public void Marketing_without_consent_does_not_go() => Skips(SkipReason.NoConsent, Marketing() with { HasConsent = false });

    [Fact]
    public void Marketing_on_a_topic_that_was_switched_off_does_not_go() => Skips(SkipReason.TopicOff, Marketing() with { IsTopicOff = true });

    [Fact]
    public void Marketing_rests_while_the_customer_wants_a_pause_and_goes_from_its_last_moment_on()
    {
        Skips(SkipReason.Paused, Marketing() with { PausedUntil = Day.AddTicks(1) });
        Goes(Marketing() with { PausedUntil = Day });
    }

    [Fact]
    public void Marketing_stops_at_its_goal() => Skips(SkipReason.GoalReached, Marketing() with { IsGoalReached = true });

    [Fact]
    public void Nothing_at_all_goes_to_who_blocked_the_bot()
    {
        Skips(SkipReason.Blocked, Marketing() with { IsBlocked = true });
        Skips(SkipReason.Blocked, Service() with { IsBlocked = true });
        Skips(SkipReason.Blocked, Service() with { IsBlocked = true, Kind = MessageKind.Reply });
    }

    [Fact]
    public void A_reply_passes_everything_else() => Goes(Marketing(Late) with
    {
        Kind = MessageKind.Reply,
        HasConsent = false,
        IsTopicOff = true,
        IsTalking = true,
        PausedUntil = Day.AddDays(9),
        Due = Day.AddDays(-9),
    });

    [Fact]
    public void Marketing_at_night_waits_for_the_morning_where_the_customer_is()
    {
        Waits(Morning, WaitReason.QuietHours, Marketing(Late));
        Goes(Marketing(Late) with { Zone = NewYork });
        Goes(Marketing(Late) with { Quiet = null });
        Goes(Marketing(Morning));
        Waits(Morning, WaitReason.QuietHours, Marketing(Morning.AddTicks(-1)));
    }

    [Fact]
    public void Marketing_is_too_late_past_its_limit_and_not_at_it()
    {
        Goes(Marketing() with { Due = Day.AddHours(-6) });
        Skips(SkipReason.TooLate, Marketing() with { Due = Day.AddHours(-6).AddTicks(-1) });
    }

    [Fact]
    public void A_full_cap_is_waited_for_if_that_is_not_too_late_else_it_refuses()
    {
        Waits(Day.AddHours(2), WaitReason.Cap, Capped(new CapUse(TimeSpan.FromDays(7), Day.AddDays(-7).AddHours(2))));
        Skips(SkipReason.Cap, Capped(new CapUse(TimeSpan.FromDays(7), Day.AddDays(-7).AddHours(6).AddTicks(1))));
        Goes(Capped(new CapUse(TimeSpan.FromDays(7), Day.AddDays(-7))));
        Goes(Capped(new CapUse(TimeSpan.FromDays(7), null)));
    }

    [Fact]
    public void Of_several_caps_the_strictest_counts() => Waits(Day.AddHours(5), WaitReason.Cap, Capped(
        new CapUse(TimeSpan.FromDays(7), Day.AddDays(-7).AddHours(2)),
        new CapUse(TimeSpan.FromDays(14), Day.AddDays(-14).AddHours(5)),
        new CapUse(TimeSpan.FromDays(30), null)));

    [Fact]
    public void A_cap_that_opens_at_night_waits_for_the_morning() =>
        Waits(Morning, WaitReason.QuietHours, Marketing(Late) with { Caps = [new CapUse(TimeSpan.FromDays(7), Late.AddDays(-7).AddHours(3))] });

    [Fact]
    public void What_the_night_keeps_back_anyway_is_not_refused_for_a_cap_that_opens_in_the_morning()
    {
        Waits(Morning, WaitReason.QuietHours, Marketing(Late) with { Caps = [new CapUse(TimeSpan.FromDays(7), Morning.AddDays(-7))] });
        Waits(Morning.AddHours(6), WaitReason.Cap, Marketing(Late) with { Caps = [new CapUse(TimeSpan.FromDays(7), Morning.AddDays(-7).AddHours(6))] });
        Skips(SkipReason.Cap, Marketing(Late) with { Caps = [new CapUse(TimeSpan.FromDays(7), Morning.AddDays(-7).AddHours(6).AddTicks(1))] });
    }

    [Fact]
    public void Automatic_messages_wait_while_a_person_talks()
    {
        Waits(Day.AddMinutes(30), WaitReason.Talking, Marketing() with { IsTalking = true });
        Waits(Day.AddMinutes(30), WaitReason.Talking, Service() with { IsTalking = true });
    }

    [Fact]
    public void Service_needs_no_consent_and_knows_no_caps() =>
        Goes(Service() with { PausedUntil = Day.AddDays(1), Caps = [new CapUse(TimeSpan.FromDays(7), Day)] });

    [Fact]
    public void Service_can_be_switched_off_as_a_topic() => Skips(SkipReason.TopicOff, Service() with { IsTopicOff = true });

    [Fact]
    public void Service_keeps_quiet_hours_unless_it_would_come_too_late()
    {
        Waits(Morning, WaitReason.QuietHours, Service(Late) with { UsefulUntil = Morning });
        Goes(Service(Late) with { UsefulUntil = Morning.AddTicks(-1) });
        Waits(Morning, WaitReason.QuietHours, Service(Late));
        Skips(SkipReason.TooLate, Service() with { UsefulUntil = Day.AddTicks(-1) });
    }

    [Fact]
    public void However_long_ago_it_was_due_Service_goes_while_it_is_useful() => Goes(Service() with { Due = Day.AddDays(-3), UsefulUntil = Day });

    /// <summary>Whatever is put before it: what goes at once breaks no rule, what waits waits for a moment to come, and waiting ends.</summary>
    [Fact]
    public void The_gate_keeps_its_promises_whatever_it_is_asked() => Prop.ForAll(Proposals.ToArbitrary(), proposal =>
    {
        for (var asked = 0; ; asked++)
        {
            switch (SendGate.Decide(proposal))
            {
                case GateDecision.NotBefore later:
                    Assert.True(later.At > proposal.Now);
                    Assert.True(asked < 10, "It waits for ever.");

                    // As the timer moves: what it is asked next is due then.
                    proposal = proposal with { Now = later.At, Due = later.At, IsTalking = false };
                    break;
                case GateDecision.Send when proposal.Kind == MessageKind.Marketing:
                    return proposal is { IsBlocked: false, HasConsent: true, IsTopicOff: false, IsGoalReached: false }
                        && !(proposal.PausedUntil > proposal.Now)
                        && Night.EndsAfter(proposal.Now, proposal.Zone) is null
                        && proposal.Now - proposal.Due <= proposal.MarketingLate
                        && proposal.Caps.All(cap => cap.EarliestCounted is not { } earliest || earliest + cap.In <= proposal.Now);
                case GateDecision.Send:
                    return !proposal.IsBlocked;
                default:
                    return true;
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    private static Gen<Proposal> Proposals =>
        from kind in Gen.Elements(MessageKind.Service, MessageKind.Marketing)
        from minutes in Gen.Choose(0, 525_600)
        from late in Gen.Choose(0, 600)
        from zone in Gen.Elements(Moscow, NewYork)
        from flags in Gen.Choose(0, 15)
        from paused in Gen.Choose(-500, 500)
        from useful in Gen.Choose(-600, 6_000)
        from caps in Gen.Choose(0, 20_000).Select(ago => new CapUse(TimeSpan.FromDays(7), Day.AddMinutes(-ago))).ListOf()
        let now = Day.AddMinutes(minutes)
        select new Proposal(kind, now.AddMinutes(-late), now, zone, Night, TimeSpan.FromHours(6),
            IsBlocked: flags == 1, HasConsent: flags != 2, IsTopicOff: flags == 3, IsGoalReached: flags == 4, IsTalking: flags is 5 or 6,
            PausedUntil: flags == 7 ? now.AddMinutes(paused) : null, UsefulUntil: flags is 8 or 9 ? now.AddMinutes(useful) : null)
        {
            Caps = [.. caps.Select(cap => cap with { EarliestCounted = cap.EarliestCounted + TimeSpan.FromMinutes(minutes) })],
        };

    private static Proposal Capped(params ReadOnlySpan<CapUse> caps) => Marketing() with { Caps = [.. caps] };

    private static void Goes(Proposal proposal) => Assert.IsType<GateDecision.Send>(SendGate.Decide(proposal));

    private static void Skips(SkipReason reason, Proposal proposal) => Assert.Equal(new GateDecision.Skip(reason), SendGate.Decide(proposal));

    private static void Waits(DateTimeOffset until, WaitReason why, Proposal proposal) =>
        Assert.Equal(new GateDecision.NotBefore(until, why), SendGate.Decide(proposal));
}
