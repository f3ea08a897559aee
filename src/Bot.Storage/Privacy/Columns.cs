using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bot.Core.Bookings;
using Bot.Core.Broadcasts;
using Bot.Core.Cases;
using Bot.Core.Expressions;
using Bot.Core.Loyalty;
using Bot.Core.Messages;
using Bot.Core.Sequences;
using Bot.Core.Timers;
using Bot.Core.Turns;
using Bot.Storage.Sqlite;

namespace Bot.Storage.Privacy;

/// <summary>How a column is shown to people. What is text in the database is shown as it is.</summary>
internal enum ColumnForm
{
    /// <summary>Nothing is known of it; a test sees to it that no number is.</summary>
    Plain,

    /// <summary>A count.</summary>
    Number,

    /// <summary>An id: a text, for it does not fit into many programs' numbers.</summary>
    Id,

    /// <summary>A moment: ISO 8601, UTC.</summary>
    Moment,

    Boolean,

    /// <summary>Hundredths of the currency.</summary>
    Amount,

    /// <summary>Ten-thousandths: of a percent, of a point of a scale.</summary>
    Fraction,

    /// <summary>One of a closed set.</summary>
    Code,

    /// <summary>A value whose kind stands in the column <c>kind</c>.</summary>
    Value,

    /// <summary>A document of our own.</summary>
    Json,

    /// <summary>A secret, or a copy of what stands beside it.</summary>
    Hidden,
}

/// <summary>How the columns of personal tables are shown. One name means the same in all tables, but for codes.</summary>
internal static class Columns
{
    public static ColumnForm FormOf(string table, string column) => (table, column) switch
    {
        (_, "count" or "attempts" or "points" or "remaining" or "owed" or "balance" or "short" or "revision" or "cell" or "variant" or "arm" or "changed") => ColumnForm.Number,
        (_, "id" or "bot" or "address" or "last_press_message" or "subject" or "origin" or "talk_timer" or "reply_to" or "sent_to" or "moved" or "merged_into") => ColumnForm.Id,
        (_, "at" or "until" or "paused_until" or "valid_until" or "talking_since" or "not_before" or "not_after") => ColumnForm.Moment,
        (_, "has_keyboard" or "given" or "maybe_sent" or "used" or "expired" or "marketing" or "warned" or "edits" or "to_edit") => ColumnForm.Boolean,
        (_, "amount" or "price" or "refunded") => ColumnForm.Amount,
        (_, "percent" or "score") => ColumnForm.Fraction,
        (_, "kind" or "status" or "ended" or "waits") or ("outbox" or "bookings" or "recipients", "state") or ("cases", "done") => ColumnForm.Code,
        (_, "number") => ColumnForm.Value,
        (_, "content" or "body" or "input") => ColumnForm.Json,
        (_, "folded" or "secret_hash") => ColumnForm.Hidden,
        _ when column.EndsWith("_id", StringComparison.Ordinal) => ColumnForm.Id,
        _ when column.EndsWith("_at", StringComparison.Ordinal) => ColumnForm.Moment,
        _ => ColumnForm.Plain,
    };

    /// <summary>Writes a number of a column.</summary>
    /// <param name="kind">What stands in the row's column <c>kind</c>.</param>
    public static void Write(Utf8JsonWriter json, ColumnForm form, string table, string column, long kind, long number)
    {
        switch (form)
        {
            case ColumnForm.Plain or ColumnForm.Number:
                json.WriteNumberValue(number);
                break;
            case ColumnForm.Id:
                json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case ColumnForm.Moment:
                json.WriteStringValue(ValueJson.Moment(DateTimeOffset.FromUnixTimeMilliseconds(number)));
                break;
            case ColumnForm.Boolean:
                json.WriteBooleanValue(number != 0);
                break;
            case ColumnForm.Amount:
                json.WriteNumberValue(number / 100m);
                break;
            case ColumnForm.Fraction:
                json.WriteNumberValue(number / 10_000m);
                break;
            case ColumnForm.Code:
                json.WriteStringValue(NameOf(table, column, number));
                break;
            case ColumnForm.Value:
                ValueJson.Write(json, StoredValues.Read(kind, null, number));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static string NameOf(string table, string column, long number) => (table, column) switch
    {
        ("outbox" or "deliveries", "kind") => Name((MessageKind)number),
        ("deliveries", "status") => Name((DeliveryStatus)number),
        ("recipients", "state") => Name((RecipientState)number),
        ("bookings", "state") => ((BookingState)number).Name(),
        ("outbox", "state") => number == 0 ? "waiting" : "sending",
        ("conversations", "ended") => Name((ConversationEnd)number),
        ("sequence_runs", "ended") => Name((SequenceEnd)number),
        ("cases", "done") => Name((CaseMark)number),
        ("timers", "waits") => Name((WaitReason)number),
        ("timers", "kind") => number switch { 0 => "sequence", 1 => "automation", 2 => "silence", 3 => "timeout", 5 => "talk", 7 => "points", 9 => "case", 11 => "erasure", _ => number.ToString(CultureInfo.InvariantCulture) },
        ("points_ledger", "kind") => Name((EntryKind)number),
        ("profile_fields" or "event_numbers" or "event_texts", "kind") => StoredValues.Name(StoredValues.Kind(number)),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    private static string Name(Enum value) => value.ToString().ToLowerInvariant();
}
