namespace Bot.Core.Expressions;

/// <summary>Which numbers there are, and their arithmetic: whole ten-thousandths in 64 bits, which the database can repeat exactly.</summary>
public static class Numbers
{
    /// <summary>The highest number; the lowest is its negative.</summary>
    public const decimal Max = long.MaxValue / 10_000L;

    /// <summary>Whether it is a number that can be kept as it is: in range, with at most four decimals.</summary>
    public static bool IsWithin(decimal number) => Exact(number) == number;

    /// <summary>The number next to it that can be kept: rounded, and at most <see cref="Max"/> away from zero.</summary>
    public static decimal Nearest(decimal number) => Exact(Math.Clamp(number, -Max, Max))!.Value;

    /// <summary>Rounded to four decimals, halves away from zero; <see langword="null"/> if it is out of range.</summary>
    public static decimal? Exact(decimal number)
    {
        var rounded = Math.Round(number, 4, MidpointRounding.AwayFromZero);
        return rounded is >= -Max and <= Max ? rounded : null;
    }

    /// <summary>The result, or <see langword="null"/> if it or an operand is out of range, or nothing was divided by. Never throws.</summary>
    public static decimal? Calculate(decimal left, Calculation by, decimal right)
    {
        if (Exact(left) is not { } a || Exact(right) is not { } b)
        {
            return null;
        }

        return by switch
        {
            Calculation.Plus => Exact(a + b),
            Calculation.Minus => Exact(a - b),

            // The product of two numbers in range can be beyond decimal; whether it is, double knows well enough.
            Calculation.Times => Math.Abs((double)a * (double)b) > (double)Max * 2 ? null : Exact(a * b),
            Calculation.DividedBy => b == 0 ? null : Exact(a / b),
        };
    }
}
