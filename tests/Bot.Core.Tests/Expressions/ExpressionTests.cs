using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Expressions;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("score = 9", true)]
    [InlineData("score != 9", false)]
    [InlineData("score < 9", false)]
    [InlineData("score <= 9", true)]
    [InlineData("score > 8.5 and score >= 9", true)]
    [InlineData("score > -5", true)]
    [InlineData("unset = 1", false)]
    [InlineData("unset != 1", false)]
    [InlineData("not unset = 1", true)]
    [InlineData("unset", false)]
    [InlineData("score", true)]
    [InlineData("not score", false)]
    [InlineData("unset or score", true)]
    [InlineData("1 + 2 * 3 = 7", true)]
    [InlineData("(1 + 2) * 3 = 9", true)]
    [InlineData("7 / 2 - 0.5 = 3", true)]
    [InlineData("1 / 3 = 0.3333", true)]
    [InlineData("2 / 3 = 0.6667", true)]
    [InlineData("score / 0 = 0", false)]
    [InlineData("score / 0", false)]
    [InlineData("huge + 1", false)]
    [InlineData("huge * huge", false)]
    [InlineData("huge - 1 < huge", true)]
    [InlineData("huge = 922337203685477", true)]
    [InlineData("profile.city = \" КАЗАНЬ \"", true)]
    [InlineData("words = 'Все <B>отлично</b>   & быстро'", true)]
    [InlineData("size = \"small\" and size != \"big\"", true)]
    [InlineData("true and not false", true)]
    [InlineData("false or unset = 1 or true", true)]
    [InlineData("true or false and false", true)]
    [InlineData("not true or true", true)]
    [InlineData("profile.phone-verified", true)]
    [InlineData("profile.phone-verified = false", false)]
    [InlineData("profile.phone", false)]
    [InlineData("tags has \"vip\"", true)]
    [InlineData("tags has \"new\"", false)]
    [InlineData("event(visit)", true)]
    [InlineData("event(visit, 3d)", true)]
    [InlineData("event(visit, 71h)", false)]
    [InlineData("event(lead-magnet.delivered)", false)]
    [InlineData("count(visit) = 5", true)]
    [InlineData("count(visit, 60d) = 5", true)]
    [InlineData("count(visit, 2d) = 0", true)]
    [InlineData("count(never, 2d) = 0", true)]
    [InlineData("consent(personal-data)", true)]
    [InlineData("consent(marketing)", false)]
    [InlineData("last_active < ago(1d) and last_active > ago(3d)", true)]
    [InlineData("created + 100d = now", true)]
    [InlineData("now - 2d = last_active", true)]
    [InlineData("profile.birthday in next(7d)", true)]
    [InlineData("profile.birthday in next(6d)", false)]
    [InlineData("day in next(12d)", true)]
    [InlineData("today < day", true)]
    [InlineData("source.first = \"VK\" and not source.last", true)]
    [InlineData("language = \"ru\"", true)]
    [InlineData("magnet.id = \"guide\" and magnet.title = \"7 пятен\"", true)]
    [InlineData("business.name = \"чистый дом\"", true)]
    [InlineData("business.review", false)]
    [InlineData("profile.visits = 3.5", true)]
    public void Conditions_hold_as_written(string source, bool holds) =>
        Assert.Equal(holds, Someone.Expression(source).Holds(Someone.Scope()));

    [Theory]
    [InlineData("score")]
    [InlineData("profile.name = \"\"")]
    [InlineData("profile.birthday in next(365d)")]
    [InlineData("event(visit)")]
    [InlineData("consent(personal-data)")]
    [InlineData("tags has \"vip\"")]
    [InlineData("last_active > ago(365d)")]
    [InlineData("magnet.title")]
    public void Of_a_stranger_nothing_holds(string source) => Assert.False(Someone.Expression(source).Holds(Someone.Stranger()));

    [Theory]
    [InlineData("score =", 7, "The expression breaks off here: a value is missing.")]
    [InlineData("", 0, "Here an expression is missing.")]
    [InlineData("score == 9", 6, "`==` is not used here. Write one `=`.")]
    [InlineData("score && words", 6, "`&&` is not used here. Write `and`.")]
    [InlineData("!score", 0, "`!` is not used here. Write `not`.")]
    [InlineData("skore > 1", 0, "There is no `skore` here. Did you mean `score`?")]
    [InlineData("profile.nmae", 0, "There is no `profile.nmae` here. Did you mean `profile.name`?")]
    [InlineData("birthday in next(7d)", 0, "There is no `birthday` here. Did you mean `profile.birthday`?")]
    [InlineData("Казань = profile.city", 0, "There is no `Казань` here. A text is written in quotes: \"text\".")]
    [InlineData("evnt(visit)", 0, "There is no function `evnt`. Did you mean `event`?")]
    [InlineData("event(\"visit\")", 6, "Name the event, without quotes: `event(lead-magnet.delivered)`.")]
    [InlineData("event(visit, 3)", 13, "`event(...)` needs a length of time here, for example 10m, 2h or 7d.")]
    [InlineData("score-1 = 2", 0, "There is no `score-1` here. If this is a minus, put a space on both sides of it.")]
    [InlineData("5-1 = 4", 1, "Put a space on both sides of the minus.")]
    [InlineData("- score", 0, "A minus stands between two values, with a space on both sides, or right before a number: `-5`.")]
    [InlineData("score = 9 words", 10, "`words` stands where nothing can follow. Is an `and`, an `or` or a sign missing before it?")]
    [InlineData("1 < score < 3", 10, "Compare two values at a time, and join the comparisons with `and`: `a < b and b < c`.")]
    [InlineData("(score = 1", 10, "A closing bracket `)` is missing.")]
    [InlineData("score = \"9\"", 6, "A number cannot be compared with a text. Write the number without quotes.")]
    [InlineData("words > \"a\"", 6, "Texts can be compared with `=` and `!=` only, not with `>`.")]
    [InlineData("score + words = 1", 6, "`+` works on numbers, and on a moment with a length of time after it; here are a number and a text.")]
    [InlineData("words has \"a\"", 6, "`has` is for tags only: `tags has \"vip\"`.")]
    [InlineData("tags has vip", 9, "Ask for a tag like this: `tags has \"vip\"`.")]
    [InlineData("score in next(7d)", 6, "`in next(...)` needs a date before it, and this is a number.")]
    [InlineData("words = “да”", 8, "Write texts in straight quotes: \"text\".")]
    [InlineData("words = \"да", 8, "The text that begins here has no closing \".")]
    [InlineData("score > 1.23456", 8, "`1.23456` has more than four decimals.")]
    [InlineData("score > 922337203685478", 8, "`922337203685478` is too large: numbers go up to 922337203685477.")]
    [InlineData("now > ago(7w)", 10, "`7w` is neither a number nor a length of time. Write 10m, 2h or 7d; a name begins with a letter.")]
    [InlineData("{{ score }}", 0, "`{{` is not used here. `{{ }}` belongs into texts; an expression is written without it.")]
    public void A_mistake_is_named_where_it_is(string source, int at, string message)
    {
        var parsed = Expression.Parse(source, Someone.Vocabulary);

        Assert.Null(parsed.Result);
        Assert.Equal((at, message), (parsed.Fault!.At, parsed.Fault.Message));
    }

    [Fact]
    public void A_count_since_a_moment_asks_the_database_only_where_it_must()
    {
        var scope = Someone.Scope();
        Assert.Null(Someone.Expression("count(visit, 10d)").Evaluate(scope));
        var query = Assert.IsType<Query.EventCount>(Assert.Single(scope.Missing));
        Assert.Equal(("visit", Someone.Now.AddDays(-10)), (query.Event, query.Since));

        var known = Someone.Scope(facts: new(ImmutableDictionary<Query, Fact?>.Empty.Add(query, new Value.Number(2))));
        Assert.Equal(new Value.Number(2), Someone.Expression("count(visit, 10d)").Evaluate(known));
        Assert.Empty(known.Missing);
    }

    [Theory]
    [InlineData("count(visit, 10d) > 0 and count(visit, 20d) > 0 and not count(visit, 30d) > 0")]
    [InlineData("not count(visit, 10d) > 0 or count(visit, 20d) > 0 or count(visit, 30d) > 0")]
    public void All_counts_of_a_condition_are_asked_for_at_once(string source)
    {
        var scope = Someone.Scope();

        Someone.Expression(source).Holds(scope);

        Assert.Equal([10, 20, 30], scope.Missing.OfType<Query.EventCount>().Select(query => (Someone.Now - query.Since).Days));
    }

    [Theory]
    [InlineData("2026-12-28", "1990-01-03", 6, true)]
    [InlineData("2026-12-28", "1990-01-03", 5, false)]
    [InlineData("2026-12-28", "1990-12-27", 30, false)]
    [InlineData("2026-12-28", "1990-12-28", 1, true)]
    [InlineData("2027-02-28", "1992-02-29", 1, true)]
    [InlineData("2027-02-26", "1992-02-29", 1, false)]
    [InlineData("2028-02-27", "1992-02-29", 1, false)]
    [InlineData("2028-02-28", "1992-02-29", 1, true)]
    [InlineData("2026-06-01", "1990-05-31", 365, true)]
    public void A_birthday_comes_round_over_the_turn_of_the_year_and_on_29_February(string today, string birthday, int days, bool holds)
    {
        var profile = Someone.Anna with { Fields = Someone.Anna.Fields.SetItem("birthday", new Value.Date(DateOnly.Parse(birthday, null))) };
        var now = new DateTimeOffset(DateTime.Parse(today, null), TimeSpan.FromHours(3)).AddHours(1);

        Assert.Equal(holds, Someone.Expression($"profile.birthday in next({days}d)").Holds(Someone.Scope(profile: profile, now: now)));
    }

    [Fact]
    public void Today_is_the_business_day_and_not_that_of_Greenwich()
    {
        var scope = Someone.Scope(now: new(2026, 11, 21, 22, 0, 0, TimeSpan.Zero));

        Assert.Equal(new Value.Date(new(2026, 11, 22)), Someone.Expression("today").Evaluate(scope));
    }

    [Fact]
    public void Length_and_depth_are_bounded_and_bounded_quickly()
    {
        Assert.Contains("at most 4000", Fault(new string('1', 4001)), StringComparison.Ordinal);
        Assert.Contains("32 deep", Fault(new string('(', 1900) + "1" + new string(')', 1900)), StringComparison.Ordinal);
        Assert.Contains("32 deep", Fault(string.Concat(Enumerable.Repeat("not ", 900)) + "true"), StringComparison.Ordinal);
        Assert.Contains("32 deep", Fault(string.Join(" + ", Enumerable.Repeat("1", 900))), StringComparison.Ordinal);
        Assert.Contains("32 deep", Fault(string.Concat(Enumerable.Repeat("money(", 600)) + "1"), StringComparison.Ordinal);
        var wide = string.Join(" or ", Enumerable.Repeat("score = 1", 300));
        Assert.False(Someone.Expression(wide).Holds(Someone.Scope()));
        Assert.Equal("`^` has no meaning here.", Fault("profile.name = ^(a+)+$"));

        Assert.InRange(Quickest.Milliseconds(() => Fault(string.Concat(Enumerable.Repeat("not ", 900)) + "true")), 0, 200);
        Assert.InRange(Quickest.Milliseconds(() => Someone.Expression(wide).Holds(Someone.Scope())), 0, 200);
    }

    private static string Fault(string source) => Expression.Parse(source, Someone.Vocabulary).Fault!.Message;
}
