using Bot.Storage.Messages;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage;

/// <summary>Writes single facts: how the program ended, what the bot was last seen at, what a channel calls a file.</summary>
internal sealed class FactWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _setMeta = new(connection,
        "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2");

    private readonly Statement _putFileId = new(connection, """
        INSERT INTO file_ids (channel, bot, kind, sha256, file_id) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET file_id = ?5
        """);

    public void SetMeta(string name, string value) => _setMeta.Run(name, value);

    public void PutFileId(FileId file) => _putFileId.Run(file.Channel, file.Bot, file.Kind.ToString(), file.Sha256, file.Id);

    public void Dispose()
    {
        _setMeta.Dispose();
        _putFileId.Dispose();
    }
}
