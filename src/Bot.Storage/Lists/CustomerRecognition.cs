using System.Diagnostics;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Lists;
using Bot.Core.Profiles;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Lists;

/// <summary>Tells which customer a row of a list, or another program, is about.</summary>
internal sealed class CustomerRecognition(SqliteConnection connection) : IDisposable
{
    private const string NeverCame = "NOT EXISTS (SELECT 1 FROM chats c WHERE c.profile_id = f.profile_id AND c.channel <> 'staff')";

    private readonly Statement _byId = new(connection, "SELECT coalesce(merged_into, id) FROM profiles WHERE id = ?1 AND erased_at IS NULL");

    // Of two with one phone, whose it is for certain, then who was first.
    private readonly Statement _byPhone = new(connection, """
        SELECT f.profile_id FROM profile_fields f
        LEFT JOIN profile_fields v ON v.profile_id = f.profile_id AND v.name = 'phone-verified'
        WHERE f.name = 'phone' AND substr(f.text, -10) = substr(?1, -10) AND f.text = ?1
        ORDER BY coalesce(v.number, 0) DESC, f.profile_id LIMIT 1
        """);

    private readonly Statement _byEmail = new(connection,
        "SELECT profile_id FROM profile_fields WHERE name = 'email' AND folded = ?1 ORDER BY profile_id LIMIT 1");

    // Of what somebody merely typed nobody else's data may come to them.
    private readonly Statement _byOwnPhone = new(connection, $"""
        SELECT f.profile_id FROM profile_fields f
        LEFT JOIN profile_fields v ON v.profile_id = f.profile_id AND v.name = 'phone-verified'
        WHERE f.name = 'phone' AND substr(f.text, -10) = substr(?1, -10) AND f.text = ?1 AND (coalesce(v.number, 0) = 1 OR {NeverCame})
        ORDER BY coalesce(v.number, 0) DESC, f.profile_id LIMIT 1
        """);

    private readonly Statement _byOwnEmail = new(connection,
        $"SELECT f.profile_id FROM profile_fields f WHERE f.name = 'email' AND f.folded = ?1 AND {NeverCame} ORDER BY f.profile_id LIMIT 1");

    private readonly Statement _byCard = new(connection,
        "SELECT coalesce(p.merged_into, p.id) FROM cards c JOIN profiles p ON p.id = c.profile_id WHERE c.code = ?1");

    /// <summary>
    /// Whom a mark means; <see langword="null"/> if it means nobody. A phone means whoever the channel vouches for, or whom the business brought in and who never
    /// came; an email only the latter, for nothing vouches for it.
    /// </summary>
    public ProfileId? Find(CustomerMark mark) => mark switch
    {
        CustomerMark.ById id => First(_byId, id.Profile.Value),
        CustomerMark.ByPhone phone => First(_byOwnPhone, phone.Phone),
        CustomerMark.ByEmail email => First(_byOwnEmail, Folding.Fold(email.Email)),
        CustomerMark.ByCard card => First(_byCard, card.Code),
        _ => throw new UnreachableException(),
    };

    /// <summary>Whom a program means that says this of a customer: by the phone if there is one, else by the email.</summary>
    public ProfileId? FindOwn(ListRow row) => row.Phone is { } phone ? First(_byOwnPhone, phone)
        : row.Email is { } email ? First(_byOwnEmail, Folding.Fold(email))
        : null;

    /// <summary>By its id, else its phone, else its email; <see langword="null"/> if nobody is known by any of them.</summary>
    public ProfileId? Find(ListRow row) =>
        (row.Customer is { } id ? First(_byId, id.Value) : null)
        ?? (row.Phone is { } phone ? First(_byPhone, phone) : null)
        ?? (row.Email is { } email ? First(_byEmail, Folding.Fold(email)) : null);

    public void Dispose()
    {
        _byId.Dispose();
        _byPhone.Dispose();
        _byEmail.Dispose();
        _byCard.Dispose();
        _byOwnPhone.Dispose();
        _byOwnEmail.Dispose();
    }

    private static ProfileId? First(Statement statement, Cell value)
    {
        using var row = statement.Query(value);
        return row.Read() ? new ProfileId(row.Number(0)) : null;
    }
}
