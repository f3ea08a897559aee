using Bot.Core.Ids;
using Bot.Core.Turns;

namespace Bot.Core.Expressions;

/// <summary>What a value is. The names are those that <c>remember:</c> and <c>fields:</c> use in content files, in lower case.</summary>
public enum ValueKind
{
    Boolean,
    Number,
    Text,
    Date,
    Moment,
    Duration,

    /// <summary>The id of one of the options of a <c>choice</c> question.</summary>
    Choice,

    /// <summary>The name of a file in <c>dialogs/files</c>.</summary>
    File,

    /// <summary>The id of a magnet in <c>settings.yaml</c>.</summary>
    Magnet,

    /// <summary>The id of a service in <c>services.yaml</c>.</summary>
    Service,

    /// <summary>The id of a specialist there.</summary>
    Specialist,

    /// <summary>One visit.</summary>
    Booking,
}

/// <summary>A value of an expression, a profile field or a conversation's memory. A missing value is <see langword="null"/>.</summary>
public abstract record Value : Fact
{
    private Value()
    {
    }

    /// <summary>Which of the kinds this value is of.</summary>
    public abstract ValueKind Kind { get; }

    public sealed record Boolean(bool Is) : Value
    {
        public override ValueKind Kind => ValueKind.Boolean;
    }

    /// <summary>A number with at most four decimals, so that the database can hold it as a whole number of ten-thousandths.</summary>
    public sealed record Number(decimal Amount) : Value
    {
        public override ValueKind Kind => ValueKind.Number;
    }

    public sealed record Text(string Content) : Value
    {
        public override ValueKind Kind => ValueKind.Text;
    }

    public sealed record Date(DateOnly Day) : Value
    {
        public override ValueKind Kind => ValueKind.Date;
    }

    public sealed record Moment(DateTimeOffset At) : Value
    {
        public override ValueKind Kind => ValueKind.Moment;
    }

    public sealed record Duration(TimeSpan Length) : Value
    {
        public override ValueKind Kind => ValueKind.Duration;
    }

    public sealed record Choice(string Id) : Value
    {
        public override ValueKind Kind => ValueKind.Choice;
    }

    /// <param name="Content">A text that was made for this customer, or <see langword="null"/> for a file of the content. As a document it is the text
    /// itself, as a picture its QR code.</param>
    public sealed record File(string Name, string? Content = null) : Value
    {
        public override ValueKind Kind => ValueKind.File;
    }

    public sealed record Magnet(string Id) : Value
    {
        public override ValueKind Kind => ValueKind.Magnet;
    }

    public sealed record Service(string Id) : Value
    {
        public override ValueKind Kind => ValueKind.Service;
    }

    public sealed record Specialist(string Id) : Value
    {
        public override ValueKind Kind => ValueKind.Specialist;
    }

    public sealed record Booking(BookingId Id) : Value
    {
        public override ValueKind Kind => ValueKind.Booking;
    }
}
