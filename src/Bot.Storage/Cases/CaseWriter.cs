using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Profiles;
using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Cases;

/// <summary>Writes cases, and finds whose a case is.</summary>
public sealed class CaseWriter : IDisposable
{
    private readonly IdSource _ids;
    private readonly Statement _open;
    private readonly Statement _score;
    private readonly Statement _say;
    private readonly Statement _mark;
    private readonly Statement _chat;

    internal CaseWriter(SqliteConnection connection, IdSource ids)
    {
        _ids = ids;
        _open = new Statement(connection,
            "INSERT INTO cases (id, profile_id, chat_id, kind, score, opened_at, due_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        _score = new Statement(connection, "UPDATE cases SET score = ?2 WHERE id = ?1");
        _say = new Statement(connection, "INSERT INTO case_words (id, case_id, text, at) VALUES (?1, ?2, ?3, ?4)");
        _mark = new Statement(connection, """
            UPDATE cases SET done = ?2, done_at = ?3, due_at = coalesce(?4, due_at), solved_at = iif(?4 IS NULL, ?3, NULL)
            WHERE id = ?1 AND solved_at IS NULL
            """);
        _chat = new Statement(connection,
            "SELECT h.channel, h.bot, h.address FROM cases c JOIN chats h ON h.id = c.chat_id WHERE c.id = ?1");
    }

    /// <summary>The chat that a case is about, or <see langword="null"/> if there is no such case.</summary>
    public ChatAddress? ChatOf(CaseId id)
    {
        using var row = _chat.Query(id.Value);
        return row.Read() ? new ChatAddress(row.Text(0), row.Number(1), row.Number(2)) : null;
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_open, _score, _say, _mark, _chat])
        {
            statement.Dispose();
        }
    }

    internal void Open(Profile profile, Chat chat, Effect.OpenCase opened)
    {
        var (id, kind, openedAt, due, score) = opened.Case;
        _open.Run(id.Value, profile.Id.Value, chat.Id.Value, kind, Stored(score), openedAt, due);
        Say(id, opened.Words, openedAt);
    }

    internal void Add(Effect.AddToCase added, DateTimeOffset now)
    {
        if (added.Score is not null)
        {
            _score.Run(added.Case.Value, Stored(added.Score));
        }

        Say(added.Case, added.Words, now);
    }

    internal void Mark(Effect.MarkCase marked, DateTimeOffset now) => _mark.Run(marked.Case.Value, (long)marked.Mark, now, marked.Due);

    private static long? Stored(decimal? score) => score is { } number ? StoredValues.Columns(new Core.Expressions.Value.Number(number)).Number : null;

    private void Say(CaseId id, string? words, DateTimeOffset now)
    {
        if (words is not null)
        {
            _say.Run(_ids.Next(), id.Value, words, now);
        }
    }
}
