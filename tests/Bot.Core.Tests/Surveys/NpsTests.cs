using Bot.Core.Surveys;

namespace Bot.Core.Tests.Surveys;

public sealed class NpsTests
{
    [Fact]
    public void Nines_and_tens_promote_sevens_and_eights_pass_and_all_below_detract()
    {
        var nps = Nps.Of([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

        Assert.Equal((2, 2, 7), (nps.Promoters, nps.Passives, nps.Detractors));
        Assert.Equal(-45, nps.Value);
    }

    [Fact]
    public void What_is_no_score_does_not_count() => Assert.Equal(default, Nps.Of([-1, 11, 10.5m, 100]));

    [Theory]
    [InlineData(10, 0, 0, 100, 0)]
    [InlineData(0, 10, 0, 0, 0)]
    [InlineData(0, 0, 10, -100, 0)]
    [InlineData(50, 0, 50, 0, 20)]
    [InlineData(40, 30, 30, 10, 16)]
    [InlineData(400, 300, 300, 10, 5)]
    public void The_score_comes_with_its_margin(long promoters, long passives, long detractors, int value, int margin)
    {
        var nps = new Nps(promoters, passives, detractors);

        Assert.Equal((value, margin), (nps.Value, nps.Margin));
    }

    [Fact]
    public void Of_fewer_than_ten_answers_nothing_is_told()
    {
        Assert.Null(new Nps(9, 0, 0).Value);
        Assert.Null(new Nps(9, 0, 0).Margin);
        Assert.Null(default(Nps).Value);
    }
}
