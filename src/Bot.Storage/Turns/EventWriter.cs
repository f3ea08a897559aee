using Bot.Core.Ids;
using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Turns;

/// <summary>Writes events: numbers beside them for good, texts where they can be cleared.</summary>
internal sealed class EventWriter(SqliteConnection connection, IdSource ids) : IDisposable
{
    private readonly Statement _insert = new(connection, "INSERT INTO events (id, profile_id, event, at) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement _insertNumber = new(connection,
        "INSERT INTO event_numbers (event_id, name, kind, number) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement _insertText = new(connection,
        "INSERT INTO event_texts (event_id, name, kind, text) VALUES (?1, ?2, ?3, ?4)");

    public void Write(ProfileId profile, Effect.Record record, DateTimeOffset now)
    {
        var id = ids.Next();
        _insert.Run(id, profile.Value, record.Event, now);
        foreach (var (name, value) in record.With)
        {
            var (text, number) = StoredValues.Columns(value);
            var kind = StoredValues.Code(value.Kind);
            if (text is null)
            {
                _insertNumber.Run(id, name, kind, number);
            }
            else
            {
                _insertText.Run(id, name, kind, text);
            }
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _insertNumber.Dispose();
        _insertText.Dispose();
    }
}
