using Bot.Core.Profiles;
using Bot.Core.Sequences;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Turns;

/// <summary>Writes customers' ways through sequences: what is new or changed.</summary>
internal sealed class SequenceWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(connection, """
        INSERT INTO sequence_runs (id, profile_id, chat_id, sequence, started_at, step, timer_id, ended, ended_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT DO UPDATE SET step = ?6, timer_id = ?7, ended = ?8, ended_at = ?9
        """);

    public void Write(Profile? before, Profile after)
    {
        if (ReferenceEquals(before?.Sequences, after.Sequences))
        {
            return;
        }

        foreach (var (name, run) in after.Sequences)
        {
            if (before?.Sequences.GetValueOrDefault(name) != run)
            {
                Write(after, run);
            }
        }
    }

    public void Write(Profile profile, SequenceRun run) => _insert.Run(run.Id.Value, profile.Id.Value, run.Chat.Value, run.Sequence,
        run.StartedAt, run.Step, run.Timer?.Value, (long?)run.End, run.EndedAt);

    public void Dispose() => _insert.Dispose();
}
