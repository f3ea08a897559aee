namespace Bot.Storage.Sqlite;

/// <summary>One value on its way into a statement: a whole number, a text, bytes or nothing. No boxing, no array.</summary>
internal readonly struct Cell
{
    private Cell(long number, object? content, bool isNull) => (Number, Content, IsNull) = (number, content, isNull);

    public long Number { get; }

    public object? Content { get; }

    public bool IsNull { get; }

    public static implicit operator Cell(long number) => new(number, null, isNull: false);

    public static implicit operator Cell(long? number) => new(number ?? 0, null, isNull: number is null);

    public static implicit operator Cell(bool value) => new(value ? 1 : 0, null, isNull: false);

    public static implicit operator Cell(string? text) => new(0, text, isNull: text is null);

    public static implicit operator Cell(byte[]? bytes) => new(0, bytes, isNull: bytes is null);

    public static implicit operator Cell(DateTimeOffset moment) => new(moment.ToUnixTimeMilliseconds(), null, isNull: false);

    public static implicit operator Cell(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();
}
