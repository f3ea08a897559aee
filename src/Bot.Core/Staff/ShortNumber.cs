namespace Bot.Core.Staff;

/// <summary>Whole numbers in letters and digits, because the data of a button has 64 bytes.</summary>
public static class ShortNumber
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int MaxLength = 12;

    /// <param name="number">Not below 0.</param>
    public static string Of(long number)
    {
        var digits = new Stack<char>();
        do
        {
            digits.Push(Digits[(int)(number % Digits.Length)]);
            number /= Digits.Length;
        }
        while (number > 0);

        return string.Concat(digits);
    }

    /// <summary>The number, or <see langword="null"/> if the text is none.</summary>
    public static long? Read(string text)
    {
        // Thirteen digits may be more than a number holds.
        if (text.Length is 0 or > MaxLength + 1 || !text.All(Digits.Contains))
        {
            return null;
        }

        var number = text.Aggregate((Int128)0, (sum, digit) => (sum * Digits.Length) + Digits.IndexOf(digit, StringComparison.Ordinal));
        return number <= long.MaxValue ? (long)number : null;
    }
}
