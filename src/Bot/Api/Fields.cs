using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bot.Api;

/// <summary>Reads an object strictly: nothing that is not known, nothing twice, nothing of another type. The first thing that is wrong is kept.</summary>
internal sealed partial class Fields
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly Fields _root;
    private readonly string _at;
    private Problem? _fault;

    /// <param name="names">The properties that there may be.</param>
    public Fields(JsonElement json, params ReadOnlySpan<string> names)
        : this(null, "", json)
    {
        RefuseUnknown(names);
    }

    private Fields(Fields? root, string at, JsonElement json)
    {
        (_at, _root) = (at, root ?? this);
        try
        {
            foreach (var property in json.EnumerateObject())
            {
                if (!_values.TryAdd(property.Name, property.Value))
                {
                    Wrong(property.Name, $"{Named(property.Name)} stands there twice. Send it once.");
                }
            }
        }
        catch (InvalidOperationException)
        {
            Wrong("", "The name of a property is no valid text.");
        }
    }

    /// <summary>What is wrong, here or in what stands within.</summary>
    public Problem? Fault => _root._fault;

    /// <summary>The names that are there, for an object whose names are free.</summary>
    public IEnumerable<string> Names => _values.Keys;

    public void Wrong(string name, string detail) => _root._fault ??= Problem.Invalid(_at + name, detail);

    /// <summary>Whether it is there and is not null.</summary>
    public bool Has(string name) => _values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A value as it stands there.</summary>
    public JsonElement this[string name] => _values[name];

    public string? Text(string name, bool isNeeded = false)
    {
        if (!IsThere(name, isNeeded))
        {
            return null;
        }

        try
        {
            if (_values[name].ValueKind == JsonValueKind.String)
            {
                return _values[name].GetString();
            }
        }
        catch (InvalidOperationException)
        {
            // Half a character.
        }

        Wrong(name, $"{Named(name)} is a text: \"{name}\": \"...\".");
        return null;
    }

    /// <summary>An amount in the business's currency.</summary>
    public decimal? Amount(string name)
    {
        if (!IsThere(name, isNeeded: true))
        {
            return null;
        }

        if (_values[name].ValueKind == JsonValueKind.Number && _values[name].TryGetDecimal(out var amount) && decimal.Round(amount, 2) == amount)
        {
            return amount;
        }

        Wrong(name, $"{Named(name)} is a number with at most two decimals: \"{name}\": 1250.50.");
        return null;
    }

    /// <summary>A whole number that is not below zero.</summary>
    public long? Whole(string name, long most)
    {
        if (!IsThere(name, isNeeded: false))
        {
            return null;
        }

        if (_values[name].ValueKind == JsonValueKind.Number && _values[name].TryGetInt64(out var number) && number >= 0 && number <= most)
        {
            return number;
        }

        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"{Named(name)} is a whole number from 0 to {most}."));
        return null;
    }

    public DateTimeOffset? Moment(string name)
    {
        if (Text(name, isNeeded: true) is not { } text)
        {
            return null;
        }

        if (ReadMoment(text) is { } moment)
        {
            return moment;
        }

        Wrong(name, $"{Named(name)} {MomentRule}");
        return null;
    }

    public ImmutableArray<string> Texts(string name)
    {
        if (!IsThere(name, isNeeded: false))
        {
            return [];
        }

        var array = _values[name];
        try
        {
            if (array.ValueKind == JsonValueKind.Array && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            {
                return [.. array.EnumerateArray().Select(item => item.GetString()!)];
            }
        }
        catch (InvalidOperationException)
        {
            // Half a character.
        }

        Wrong(name, $"{Named(name)} is a list of texts: \"{name}\": [\"...\"].");
        return [];
    }

    /// <summary>An object within, whose properties are known.</summary>
    public Fields? Object(string name, bool isNeeded, params ReadOnlySpan<string> names)
    {
        var within = Map(name, isNeeded);
        within?.RefuseUnknown(names);
        return within;
    }

    /// <summary>An object within, whose names are free.</summary>
    public Fields? Map(string name, bool isNeeded = false)
    {
        if (!IsThere(name, isNeeded))
        {
            return null;
        }

        if (_values[name].ValueKind == JsonValueKind.Object)
        {
            return new Fields(_root, $"{_at}{name}.", _values[name]);
        }

        Wrong(name, $"{Named(name)} is an object: \"{name}\": {{ }}.");
        return null;
    }

    /// <summary>What <see cref="ReadMoment"/> wants, in words.</summary>
    public const string MomentRule = "is a moment with its offset from UTC, between 2000 and 2100: 2026-12-31T18:30:00+03:00, or with Z for UTC.";

    /// <summary>A moment as ISO 8601 writes it, with an offset; <see langword="null"/> if it is none.</summary>
    public static DateTimeOffset? ReadMoment(string text) =>
        MomentPattern().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            && moment.UtcDateTime.Year is >= 2000 and < 2100
                ? moment.ToUniversalTime()
                : null;

    private void RefuseUnknown(ReadOnlySpan<string> names)
    {
        foreach (var name in _values.Keys)
        {
            if (!names.Contains(name))
            {
                Wrong(name, names.Length == 0
                    ? "This takes no properties; send nothing, or {}."
                    : $"There is no property {Named(name)} here. There are: {string.Join(", ", names!)}.");
            }
        }
    }

    private bool IsThere(string name, bool isNeeded)
    {
        if (isNeeded && !Has(name))
        {
            Wrong(name, $"{Named(name)} is missing.");
        }

        return Has(name);
    }

    /// <summary>A name as it is shown; whoever sends names of any length is shown their beginning.</summary>
    private static string Named(string name) => name.Length <= 64 ? $"`{name}`" : $"`{name[..64]}…`";

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})\z")]
    private static partial Regex MomentPattern();
}
