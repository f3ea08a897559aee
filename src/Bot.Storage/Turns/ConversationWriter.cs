using System.Collections.Immutable;
using Bot.Core.Conversations;
using Bot.Core.Ids;
using Bot.Core.Turns;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Turns;

/// <summary>Writes the conversation in front of a chat, and how those before it ended.</summary>
internal sealed class ConversationWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(connection, """
        INSERT INTO conversations (id, chat_id, dialog, state, started_at, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """);

    private readonly Statement _update = new(connection,
        "UPDATE conversations SET dialog = ?2, state = ?3, content = ?4 WHERE id = ?1 AND ended_at IS NULL");

    private readonly Statement _end = new(connection, """
        UPDATE conversations SET dialog = ?2, state = ?3, ended_at = ?4, ended = ?5, content = NULL WHERE id = ?1
        """);

    private readonly Statement _insertEnded = new(connection, """
        INSERT INTO conversations (id, chat_id, dialog, state, started_at, ended_at, ended) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)
        """);

    public void Write(ChatId chat, Conversation? before, Conversation? after, ImmutableArray<Effect> effects, DateTimeOffset now)
    {
        // The ends come first: only one conversation of a chat may be in front.
        var isBeforeOver = before is null || before.Id == after?.Id;
        foreach (var effect in effects)
        {
            if (effect is Effect.CloseConversation closed)
            {
                End(chat, closed, isStored: closed.Conversation == before?.Id, now);
                isBeforeOver |= closed.Conversation == before?.Id;
            }
        }

        if (!isBeforeOver)
        {
            throw new InvalidOperationException($"Conversation {before!.Id.Value} left the front of its chat without being closed.");
        }

        if (after is not null && !ReferenceEquals(before, after))
        {
            Put(chat, after, isStored: after.Id == before?.Id);
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
        _end.Dispose();
        _insertEnded.Dispose();
    }

    private void End(ChatId chat, Effect.CloseConversation closed, bool isStored, DateTimeOffset now)
    {
        if (isStored)
        {
            _end.Run(closed.Conversation.Value, closed.Dialog, closed.State, now, (long)closed.End);
        }
        else
        {
            // It began and ended within this turn.
            _insertEnded.Run(closed.Conversation.Value, chat.Value, closed.Dialog, closed.State, now, (long)closed.End);
        }
    }

    private void Put(ChatId chat, Conversation conversation, bool isStored)
    {
        var (dialog, state, content) = (conversation.Frames[0].Dialog, conversation.Top.State, StoredJson.Write(conversation));
        if (isStored)
        {
            _update.Run(conversation.Id.Value, dialog, state, content);
        }
        else
        {
            _insert.Run(conversation.Id.Value, chat.Value, dialog, state, conversation.StartedAt, content);
        }
    }
}
