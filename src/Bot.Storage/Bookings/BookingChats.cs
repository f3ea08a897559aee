using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Bookings;

/// <summary>Where customers are reached about their visits, as of the writer's transaction.</summary>
public sealed class BookingChats : IDisposable
{
    private readonly Statement _chat;

    internal BookingChats(SqliteConnection connection) => _chat = new Statement(connection,
        "SELECT c.channel, c.bot, c.address FROM bookings b JOIN chats c ON c.id = b.chat_id WHERE b.id = ?1 AND c.channel <> 'erased'");

    /// <summary>The chat of a visit, or <see langword="null"/> if there is no such visit.</summary>
    public ChatAddress? ChatOf(BookingId booking)
    {
        using var row = _chat.Query(booking.Value);
        return row.Read() ? new ChatAddress(row.Text(0), row.Number(1), row.Number(2)) : null;
    }

    public void Dispose() => _chat.Dispose();
}
