using System.Collections.Immutable;
using Bot.Core.Expressions;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Core.Tests.Expressions;

public sealed class ExpressionProperties
{
    private static readonly string[] Words =
    [
        "and", "or", "not", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "(", ")", ",", "has", "in", "next(7d)", "tags", "\"vip\"", "1", "0",
        "99999999999999", "0.0001", "7d", "score", "unset", "words", "day", "time", "size", "huge", "profile.name", "profile.birthday", "now",
        "today", "event(visit)", "count(visit, 9d)", "consent(marketing)", "ago(36500d)", "date(day)", "money(score)", "true", "{{", "'", "я", "\ud83d",
    ];

    private static readonly string[] Numbers = ["score", "unset", "huge", "1", "-3", "0.5", "count(visit)", "profile.visits"];

    private static Gen<string> Soup => Gen.Elements(Words).ListOf().Select(words => string.Join(" ", words));

    /// <summary>Expressions that are right by construction.</summary>
    private static Gen<string> Conditions => Gen.Sized(size => Condition(Math.Min(size, 4)));

    private static Gen<decimal> Amounts => Gen.OneOf(
        ArbMap.Default.GeneratorFor<decimal>(), Gen.Choose(-100, 100).Select(i => i / 4m), Gen.Elements(decimal.MaxValue, decimal.MinValue, 0m));

    private static Gen<Value?> AnyValue => Gen.OneOf(
        Gen.Constant<Value?>(null),
        Amounts.Select(Value? (n) => new Value.Number(n)),
        ArbMap.Default.GeneratorFor<string>().Select(Value? (s) => new Value.Text(s ?? "")),
        Gen.Choose(0, DateOnly.MaxValue.DayNumber).Select(Value? (d) => new Value.Date(DateOnly.FromDayNumber(d))),
        ArbMap.Default.GeneratorFor<DateTime>().Select(Value? (d) => new Value.Moment(new(DateTime.SpecifyKind(d, DateTimeKind.Utc)))),
        Gen.Elements<Value?>(new Value.Choice("small"), new Value.Boolean(false), new Value.Magnet("gone"), new Value.File("x"), new Value.Duration(TimeSpan.MaxValue)));

    [Fact]
    public void Reading_anything_answers_and_does_not_throw() => Prop.ForAll(
        Gen.OneOf(Soup, ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "")).ToArbitrary(),
        source =>
        {
            var parsed = Expression.Parse(source, Someone.Vocabulary);
            var template = Template.Parse($"<b>{source}</b>{{{{ {source} }}}}", Someone.Vocabulary);
            return parsed.Result is null != parsed.Fault is null && template.Result is null != template.Fault is null
                && (parsed.Fault is not { } fault || (fault.At >= 0 && fault.At <= source.Length));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Evaluating_anything_on_anybody_does_not_throw() => Prop.ForAll(
        Gen.OneOf(Soup, Conditions).ToArbitrary(), AnyValue.ToArbitrary(), AnyValue.ToArbitrary(),
        (source, one, other) =>
        {
            if (Expression.Parse(source, Someone.Vocabulary).Result is { } expression)
            {
                var values = Someone.Values.Keys.Aggregate(ImmutableDictionary<string, Value>.Empty, (all, name) =>
                    (name.Length % 2 == 0 ? one : other) is { } value ? all.SetItem(name, value) : all);
                foreach (var now in new[] { Someone.Now, DateTimeOffset.MinValue.AddDays(2), DateTimeOffset.MaxValue.AddDays(-2) })
                {
                    var scope = Someone.Scope(values: values, now: now);
                    expression.Evaluate(scope);
                    expression.Holds(scope);
                }

                expression.Holds(Someone.Stranger());
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Not_and_or_obey_the_laws_of_logic() => Prop.ForAll(Conditions.ToArbitrary(), Conditions.ToArbitrary(), (a, b) =>
    {
        var scope = Someone.Scope();
        bool Holds(string source) => Someone.Expression(source).Holds(scope);

        return Holds($"not ({a})") == !Holds(a)
            && Holds($"not not ({a})") == Holds(a)
            && Holds($"({a}) and ({b})") == (Holds(a) && Holds(b))
            && Holds($"({a}) or ({b})") == (Holds(a) || Holds(b))
            && Holds($"not (({a}) and ({b}))") == Holds($"not ({a}) or not ({b})")
            && Holds($"not (({a}) or ({b}))") == Holds($"not ({a}) and not ({b})");
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void What_is_missing_compares_with_nothing() => Prop.ForAll(
        Gen.Elements("=", "!=", "<", "<=", ">", ">=").ToArbitrary(), Gen.Elements(Numbers).ToArbitrary(),
        (sign, other) => !Someone.Expression($"unset {sign} {other}").Holds(Someone.Scope())
            && !Someone.Expression($"{other} {sign} unset").Holds(Someone.Scope())).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Numbers_stay_within_what_the_database_holds_exactly() => Prop.ForAll(
        Amounts.ToArbitrary(), Gen.Elements(Enum.GetValues<Calculation>()).ToArbitrary(), Amounts.ToArbitrary(),
        (a, by, b) => Core.Expressions.Numbers.Calculate(a, by, b) is not { } result
            || (Math.Abs(result) <= Core.Expressions.Numbers.Max && decimal.Round(result, 4) == result)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static Gen<string> Condition(int depth) => depth == 0
        ? Gen.OneOf(
            Gen.Elements("unset", "score", "profile.phone", "tags has \"vip\"", "event(visit, 2d)", "consent(personal-data)", "true", "profile.birthday in next(9d)"),
            from left in Gen.Elements(Numbers)
            from sign in Gen.Elements("=", "!=", "<", ">=")
            from right in Gen.Elements(Numbers)
            from sum in Gen.Elements("+", "-", "*", "/")
            select $"{left} {sum} {right} {sign} {right}")
        : Gen.OneOf(
            Condition(depth - 1),
            Condition(depth - 1).Select(c => $"not ({c})"),
            from a in Condition(depth - 1)
            from b in Condition(depth - 1)
            from word in Gen.Elements("and", "or")
            select $"({a}) {word} {b}");
}
