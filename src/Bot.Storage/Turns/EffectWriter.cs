using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Turns;

/// <summary>Writes what turns add that no customer wrote: skipped messages, purchases, codes, notes.</summary>
internal sealed class EffectWriter(SqliteConnection connection, IdSource ids) : IDisposable
{
    private readonly Statement _skip = new(connection, """
        INSERT INTO deliveries (id, profile_id, chat_id, kind, cause, template, status, reason, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """);

    private readonly Statement _noteAutomation = new(connection, """
        INSERT INTO automation_runs (automation, profile_id, at, count) VALUES (?1, ?2, ?3, 1)
        ON CONFLICT DO UPDATE SET at = ?3, count = count + 1
        """);

    private readonly Statement _issueCode = new(connection, """
        INSERT INTO codes (code, profile_id, percent, amount, cause, issued_at, valid_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """);

    private readonly Statement _addPurchase = new(connection, "INSERT INTO purchases (id, profile_id, amount, at) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement _addNote = new(connection,
        "INSERT INTO profile_notes (id, profile_id, staff_id, text, at) VALUES (?1, ?2, ?3, ?4, ?5)");

    public void Skip(Profile profile, Chat chat, Effect.Skip skip, DateTimeOffset now) => _skip.Run(ids.Next(), profile.Id.Value, chat.Id.Value,
        (long)skip.Kind, skip.Cause, skip.Template, (long)DeliveryStatus.Skipped, skip.Reason.ToString(), now);

    public void NoteAutomation(Profile profile, string automation, DateTimeOffset now) => _noteAutomation.Run(automation, profile.Id.Value, now);

    public void IssueCode(Profile profile, Effect.IssueCode code, DateTimeOffset now) => _issueCode.Run(code.Code, profile.Id.Value,
        (long?)(code.Percent * 10_000), Hundredths(code.Amount), code.Cause, now, code.ValidUntil);

    public void AddPurchase(Profile profile, Effect.AddPurchase added, DateTimeOffset now) =>
        _addPurchase.Run(added.Purchase.Id, profile.Id.Value, Hundredths(added.Purchase.Amount), now);

    public void AddNote(Profile profile, Effect.AddNote note, DateTimeOffset now) =>
        _addNote.Run(ids.Next(), profile.Id.Value, note.By, note.Text, now);

    public void Dispose()
    {
        _skip.Dispose();
        _noteAutomation.Dispose();
        _issueCode.Dispose();
        _addPurchase.Dispose();
        _addNote.Dispose();
    }

    private static long? Hundredths(decimal? amount) => (long?)(amount * 100);
}
