using System.Diagnostics;

namespace Bot.Core.Expressions;

/// <summary>Values in the words of the customer's language.</summary>
internal static class SpokenValues
{
    public static string? Of(Node.Spoken spoken, Scope scope)
    {
        var first = Evaluation.Of(spoken.Of[0], scope);
        return spoken.Form switch
        {
            SpokenForm.Range => Speech.Range(Amount(first), Amount(Evaluation.Of(spoken.Of[1], scope)), scope.Language),
            SpokenForm.Date => Day(first, scope) is { } day ? Speech.Date(day, Evaluation.Today(scope), scope.Language) : null,
            SpokenForm.Clock => first is Value.Moment moment ? Speech.Clock(Evaluation.Local(moment.At, scope)) : null,
            SpokenForm.Money => Amount(first) is { } amount
                ? Speech.Money(amount, scope.Content.Settings.Currency, scope.Language)
                : null,
            SpokenForm.Plural => Amount(first) is { } number
                ? Evaluation.TextOf(Evaluation.Of(spoken.Of[1 + Math.Min(Speech.PluralForm(number, scope.Language), spoken.Of.Length - 2)], scope))
                : null,
        };
    }

    /// <summary>A value as it stands in a text without a function around it.</summary>
    public static string Show(Value value, Scope scope) => value switch
    {
        Value.Text text => text.Content,
        Value.Number number => Speech.Number(number.Amount, scope.Language),
        Value.Date date => Speech.Date(date.Day, Evaluation.Today(scope), scope.Language),
        Value.Moment moment =>
            $"{Speech.Date(Day(moment, scope)!.Value, Evaluation.Today(scope), scope.Language)}, {Speech.Clock(Evaluation.Local(moment.At, scope))}",
        Value.Choice choice => choice.Id,
        Value.File file => file.Name,
        Value.Magnet magnet => magnet.Id,
        Value.Service service => service.Id,
        Value.Specialist specialist => specialist.Id,
        Value.Booking booking => booking.Id.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Value.Boolean or Value.Duration => "",
        _ => throw new UnreachableException(),
    };

    private static DateOnly? Day(Value? value, Scope scope) => value switch
    {
        Value.Date date => date.Day,
        Value.Moment moment => DateOnly.FromDateTime(Evaluation.Local(moment.At, scope).DateTime),
        _ => null,
    };

    private static decimal? Amount(Value? value) => value is Value.Number number ? number.Amount : null;
}
