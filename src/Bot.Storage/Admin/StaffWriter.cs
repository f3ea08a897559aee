using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Staff;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Admin;

/// <summary>Who is staff, where they talk, and what they did; read in the writer's transaction, so that a right that was taken is gone at once.</summary>
public sealed class StaffWriter : IDisposable
{
    /// <summary>The claimed chat as <c>bot:address</c>.</summary>
    internal const string SelectChat = "SELECT value FROM meta WHERE name = 'admin.chat'";

    /// <summary>The chat in which a profile, or the one that it became a part of, is best reached.</summary>
    internal const string SelectBestChat = """
        SELECT channel, bot, address FROM chats WHERE profile_id = (SELECT coalesce(merged_into, id) FROM profiles WHERE id = ?1) AND channel <> 'erased'
        ORDER BY blocked_at IS NULL DESC, channel = 'staff', id DESC LIMIT 1
        """;

    private readonly IdSource _ids;
    private readonly Statement _chat;
    private readonly Statement _setChat;
    private readonly Statement _list;
    private readonly Statement _put;
    private readonly Statement _remove;
    private readonly Statement _audit;
    private readonly Statement _latestChat;
    private readonly Statement _audited;

    // Asked for with every message of a customer; forgotten when it is changed or taken back.
    private ChatAddress? _known;
    private bool _isKnown;

    internal StaffWriter(SqliteConnection connection, IdSource ids)
    {
        _ids = ids;
        _chat = new Statement(connection, SelectChat);
        _setChat = new Statement(connection, "INSERT INTO meta (name, value) VALUES ('admin.chat', ?1) ON CONFLICT DO UPDATE SET value = ?1");
        _list = new Statement(connection, "SELECT user_id, role FROM staff ORDER BY role, added_at, user_id");
        _put = new Statement(connection,
            "INSERT INTO staff (user_id, role, added_at) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET role = min(role, ?2)");
        _remove = new Statement(connection, "DELETE FROM staff WHERE user_id = ?1");
        _audit = new Statement(connection, "INSERT INTO staff_audit (id, user_id, what, subject, at) VALUES (?1, ?2, ?3, ?4, ?5)");
        _audited = new Statement(connection, """
            SELECT at FROM staff_audit WHERE what = ?1 AND at > ?2 AND (?3 IS NULL OR user_id = ?3) ORDER BY at DESC LIMIT 1 OFFSET ?4
            """);
        _latestChat = new Statement(connection, SelectBestChat);
    }

    /// <summary>The admin chat, or <see langword="null"/> while none is claimed.</summary>
    public ChatAddress? Chat
    {
        get
        {
            if (!_isKnown)
            {
                (_known, _isKnown) = (ReadChat(_chat), true);
            }

            return _known;
        }
    }

    /// <summary>Who is staff, owners first.</summary>
    public ImmutableArray<StaffMember> List()
    {
        var list = ImmutableArray.CreateBuilder<StaffMember>();
        using var row = _list.Query();
        while (row.Read())
        {
            list.Add(new StaffMember(row.Number(0), (StaffRole)row.Number(1)));
        }

        return list.DrainToImmutable();
    }

    /// <summary>Makes a chat in Telegram the admin chat.</summary>
    public void SetChat(ChatAddress chat)
    {
        _setChat.Run(string.Create(CultureInfo.InvariantCulture, $"{chat.Bot}:{chat.Address}"));
        Forget();
    }

    /// <summary>Gives a role; nobody is made less by it.</summary>
    public void Put(StaffMember member, DateTimeOffset now) => _put.Run(member.User, (long)member.Role, now);

    public void Remove(long user) => _remove.Run(user);

    /// <summary>Writes down who did what.</summary>
    /// <param name="what">The command's own name.</param>
    /// <param name="subject">Whom or what it was done to.</param>
    public void Audit(long user, string what, long? subject, DateTimeOffset now) => _audit.Run(_ids.Next(), user, what, subject, now);

    /// <summary>When the earliest of the latest so many acts of a kind was, if there were so many since a moment.</summary>
    /// <param name="user">Whose; <see langword="null"/> for everybody's.</param>
    public DateTimeOffset? EarliestOf(int latest, string what, long? user, DateTimeOffset since)
    {
        using var row = _audited.Query(what, since, user, (long)latest - 1);
        return row.Read() ? row.Moment(0) : null;
    }

    /// <summary>The chat in which a profile, or the one that it became a part of, is best reached.</summary>
    public ChatAddress? ChatOf(ProfileId profile)
    {
        using var row = _latestChat.Query(profile.Value);
        return row.Read() ? new ChatAddress(row.Text(0), row.Number(1), row.Number(2)) : null;
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_chat, _setChat, _list, _put, _remove, _audit, _latestChat, _audited])
        {
            statement.Dispose();
        }
    }

    internal static ChatAddress? ReadChat(Statement chat)
    {
        using var row = chat.Query();
        return row.Read() && row.Text(0).Split(':') is [var bot, var address]
            ? new ChatAddress(ChatAddress.Telegram, long.Parse(bot, CultureInfo.InvariantCulture), long.Parse(address, CultureInfo.InvariantCulture))
            : null;
    }

    internal void Forget() => _isKnown = false;
}
