using System.Collections.Immutable;
using Bot.Core.Messages;
using Bot.Core.Sequences;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Automations;

/// <summary>
/// Counts what came of sequences and automations, beside a running bot: from what they did, so that there is no counter that could be wrong.
/// </summary>
public static class AutomationReader
{
    /// <summary>The numbers by cause: <c>sequence:welcome</c>, <c>automation:birthday</c>, <c>silence:lead-magnet</c>. Those that never did anything are missing.</summary>
    public static ImmutableSortedDictionary<string, AutomationNumbers> Read(StoreOptions options)
    {
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        try
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            var numbers = new SortedDictionary<string, AutomationNumbers>(StringComparer.Ordinal);
            AddRuns(connection, numbers);
            AddAutomations(connection, numbers);
            AddMessages(connection, numbers);
            return numbers.ToImmutableSortedDictionary(StringComparer.Ordinal);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }

    private static void AddRuns(SqliteConnection connection, SortedDictionary<string, AutomationNumbers> numbers)
    {
        foreach (var (cause, entered, running) in connection.Query<(string, long, long)>(
            "SELECT 'sequence:' || sequence, count(*), count(*) FILTER (WHERE ended IS NULL) FROM sequence_runs GROUP BY sequence"))
        {
            numbers[cause] = AutomationNumbers.None with { Entered = entered, Waiting = running };
        }

        foreach (var (cause, ended, count) in connection.Query<(string, long, long)>(
            "SELECT 'sequence:' || sequence, ended, count(*) FROM sequence_runs WHERE ended IS NOT NULL GROUP BY sequence, ended"))
        {
            numbers[cause] = numbers[cause] with { Ended = numbers[cause].Ended.Add((SequenceEnd)ended, count) };
        }
    }

    private static void AddAutomations(SqliteConnection connection, SortedDictionary<string, AutomationNumbers> numbers)
    {
        foreach (var (cause, entered) in connection.Query<(string, long)>(
            "SELECT 'automation:' || automation, sum(count) FROM automation_runs GROUP BY automation"))
        {
            numbers[cause] = AutomationNumbers.None with { Entered = entered };
        }

        foreach (var (cause, waiting) in connection.Query<(string, long)>("""
            SELECT CASE kind WHEN 1 THEN 'automation:' ELSE 'silence:' END || name, count(*) FROM timers WHERE kind IN (1, 2) GROUP BY 1
            """))
        {
            numbers[cause] = numbers.GetValueOrDefault(cause, AutomationNumbers.None) with { Waiting = waiting };
        }
    }

    private static void AddMessages(SqliteConnection connection, SortedDictionary<string, AutomationNumbers> numbers)
    {
        foreach (var (cause, status, reason, count) in connection.Query<(string, long, string?, long)>("""
            SELECT cause, status, CASE status WHEN 3 THEN reason END, count(*) FROM deliveries
            WHERE cause GLOB 'sequence:*' OR cause GLOB 'automation:*' OR cause GLOB 'silence:*'
            GROUP BY 1, 2, 3
            ORDER BY 1, 2, 4 DESC, 3
            """))
        {
            var before = numbers.GetValueOrDefault(cause, AutomationNumbers.None);
            numbers[cause] = before with { Messages = before.Messages.Add(new MessageNumber((DeliveryStatus)status, reason, count)) };
        }
    }
}
