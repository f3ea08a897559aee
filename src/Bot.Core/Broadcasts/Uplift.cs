namespace Bot.Core.Broadcasts;

/// <summary>How two variants compare: what share of each came to something.</summary>
/// <param name="Difference">The second's share less the first's, from -1 to 1.</param>
/// <param name="Low">The lower end of the 95 % interval of the difference.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Relative">By how much of the first's share the second's is greater; <see langword="null"/> if the first has none.</param>
public readonly record struct Uplift(double Difference, double Low, double High, double? Relative)
{
    /// <summary>The 97.5 % point of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>Whether nothing can be said: the interval holds both "better" and "worse".</summary>
    public bool IsTooSmallToTell => Low <= 0 && High >= 0;

    /// <summary>
    /// Compares two shares by Newcombe's hybrid score interval (R. G. Newcombe, Interval estimation for the difference between independent
    /// proportions, Statistics in Medicine 17, 1998, method 10), which holds for small numbers and for shares near 0.
    /// </summary>
    /// <param name="first">How many of the first came to something, of <paramref name="firstOf"/>.</param>
    public static Uplift Of(long first, long firstOf, long second, long secondOf)
    {
        if (firstOf == 0 || secondOf == 0)
        {
            return new Uplift(0, -1, 1, null);
        }

        var (p, q) = ((double)second / secondOf, (double)first / firstOf);
        var (pLow, pHigh) = Wilson(second, secondOf);
        var (qLow, qHigh) = Wilson(first, firstOf);
        var difference = p - q;
        return new Uplift(
            difference,
            difference - Math.Sqrt(((p - pLow) * (p - pLow)) + ((qHigh - q) * (qHigh - q))),
            difference + Math.Sqrt(((pHigh - p) * (pHigh - p)) + ((q - qLow) * (q - qLow))),
            q > 0 ? difference / q : null);
    }

    /// <summary>Wilson's 95 % score interval of a share, without a correction for continuity.</summary>
    public static (double Low, double High) Wilson(long count, long of)
    {
        var (n, p) = ((double)of, (double)count / of);
        var middle = (2 * n * p) + (Z * Z);
        var half = Z * Math.Sqrt((Z * Z) + (4 * n * p * (1 - p)));
        var whole = 2 * (n + (Z * Z));
        return ((middle - half) / whole, (middle + half) / whole);
    }
}
