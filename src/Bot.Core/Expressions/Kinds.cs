
namespace Bot.Core.Expressions;

/// <summary>The kinds of values in words.</summary>
internal static class Kinds
{
    /// <summary>What a conversation can remember.</summary>
    public static readonly Dictionary<string, ValueKind> OfRemember = new Dictionary<string, ValueKind>
    {
        ["text"] = ValueKind.Text,
        ["number"] = ValueKind.Number,
        ["date"] = ValueKind.Date,
        ["moment"] = ValueKind.Moment,
        ["choice"] = ValueKind.Choice,
        ["service"] = ValueKind.Service,
        ["specialist"] = ValueKind.Specialist,
        ["booking"] = ValueKind.Booking,
    };

    /// <summary>What is remembered under its own name alone, because roots such as <c>booking.start</c> read it there.</summary>
    public static readonly Dictionary<string, ValueKind> OfBooking = new Dictionary<string, ValueKind>
    {
        [GivenValues.Service] = ValueKind.Service,
        [GivenValues.Specialist] = ValueKind.Specialist,
        [GivenValues.Booking] = ValueKind.Booking,
    };

    /// <summary>What a business's own profile field can hold.</summary>
    public static readonly Dictionary<string, ValueKind> OfField = new Dictionary<string, ValueKind>
    {
        ["text"] = ValueKind.Text,
        ["number"] = ValueKind.Number,
        ["date"] = ValueKind.Date,
        ["moment"] = ValueKind.Moment,
        ["boolean"] = ValueKind.Boolean,
    };

    /// <summary>With its article, for a fault.</summary>
    public static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => "a yes-or-no",
        ValueKind.Number => "a number",
        ValueKind.Text => "a text",
        ValueKind.Date => "a date",
        ValueKind.Moment => "a moment",
        ValueKind.Duration => "a length of time",
        ValueKind.Choice => "a choice",
        ValueKind.File => "a file",
        ValueKind.Magnet => "a magnet",
        ValueKind.Service => "a service",
        ValueKind.Specialist => "a specialist",
        ValueKind.Booking => "a booking",
    };
}
