using System.Diagnostics;
using Bot.Core.Expressions;
using Bot.Core.Ids;

namespace Bot.Storage.Sqlite;

/// <summary>How values of fields and events stand in the database. The numbers and names of the kinds must never change.</summary>
internal static class StoredValues
{
    private const decimal TenThousandths = 10_000m;

    public static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => "boolean",
        ValueKind.Number => "number",
        ValueKind.Text => "text",
        ValueKind.Date => "date",
        ValueKind.Moment => "moment",
        ValueKind.Duration => "duration",
        ValueKind.Choice => "choice",
        ValueKind.File => "file",
        ValueKind.Magnet => "magnet",
        ValueKind.Service => "service",
        ValueKind.Specialist => "specialist",
        ValueKind.Booking => "booking",
    };

    public static ValueKind Kind(string name) => name switch
    {
        "boolean" => ValueKind.Boolean,
        "number" => ValueKind.Number,
        "text" => ValueKind.Text,
        "date" => ValueKind.Date,
        "moment" => ValueKind.Moment,
        "duration" => ValueKind.Duration,
        "choice" => ValueKind.Choice,
        "file" => ValueKind.File,
        "magnet" => ValueKind.Magnet,
        "service" => ValueKind.Service,
        "specialist" => ValueKind.Specialist,
        "booking" => ValueKind.Booking,
        _ => throw new InvalidDataException($"A value of the unknown kind '{name}' is stored."),
    };

    public static long Code(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => 1,
        ValueKind.Number => 2,
        ValueKind.Text => 3,
        ValueKind.Date => 4,
        ValueKind.Moment => 5,
        ValueKind.Duration => 6,
        ValueKind.Choice => 7,
        ValueKind.File => 8,
        ValueKind.Magnet => 9,
        ValueKind.Service => 10,
        ValueKind.Specialist => 11,
        ValueKind.Booking => 12,
    };

    public static ValueKind Kind(long code) => code switch
    {
        1 => ValueKind.Boolean,
        2 => ValueKind.Number,
        3 => ValueKind.Text,
        4 => ValueKind.Date,
        5 => ValueKind.Moment,
        6 => ValueKind.Duration,
        7 => ValueKind.Choice,
        8 => ValueKind.File,
        9 => ValueKind.Magnet,
        10 => ValueKind.Service,
        11 => ValueKind.Specialist,
        12 => ValueKind.Booking,
        _ => throw new InvalidDataException($"A value of the unknown kind {code} is stored."),
    };

    /// <summary>The value as text or as a whole number; the other is missing.</summary>
    public static (string? Text, long? Number) Columns(Value value) => value switch
    {
        Value.Boolean boolean => (null, boolean.Is ? 1 : 0),
        // Never more than a column holds: an input must not fail for a number that slipped through.
        Value.Number number => (null, (long)(Numbers.Nearest(number.Amount) * TenThousandths)),
        Value.Text text => (text.Content, null),
        Value.Date date => (null, Number(date.Day)),
        Value.Moment moment => (null, moment.At.ToUnixTimeMilliseconds()),
        Value.Duration duration => (null, (long)duration.Length.TotalMilliseconds),
        Value.Choice choice => (choice.Id, null),
        Value.File file => (file.Name, null),
        Value.Magnet magnet => (magnet.Id, null),
        Value.Service service => (service.Id, null),
        Value.Specialist specialist => (specialist.Id, null),
        Value.Booking booking => (null, booking.Id.Value),
        _ => throw new UnreachableException(),
    };

    /// <summary>The value that <see cref="Code"/> and <see cref="Columns"/> were made of.</summary>
    public static Value Read(long code, string? text, long number) => code switch
    {
        1 => new Value.Boolean(number != 0),
        2 => new Value.Number(number / TenThousandths),
        3 => new Value.Text(text!),
        4 => new Value.Date(Day(number)),
        5 => new Value.Moment(DateTimeOffset.FromUnixTimeMilliseconds(number)),
        6 => new Value.Duration(TimeSpan.FromMilliseconds(number)),
        7 => new Value.Choice(text!),
        8 => new Value.File(text!),
        9 => new Value.Magnet(text!),
        10 => new Value.Service(text!),
        11 => new Value.Specialist(text!),
        12 => new Value.Booking(new BookingId(number)),
        _ => throw new InvalidDataException($"A value of the unknown kind {code} is stored."),
    };

    /// <summary>A day as a number like 20261231.</summary>
    public static long Number(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;

    /// <summary>The day of a number like 20261231.</summary>
    public static DateOnly Day(long number) => new((int)(number / 10_000), (int)(number / 100 % 100), (int)(number % 100));
}
