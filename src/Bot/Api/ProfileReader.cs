using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Bot.Admin;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Lists;
using Bot.Core.Profiles;
using Bot.Lists;

namespace Bot.Api;

/// <summary>Reads what a program says of one customer, by the rules and in the words of lists.</summary>
internal sealed class ProfileReader(Content content, DateTimeOffset now)
{
    private static readonly ImmutableArray<string> Personal =
        [ProfileFields.Phone, ProfileFields.Email, ProfileFields.Name, ProfileFields.Birthday, ProfileFields.City];

    private readonly ListValues _values = new(content, now);
    private readonly AdminTexts _texts = new(content, now);

    public (ListRow? Row, string? Source, Problem? Fault) Read(JsonElement json)
    {
        var fields = new Fields(json, [.. Personal, "fields", "tags", "note", "source"]);
        var values = ImmutableDictionary<string, Value>.Empty;
        foreach (var name in Personal)
        {
            if (fields.Text(name) is { } text)
            {
                values = Put(values, fields, name, new ListColumn(ListColumnKind.Field, name, ProfileFields.BuiltIn[name]), text);
            }
        }

        if (fields.Map("fields") is { } own)
        {
            foreach (var name in own.Names.Where(own.Has))
            {
                values = Own(values, own, name);
            }
        }

        var tags = ListValues.Tags(fields.Texts("tags"));
        if (tags is null)
        {
            fields.Wrong("tags", Words(ListFaultKind.Tag, string.Join(", ", fields.Texts("tags"))));
        }

        var row = new ListRow(0, null, values, tags ?? [], Note(fields));
        var source = fields.Text("source");
        if (source is not null && !ListValues.IsSource(source))
        {
            fields.Wrong("source", "A source has 1 to 32 of the characters A-Z a-z 0-9 _ -.");
        }

        if (row is { Phone: null, Email: null })
        {
            fields.Wrong("phone", "Send a phone or an email: by one of them a customer is known again.");
        }

        return fields.Fault is { } fault ? (null, null, fault) : (row, source, null);
    }

    /// <summary>A field of the business's own.</summary>
    private ImmutableDictionary<string, Value> Own(ImmutableDictionary<string, Value> values, Fields own, string name)
    {
        if (!content.Settings.Fields.TryGetValue(name, out var kind))
        {
            own.Wrong(name, content.Settings.Fields.IsEmpty
                ? "settings.yaml has no fields of your own."
                : $"settings.yaml has no such field. It has: {string.Join(", ", content.Settings.Fields.Keys)}.");
            return values;
        }

        var column = new ListColumn(ListColumnKind.Field, name, kind);
        switch (kind, own[name].ValueKind)
        {
            case (ValueKind.Number, JsonValueKind.Number):
                return own[name].TryGetDecimal(out var number)
                    ? Put(values, own, name, column, number.ToString(CultureInfo.InvariantCulture))
                    : Refused(values, own, name, ListFaultKind.Number, "");
            case (ValueKind.Boolean, JsonValueKind.True or JsonValueKind.False):
                return values.SetItem(name, new Value.Boolean(own[name].GetBoolean()));
            case (ValueKind.Moment, JsonValueKind.String):
                return own.Moment(name) is { } moment ? values.SetItem(name, new Value.Moment(moment)) : values;
            case (ValueKind.Text or ValueKind.Date, JsonValueKind.String):
                return own.Text(name) is { } text ? Put(values, own, name, column, text) : values;
            default:
                own.Wrong(name, $"This field holds {KindOf(kind)}.");
                return values;
        }
    }

    private ImmutableDictionary<string, Value> Put(ImmutableDictionary<string, Value> values, Fields fields, string name, ListColumn column, string text)
    {
        var (value, fault) = _values.Read(column, text);
        return value is null ? Refused(values, fields, name, fault, text) : values.SetItem(name, value);
    }

    private ImmutableDictionary<string, Value> Refused(ImmutableDictionary<string, Value> values, Fields fields, string name, ListFaultKind fault, string text)
    {
        fields.Wrong(name, Words(fault, text));
        return values;
    }

    private string? Note(Fields fields)
    {
        if (fields.Text("note") is not { } text)
        {
            return null;
        }

        if (ListValues.Note(text) is { } note)
        {
            return note;
        }

        fields.Wrong("note", Words(ListFaultKind.TooLong, text));
        return null;
    }

    private string Words(ListFaultKind fault, string value) => ListFaults.Text(_texts, new ListFault(fault, value.Length > 40 ? $"{value[..40]}…" : value));

    private static string KindOf(ValueKind kind) => kind switch
    {
        ValueKind.Number => "a number",
        ValueKind.Boolean => "true or false",
        ValueKind.Date => "a day: \"2026-12-31\"",
        ValueKind.Moment => "a moment: \"2026-12-31T18:30:00+03:00\"",
        _ => "a text",
    };
}
