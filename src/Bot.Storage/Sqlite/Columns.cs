using Microsoft.Data.Sqlite;

namespace Bot.Storage.Sqlite;

/// <summary>How values of the program stand in columns.</summary>
internal static class Columns
{
    public static long ToColumn(this DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    public static object? ToColumn(this DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    public static long ToColumn(this bool value) => value ? 1 : 0;

    public static DateTimeOffset Moment(this SqliteDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static DateTimeOffset? MomentOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Moment(column);

    public static string? TextOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
