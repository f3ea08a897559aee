using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Privacy;

/// <summary>Everything that is kept about one person as a JSON text: an object with an array for each table.</summary>
internal static class Export
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(SqliteConnection connection, ProfileId profile, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("exported_at", ValueJson.Moment(now));
            foreach (var table in PersonalTables.All)
            {
                json.WriteStartArray(table.Name);
                WriteRows(json, connection, table, profile);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteRows(Utf8JsonWriter json, SqliteConnection connection, PersonalTable table, ProfileId profile)
    {
        // Prepared each time: it is too rare to be kept.
        using var statement = new Statement(connection, table.Rows);
        using var row = statement.Query(profile.Value);
        while (row.Read())
        {
            json.WriteStartObject();
            long kind = 0;
            for (var column = 0; column < row.Columns; column++)
            {
                var name = row.Name(column);
                kind = name == "kind" && row.IsNumber(column) ? row.Number(column) : kind;
                Write(json, row, column, table.Name, name, kind);
            }

            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, Rows row, int column, string table, string name, long kind)
    {
        var form = Columns.FormOf(table, name);
        if (form == ColumnForm.Hidden || row.IsNull(column))
        {
            return;
        }

        json.WritePropertyName(name);
        if (form == ColumnForm.Json)
        {
            StoredDocument.Write(json, row.Bytes(column));
        }
        else if (row.IsNumber(column))
        {
            Columns.Write(json, form, table, name, kind, row.Number(column));
        }
        else
        {
            json.WriteStringValue(row.Text(column));
        }
    }
}
