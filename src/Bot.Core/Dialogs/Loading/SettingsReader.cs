using System.Collections.Immutable;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads settings.yaml: first what everything else refers to, then the magnets, which refer to it themselves.</summary>
internal sealed partial class SettingsReader(YamlNode.Map root, FileReader file)
{
    private static readonly string[] Needed = ["name", "phone"];
    private static readonly string[] Pages = ["policy", "review"];
    private static readonly KeySet Purposes = new([Purpose.PersonalData, Purpose.Marketing], []);

    /// <summary>What the other files may refer to, as far as it is there.</summary>
    public Surroundings Surroundings(Surroundings around)
    {
        var before = file.Faults.Count;
        file.Map(root, Keys.Settings, "settings.yaml");
        var isKeyWrong = file.Faults.Count > before;
        before = file.Faults.Count;
        var fields = OwnFields();
        var hasFields = file.Faults.Count == before && (root["fields"] is not null || !isKeyWrong);
        return around with
        {
            Languages = Languages(),
            Business = Business(),
            Purposes = root["consents"] is null && isKeyWrong ? null : Consents(),
            Fields = ProfileFields.BuiltIn.SetItems(fields),
            HasFields = hasFields,
            Magnets = Names("magnets", isKeyWrong),
            Topics = Names("topics", isKeyWrong),
            Events = around.Events.Union(OutsideEvents()),
        };
    }

    /// <summary>The names of what is listed under a key; <see langword="null"/> if the key may be there, miswritten.</summary>
    private ImmutableSortedSet<string>? Names(string key, bool isKeyWrong) => root[key] switch
    {
        YamlNode.Map map => map.Pairs.Select(p => p.Key.Value).ToImmutableSortedSet(StringComparer.Ordinal),
        null when !isKeyWrong => [],
        _ => null,
    };

    /// <summary>The settings, with a reader that knows the surroundings; <see langword="null"/> after a fault.</summary>
    public Settings? Settings(FileReader knowing, Surroundings around)
    {
        var zone = Zone();
        var currency = Currency();
        var magnets = Magnets(knowing);
        var topics = Topics(knowing);
        var reasons = Reasons(knowing);
        var quiet = Quiet();
        var late = MarketingLate();
        var closeAfter = TalkCloseAfter();
        var digest = Digest();
        var due = FeedbackDue();
        var erasure = ErasureAfter();
        return zone is not null && currency is not null && around.Business is not null && !around.Languages.IsEmpty
            ? new(around.Business, zone, currency, around.Languages, magnets, around.Purposes ?? [],
                topics, quiet, late, due, OwnFields().ToImmutableSortedDictionary(StringComparer.Ordinal))
            {
                TalkCloseAfter = closeAfter,
                ErasureAfter = erasure,
                Digest = digest,
                Reasons = reasons,
            }
            : null;
    }

    private YamlNode? Required(string key, string example)
    {
        if (root[key] is { } node)
        {
            return node;
        }

        file.Faults.Add(root, $"`{key}:` is missing. Add it, for example `{key}: {example}`.");
        return null;
    }

    private ImmutableArray<string> Languages()
    {
        if (Required("languages", "[ru, en]") is not { } node)
        {
            return [];
        }

        var before = file.Faults.Count;
        var languages = ImmutableArray.CreateBuilder<string>();
        foreach (var item in FileReader.OneOrMore(node))
        {
            if (file.Scalar(item, "a language") is not { } scalar)
            {
                continue;
            }

            if (scalar.Value.AsSpan().IndexOfAny(',', ' ') >= 0)
            {
                var all = scalar.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                file.Faults.Add(scalar, $"Several languages are a list in brackets: `languages: [{FileReader.Short(string.Join(", ", all))}]`.");
                continue;
            }

            if (scalar.Value.Length is < 2 or > 3 || !scalar.Value.All(char.IsAsciiLetterLower))
            {
                file.Faults.Add(scalar, $"`{FileReader.Short(scalar.Value)}` is no code of a language: two small letters, for example `ru` or `en`.");
            }
            else if (languages.Contains(scalar.Value))
            {
                file.Faults.Add(scalar, $"`{scalar.Value}` stands here twice.");
            }
            else
            {
                languages.Add(scalar.Value);
            }
        }

        if (node is YamlNode.List { Items.IsEmpty: true })
        {
            file.Faults.Add(node, "Name at least one language.");
        }

        // With one of them wrong it is not known which translations are missing, and nothing is said about them.
        return file.Faults.Count == before ? languages.ToImmutable() : [];
    }

    private Business? Business()
    {
        if (Required("business", "{ name: ..., phone: ... }") is not { } node || file.Map(node, Keys.Business, "`business:`") is not { } map)
        {
            return null;
        }

        string? Line(string key)
        {
            if (map[key] is YamlNode.Map texts)
            {
                file.Faults.Add(texts, $"`{key}:` is the same in all languages. Write one text: `{key}: ...`.");
                return null;
            }

            return map[key] is { } value ? file.Scalar(value, $"`{key}:`")?.Value : null;
        }

        foreach (var key in Needed.Where(k => map[k] is null))
        {
            file.Faults.Add(node, $"`{key}:` of the business is missing.");
        }

        foreach (var key in Pages)
        {
            if (Line(key) is { } address && !WebAddress.IsValid(address))
            {
                file.Faults.Add(map[key]!, $"`{key}:` is the address of a page: it begins with https:// or http:// and has no spaces.");
            }
        }

        return Line("name") is { } name && Line("phone") is { } phone
            ? new(name, phone, Line("address"), Line("policy"), Line("review"))
            : null;
    }

    private ImmutableSortedSet<string>? Consents()
    {
        if (root["consents"] is not { } node)
        {
            return [];
        }

        if (file.Map(node, Purposes, "`consents:`") is not { } map)
        {
            return null;
        }

        foreach (var (_, value) in map.Pairs)
        {
            if (value is not YamlNode.Scalar { IsEmpty: true } && file.Map(value, Keys.Consent, "A purpose") is { } purpose && purpose["required"] is { } required)
            {
                file.Flag(required, "`required:`");
            }
        }

        return map.Pairs.All(p => Purposes.Known.Contains(p.Key.Value))
            ? map.Pairs.Select(p => p.Key.Value).ToImmutableSortedSet(StringComparer.Ordinal)
            : null;
    }

    private Dictionary<string, ValueKind> OwnFields()
    {
        var fields = new Dictionary<string, ValueKind>();
        if (root["fields"] is not { } node || file.Map(node, "`fields:`") is not { } map)
        {
            return fields;
        }

        foreach (var (key, value) in map.Pairs)
        {
            if (ProfileFields.BuiltIn.ContainsKey(key.Value))
            {
                file.Faults.Add(key, $"Every profile has a `{key.Value}` already. Call your field something else.");
            }
            else if (file.ValueName(key, "field") is { } name && file.Word(value, Keys.Fields, "kind of field") is { } kind)
            {
                fields[name] = Kinds.OfField[kind];
            }
        }

        return fields;
    }

    /// <summary>What other programs tell of, so that conditions and automations can name it without any dialog recording it.</summary>
    private IEnumerable<string> OutsideEvents()
    {
        foreach (var item in root["events"] is { } node ? FileReader.OneOrMore(node) : [])
        {
            if (file.Scalar(item, "the name of an event") is not { } scalar)
            {
                continue;
            }

            if (OutsideEvent.FaultOf(scalar.Value) is { } fault)
            {
                file.Faults.Add(scalar, fault);
            }
            else
            {
                yield return scalar.Value;
            }
        }
    }

    private TimeZoneInfo? Zone()
    {
        if (Required("zone", "Europe/Moscow") is not { } node || file.Scalar(node, "a time zone") is not { } scalar)
        {
            return null;
        }

        if (scalar.Value.Length <= 64 && scalar.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
            && TimeZoneInfo.TryFindSystemTimeZoneById(scalar.Value, out var zone))
        {
            return zone;
        }

        file.Faults.Add(scalar, $"There is no time zone `{FileReader.Short(scalar.Value)}`. It is a region and a city in English, for example `Europe/Moscow`.");
        return null;
    }

    private string? Currency()
    {
        if (Required("currency", "RUB") is not { } node || file.Scalar(node, "a currency") is not { } scalar)
        {
            return null;
        }

        if (scalar.Value.Length == 3 && scalar.Value.All(char.IsAsciiLetterUpper))
        {
            return scalar.Value;
        }

        file.Faults.Add(scalar, $"`{FileReader.Short(scalar.Value)}` is no code of a currency: three capital letters, for example `RUB`.");
        return null;
    }
}
