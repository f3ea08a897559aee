using Bot.Core.Expressions;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Segments;

/// <summary>
/// What SQLite cannot do as the program does it: its whole numbers turn into floating ones where they overflow, its division does not
/// round, and its lower() knows no Cyrillic. Numbers are ten-thousandths, moments and lengths of time milliseconds.
/// </summary>
internal static class SegmentFunctions
{
    public const string Fold = "fold";
    public const string Later = "later";
    public const string IsZone = "is_zone";

    private const decimal TenThousandths = 10_000m;

    /// <summary>The first moment that there is.</summary>
    public static readonly long FirstMoment = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastMoment = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The function of a calculation of two numbers.</summary>
    public static string Name(Calculation by) => by switch
    {
        Calculation.Plus => "plus",
        Calculation.Minus => "minus",
        Calculation.Times => "times",
        Calculation.DividedBy => "divided_by",
    };

    public static void Register(SqliteConnection connection)
    {
        foreach (var by in Enum.GetValues<Calculation>())
        {
            connection.CreateFunction(Name(by), (long? left, long? right) => Calculated(left, by, right), isDeterministic: true);
        }

        connection.CreateFunction(Later, (long? at, long? length) => Moved(at, length), isDeterministic: true);
        connection.CreateFunction(Fold, (string? text) => text is null ? null : Folding.Fold(text), isDeterministic: true);
        connection.CreateFunction(IsZone, (string? name) => name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _), isDeterministic: true);
    }

    /// <summary>The moment so much later, or earlier; missing if there is none.</summary>
    public static long? Moved(long? at, long? length) =>
        at + length is { } moved && moved >= FirstMoment && moved <= LastMoment ? moved : null;

    private static long? Calculated(long? left, Calculation by, long? right) =>
        left is { } a && right is { } b && Numbers.Calculate(a / TenThousandths, by, b / TenThousandths) is { } result
            ? (long)(result * TenThousandths)
            : null;
}
