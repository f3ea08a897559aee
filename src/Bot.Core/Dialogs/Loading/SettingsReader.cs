using System.Collections.Immutable;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads settings.yaml: first what everything else refers to, then the magnets, which refer to it themselves.</summary>
internal sealed class SettingsReader(YamlNode.Map root, FileReader file)
{
    private static readonly string[] Needed = ["name", "phone"];
    private static readonly string[] Pages = ["policy", "review"];
    private static readonly KeySet Purposes = new([Purpose.PersonalData, Purpose.Marketing], []);

    /// <summary>What the other files may refer to, as far as it is there.</summary>
    public Surroundings Surroundings(Surroundings around)
    {
        file.Map(root, Keys.Settings, "settings.yaml");
        return around with
        {
            Languages = Languages(),
            Business = Business(),
            Purposes = Consents(),
            Fields = ProfileFields.BuiltIn.SetItems(OwnFields()),
            Magnets = root["magnets"] is YamlNode.Map magnets ? magnets.Pairs.Select(m => m.Key.Value).ToImmutableSortedSet(StringComparer.Ordinal) : [],
        };
    }

    /// <summary>The settings, with a reader that knows the surroundings; <see langword="null"/> after a fault.</summary>
    public Settings? Settings(FileReader knowing, Surroundings around)
    {
        var zone = Zone();
        var currency = Currency();
        var magnets = Magnets(knowing);
        return zone is not null && currency is not null && around.Business is not null && !around.Languages.IsEmpty
            ? new(around.Business, zone, currency, around.Languages, magnets, around.Purposes ?? [],
                OwnFields().ToImmutableSortedDictionary(StringComparer.Ordinal))
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

        string? Line(string key) => map[key] is { } value ? file.Scalar(value, $"`{key}:`")?.Value : null;

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
            else if (Roots.Reserved.Contains(key.Value) || Checker.Functions.Contains(key.Value))
            {
                file.Faults.Add(key, $"`{key.Value}` already means something in expressions. Call the field something else.");
            }
            else if (!Identifier.IsValueName(key.Value))
            {
                file.Faults.Add(key, $"`{FileReader.Short(key.Value)}` cannot be the name of a field: {Identifier.Rule}, beginning with a letter.");
            }
            else if (file.Word(value, Keys.Fields, "kind of field") is { } kind)
            {
                fields[key.Value] = Kinds.OfField[kind];
            }
        }

        return fields;
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

    private ImmutableSortedDictionary<string, Magnet> Magnets(FileReader knowing)
    {
        var magnets = ImmutableSortedDictionary.CreateBuilder<string, Magnet>(StringComparer.Ordinal);
        if (root["magnets"] is not { } node || knowing.Map(node, "`magnets:`") is not { } map)
        {
            return magnets.ToImmutable();
        }

        foreach (var (key, value) in map.Pairs)
        {
            if (knowing.Id(key, "the name of a magnet") is { } id && knowing.Map(value, Keys.Magnet, "A magnet") is { } magnet)
            {
                magnets[id] = new(id, Title(magnet, knowing), Files(magnet, knowing));
            }
        }

        return magnets.ToImmutable();
    }

    private static Text Title(YamlNode.Map magnet, FileReader knowing)
    {
        if (magnet["title"] is { } node)
        {
            var title = knowing.Text(node, new Vocabulary { Business = knowing.Around.Business }, TextUse.Title);
            if (title?.ByLanguage.Values.Any(t => !t.IsConstant) is true && knowing.Around.Business is not null)
            {
                knowing.Faults.Add(node, "A title can use `business.` values only.");
            }

            return title ?? new(ImmutableDictionary<string, Template>.Empty);
        }

        knowing.Faults.Add(magnet, "The magnet has no `title:`.");
        return new(ImmutableDictionary<string, Template>.Empty);
    }

    private static ImmutableDictionary<string, string> Files(YamlNode.Map magnet, FileReader knowing)
    {
        var files = ImmutableDictionary.CreateBuilder<string, string>();
        if (magnet["file"] is not { } node)
        {
            knowing.Faults.Add(magnet, "The magnet has no `file:`.");
            return files.ToImmutable();
        }

        if (node is not YamlNode.Map byLanguage)
        {
            if (knowing.FileName(node) is { } name)
            {
                files.AddRange(knowing.Around.Languages.Select(l => KeyValuePair.Create(l, name)));
            }

            return files.ToImmutable();
        }

        foreach (var (language, value) in byLanguage.Pairs)
        {
            if (!knowing.Around.Languages.IsEmpty && !knowing.Around.Languages.Contains(language.Value))
            {
                knowing.Faults.Add(language, $"`{FileReader.Short(language.Value)}` is none of the `languages:`, which are: {string.Join(", ", knowing.Around.Languages)}.");
            }
            else if (knowing.FileName(value) is { } name)
            {
                files[language.Value] = name;
            }
        }

        foreach (var language in knowing.Around.Languages.Where(l => byLanguage[l] is null))
        {
            knowing.Faults.Add(node, $"The file in `{language}` is missing. Add `{language}: ...`, or name one file for all languages.");
        }

        return files.ToImmutable();
    }
}
