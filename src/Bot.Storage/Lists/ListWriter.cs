using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Core.Lists;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Lists;

/// <summary>Writes which lists staff asked for and sent, and how far they are.</summary>
public sealed class ListWriter : IDisposable
{
    private const string Columns = "id, staff_id, file, sha256, next_row, state, added, changed, same, refused";

    private readonly IdSource _ids;
    private readonly CustomerRecognition _customers;
    private readonly Statement _addExport;
    private readonly Statement _export;
    private readonly Statement _removeExport;
    private readonly Statement _addImport;
    private readonly Statement _import;
    private readonly Statement _begun;
    private readonly Statement _appliedBefore;
    private readonly Statement _setState;
    private readonly Statement _advance;
    private readonly Statement _count;

    internal ListWriter(SqliteConnection connection, IdSource ids)
    {
        _ids = ids;
        _customers = new CustomerRecognition(connection);
        _addExport = new Statement(connection, "INSERT INTO exports (id, condition, at) VALUES (?1, ?2, ?3)");
        _export = new Statement(connection, "SELECT condition FROM exports WHERE id = ?1");
        _removeExport = new Statement(connection, "DELETE FROM exports WHERE id = ?1");
        _addImport = new Statement(connection, $"INSERT INTO imports ({Columns}, at) VALUES (?1, ?2, ?3, ?4, 0, 0, 0, 0, 0, 0, ?5)");
        _import = new Statement(connection, $"SELECT {Columns} FROM imports WHERE id = ?1");
        _begun = new Statement(connection, $"SELECT {Columns} FROM imports WHERE state = 1 ORDER BY id");
        _appliedBefore = new Statement(connection, "SELECT 1 FROM imports WHERE sha256 = ?1 AND id <> ?2 AND state IN (1, 2) LIMIT 1");
        _setState = new Statement(connection, "UPDATE imports SET state = ?3 WHERE id = ?1 AND state = ?2");
        _advance = new Statement(connection, "UPDATE imports SET next_row = max(next_row, ?2) WHERE id = ?1");
        _count = new Statement(connection, """
            UPDATE imports SET added = added + (?2 = 0), changed = changed + (?2 = 1), same = same + (?2 = 2), refused = refused + (?2 = 3) WHERE id = ?1
            """);
    }

    /// <summary>Keeps what was asked for until it is confirmed; answers its id.</summary>
    public long AddExport(string condition, DateTimeOffset now)
    {
        var id = _ids.Next();
        _addExport.Run(id, condition, now);
        return id;
    }

    /// <summary>Takes what was asked for; <see langword="null"/> if it is not there any more.</summary>
    public string? TakeExport(long id)
    {
        string? condition;
        using (var row = _export.Query(id))
        {
            condition = row.Read() ? row.Text(0) : null;
        }

        _removeExport.Run(id);
        return condition;
    }

    /// <summary>Notes a list that staff sent; answers its id.</summary>
    public long AddImport(long by, string file, string sha256, DateTimeOffset now)
    {
        var id = _ids.Next();
        _addImport.Run(id, by, file, sha256, now);
        return id;
    }

    public ListImport? Find(long id)
    {
        using var row = _import.Query(id);
        return row.Read() ? Read(row) : null;
    }

    /// <summary>The lists that are being taken in.</summary>
    public ImmutableArray<ListImport> Begun()
    {
        var imports = ImmutableArray.CreateBuilder<ListImport>();
        using var row = _begun.Query();
        while (row.Read())
        {
            imports.Add(Read(row));
        }

        return imports.DrainToImmutable();
    }

    /// <summary>Whether the same bytes were taken in before, as another list.</summary>
    public bool WasTakenIn(string sha256, long butNot)
    {
        using var row = _appliedBefore.Query(sha256, butNot);
        return row.Read();
    }

    /// <summary>Goes from one state to the next; <see langword="false"/> if it is not in that state.</summary>
    public bool TryMove(long id, ListImportState from, ListImportState to) => _setState.Run(id, (long)from, (long)to) > 0;

    /// <summary>All rows before this one are done.</summary>
    public void Advance(long id, int nextRow) => _advance.Run(id, (long)nextRow);

    /// <summary>One row is done.</summary>
    public void Count(long id, ImportResult result) => _count.Run(id, (long)result);

    /// <summary>The customer whom a row is about, or <see langword="null"/>.</summary>
    /// <param name="isOwn">A program says it, not staff: then what somebody merely typed means nobody.</param>
    public ProfileId? Recognise(ListRow row, bool isOwn = false) => isOwn ? _customers.FindOwn(row) : _customers.Find(row);

    public void Dispose()
    {
        _customers.Dispose();
        foreach (var statement in (ReadOnlySpan<Statement>)[
            _addExport, _export, _removeExport, _addImport, _import, _begun, _appliedBefore, _setState, _advance, _count])
        {
            statement.Dispose();
        }
    }

    private static ListImport Read(Rows row) => new(row.Number(0), row.Number(1), row.Text(2), row.Text(3), (int)row.Number(4),
        (ListImportState)row.Number(5), row.Number(6), row.Number(7), row.Number(8), row.Number(9));
}
