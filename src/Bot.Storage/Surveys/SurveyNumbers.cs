using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Surveys;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Surveys;

/// <summary>A score and when it was given.</summary>
/// <param name="Visit">What it was given for, if that was booked with the bot.</param>
public readonly record struct NpsAnswer(DateTimeOffset At, decimal Score, ScoredVisit? Visit);

/// <summary>The visit of a score, in the ids of the content and in the words of then.</summary>
public sealed record ScoredVisit(string Service, string Title, string Specialist, string Name);

/// <summary>What customers answered to surveys, counted beside a running bot from the events that dialogs recorded.</summary>
public static class SurveyNumbers
{
    /// <summary>The event stands in it as a word, so that its own index serves.</summary>
    internal const string SelectScores = """
        SELECT e.at, n.number AS score, b.service, b.title, b.specialist, b.name
        FROM events e JOIN event_numbers n ON n.event_id = e.id AND n.name = @name AND n.kind = @kind
        LEFT JOIN event_numbers v ON v.event_id = e.id AND v.name = @visit AND v.kind = @visitKind
        LEFT JOIN bookings b ON b.id = v.number
        WHERE e.event = 'nps.scored' AND e.at >= @from AND e.at < @until ORDER BY e.at, e.id
        """;

    private const decimal TenThousandths = 10_000m;
    private const string ScoreName = Core.Surveys.Nps.Score;

    /// <summary>The scores from a moment on and before another one, in order.</summary>
    public static ImmutableArray<NpsAnswer> Scores(StoreOptions options, DateTimeOffset from, DateTimeOffset until) => Read(options, connection => connection
        .Query<(long At, long Score, string? Service, string Title, string Specialist, string Name)>(SelectScores, new
        {
            name = ScoreName,
            kind = StoredValues.Code(ValueKind.Number),
            visit = Core.Surveys.Nps.Visit,
            visitKind = StoredValues.Code(ValueKind.Booking),
            from = Moment(from),
            until = Moment(until),
        })
        .Select(row => new NpsAnswer(DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Score / TenThousandths,
            row.Service is { } service ? new ScoredVisit(service, row.Title, row.Specialist, row.Name) : null))
        .ToImmutableArray());

    /// <summary>The score of all of them.</summary>
    public static Nps Nps(StoreOptions options, DateTimeOffset from, DateTimeOffset until) =>
        Core.Surveys.Nps.Of(Scores(options, from, until).Select(answer => answer.Score));

    /// <summary>How often each number was answered, the lowest first.</summary>
    public static ImmutableArray<(decimal Number, long Count)> Numbers(StoreOptions options, string @event, string name, DateTimeOffset from) =>
        Read(options, connection => connection
            .Query<(long Number, long Count)>("""
                SELECT n.number, count(*) FROM events e JOIN event_numbers n ON n.event_id = e.id AND n.name = @name AND n.kind = @kind
                WHERE e.event = @event AND e.at >= @from GROUP BY n.number ORDER BY n.number
                """, new { @event, name, kind = StoredValues.Code(ValueKind.Number), from = Moment(from) })
            .Select(row => (row.Number / TenThousandths, row.Count)).ToImmutableArray());

    /// <summary>How often each option of a choice was answered.</summary>
    public static ImmutableDictionary<string, long> Choices(StoreOptions options, string @event, string name, DateTimeOffset from) =>
        Read(options, connection => connection
            .Query<(string Id, long Count)>($"SELECT t.text, count(*) {Texts} GROUP BY t.text",
                new { @event, name, kind = StoredValues.Code(ValueKind.Choice), from = Moment(from) })
            .ToImmutableDictionary(row => row.Id, row => row.Count));

    /// <summary>The latest open answers.</summary>
    public static ImmutableArray<string> Words(StoreOptions options, string @event, string name, DateTimeOffset from, int limit) =>
        Read(options, connection => connection
            .Query<string>($"SELECT t.text {Texts} ORDER BY e.at DESC, e.id DESC LIMIT @limit",
                new { @event, name, kind = StoredValues.Code(ValueKind.Text), from = Moment(from), limit })
            .ToImmutableArray());

    private const string Texts = """
        FROM events e JOIN event_texts t ON t.event_id = e.id AND t.name = @name AND t.kind = @kind WHERE e.event = @event AND e.at >= @from
        """;

    private static long Moment(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static T Read<T>(StoreOptions options, Func<SqliteConnection, T> read)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        try
        {
            return read(connection);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }
}
