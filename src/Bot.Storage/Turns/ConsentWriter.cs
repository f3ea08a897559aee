using Bot.Core.Ids;
using Bot.Core.Profiles;
using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Turns;

/// <summary>Writes consents: their history, their wordings, and which are in force.</summary>
internal sealed class ConsentWriter(SqliteConnection connection, IdSource ids) : IDisposable
{
    private readonly Statement _insert = new(connection, """
        INSERT INTO consents (id, profile_id, chat_id, purpose, given, wording_hash, source, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);

    private readonly Statement _insertWording = new(connection, """
        INSERT INTO wordings (hash, language, text, label, first_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING
        """);

    private readonly Statement _addInForce = new(connection,
        "INSERT INTO consents_in_force (profile_id, purpose, chat_id) VALUES (?1, ?2, ?3)");

    private readonly Statement _removeInForce = new(connection,
        "DELETE FROM consents_in_force WHERE profile_id = ?1 AND purpose = ?2 AND chat_id = ?3");

    public void WriteInForce(Profile? before, Profile after)
    {
        var old = before?.Consents ?? [];
        if (ReferenceEquals(old, after.Consents))
        {
            return;
        }

        foreach (var consent in after.Consents.Except(old))
        {
            _addInForce.Run(after.Id.Value, consent.Purpose, consent.Chat.Value);
        }

        foreach (var consent in old.Except(after.Consents))
        {
            _removeInForce.Run(after.Id.Value, consent.Purpose, consent.Chat.Value);
        }
    }

    public void Give(ProfileId profile, ChatId chat, Effect.GiveConsent given, DateTimeOffset now)
    {
        var wording = given.Wording;
        _insertWording.Run(wording.Hash, wording.Language, wording.Text, wording.Label, now);
        _insert.Run(ids.Next(), profile.Value, chat.Value, given.Purpose, 1L, wording.Hash, given.Source, now);
    }

    /// <summary>One row for each chat whose consent ends, and one for this chat in any case: a refusal is worth proof too.</summary>
    public void Withdraw(Profile? before, Profile after, ChatId chat, Effect.WithdrawConsent withdrawn, DateTimeOffset now)
    {
        var ended = (before?.Consents ?? [])
            .Except(after.Consents)
            .Where(consent => consent.Purpose == withdrawn.Purpose)
            .Select(consent => consent.Chat)
            .Append(chat)
            .Distinct();
        foreach (var one in ended)
        {
            _insert.Run(ids.Next(), after.Id.Value, one.Value, withdrawn.Purpose, 0L, (string?)null, withdrawn.Source, now);
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _insertWording.Dispose();
        _addInForce.Dispose();
        _removeInForce.Dispose();
    }
}
