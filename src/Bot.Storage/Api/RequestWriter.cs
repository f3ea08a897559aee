using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Api;

/// <summary>Writes what was decided on requests, in the transaction that decides it.</summary>
internal sealed class RequestWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _add = new(connection, "INSERT INTO requests (key, fingerprint, result, subject, at) VALUES (?1, ?2, ?3, ?4, ?5)");

    public void Add(Effect.Respond respond, DateTimeOffset now) =>
        _add.Run(respond.Request.Key, respond.Request.Fingerprint, (long)respond.Result, respond.Subject, now);

    public void Dispose() => _add.Dispose();
}
