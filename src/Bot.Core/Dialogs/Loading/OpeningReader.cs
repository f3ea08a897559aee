using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads what starts a dialog.</summary>
internal static class OpeningReader
{
    private const int LongestWord = 64;
    private static readonly KeySet Brought = new(["booking"], []);
    private static readonly string[] Kinds = ["menu", "keyword", "link", "command", "button"];

    public static (ImmutableArray<Opening> Opens, ImmutableArray<YamlNode> Nodes) ReadAll(
        YamlNode? node, ValueKind? takes, ImmutableArray<string> states, FileReader file)
    {
        var opens = ImmutableArray.CreateBuilder<Opening>();
        var nodes = ImmutableArray.CreateBuilder<YamlNode>();
        foreach (var item in node is null ? [] : file.List(node, "`opens:`")?.Items ?? [])
        {
            if (file.Map(item, Keys.Opening, "An opening") is { } map && Read(map, takes, states, file) is { } opening)
            {
                opens.Add(opening);
                nodes.Add(map);
            }
        }

        return (opens.ToImmutable(), nodes.ToImmutable());
    }

    private static Opening? Read(YamlNode.Map map, ValueKind? takes, ImmutableArray<string> states, FileReader file)
    {
        var kinds = map.Pairs.Where(p => Kinds.Contains(p.Key.Value)).ToList();
        if (kinds.Count != 1)
        {
            if (kinds.Count > 1 || !map.Pairs.Any(p => Keys.Opening.Later.Contains(p.Key.Value)))
            {
                file.Faults.Add(map, "An opening is one of `menu:`, `keyword:`, `link:`, `command:` and `button:`. Give each a hyphen of its own.");
            }

            return null;
        }

        var condition = map["if"] is { } conditionNode ? file.Condition(conditionNode, file.Around.Vocabulary) : null;
        var at = map["at"] is { } atNode && TargetReader.Read(atNode, states, file) is { } target ? target.State : null;
        if (map["at"] is { } elsewhere && at is null && elsewhere is YamlNode.Scalar { Value: "end" or "leave" })
        {
            file.Faults.Add(elsewhere, "A dialog opens at one of its states.");
        }

        var (isButton, value) = (kinds[0].Key.Value == "button", kinds[0].Value);
        var with = isButton ? Brings(map, takes, file) : With(map, takes, file);
        if (!isButton && map.Pairs.FirstOrDefault(p => p.Key.Value == "takes").Key is { } taken)
        {
            file.Faults.Add(taken, "`takes:` belongs to `button:`. What the whole dialog takes stands at its top.");
        }

        return kinds[0].Key.Value switch
        {
            "menu" => Label(value, file) is { } label ? new Opening.Menu(condition, at, with, label) : null,
            "keyword" => new Opening.Keyword(condition, at, with, Words(value, file)),
            "button" => file.Id(value, "the name of a button") is { } button ? new Opening.Button(condition, at, with, button) : null,
            "link" => file.Id(value, "a link") is { } link ? new Opening.Link(condition, at, with, link) : null,
            _ => Command(value, file) is { } command ? new Opening.Command(condition, at, with, command) : null,
        };
    }

    private static Text? Label(YamlNode node, FileReader file)
    {
        var label = file.Text(node, file.Around.Vocabulary, TextUse.Label);
        if (label is not null)
        {
            file.DemandElse(label, Facts.None);
        }

        return label;
    }

    private static ImmutableDictionary<string, Value> With(YamlNode.Map map, ValueKind? takes, FileReader file)
    {
        var with = ImmutableDictionary<string, Value>.Empty;
        if (map["with"] is not { } node)
        {
            if (takes is { } kind)
            {
                file.Faults.Add(map, kind == ValueKind.Magnet
                    ? "The dialog takes a magnet, and this opening brings none. Add `with: { magnet: ... }`."
                    : "The dialog takes a booking, and only a `button:` brings one. Take this opening away, or let the dialog ask for the booking: `ask: { as: my-booking, into: booking }`.");
            }

            return with;
        }

        if (file.Map(node, Keys.With, "`with:`") is not { } brings)
        {
            return with;
        }

        if (takes != ValueKind.Magnet)
        {
            file.Faults.Add(node, "The dialog takes nothing. Add `takes: magnet` at its top, or take `with:` away.");
        }

        if (brings["magnet"] is not { } magnetNode)
        {
            file.Faults.Add(node, "Name the magnet: `with: { magnet: ... }`.");
        }
        else if (file.Id(magnetNode, "a magnet") is { } magnet)
        {
            if (file.Around.Magnets is { } magnets && !magnets.Contains(magnet))
            {
                file.Faults.Add(magnetNode, $"There is no magnet `{magnet}` under `magnets:` in settings.yaml.{Suggestion.For(magnet, magnets)}");
            }

            with = with.Add(GivenValues.Magnet, new Value.Magnet(magnet));
        }

        return with;
    }

    /// <summary>A button brings the booking that it stands under, and nothing else.</summary>
    private static ImmutableDictionary<string, Value> Brings(YamlNode.Map map, ValueKind? takes, FileReader file)
    {
        if (map["takes"] is not { } node)
        {
            file.Faults.Add(map, "It is not said what this button brings. Add `takes: booking`.");
        }
        else
        {
            file.Word(node, Brought, "thing that a button brings");
        }

        if (map.Pairs.FirstOrDefault(p => p.Key.Value == "with").Key is { } with)
        {
            file.Faults.Add(with, "A button brings its booking. Take `with:` away.");
        }
        else if (takes == ValueKind.Magnet)
        {
            file.Faults.Add(map, "The dialog takes a magnet, and a button brings a booking. Make a dialog of its own for it.");
        }

        return ImmutableDictionary<string, Value>.Empty;
    }

    private static ImmutableHashSet<string> Words(YamlNode node, FileReader file)
    {
        var words = ImmutableHashSet.CreateBuilder<string>();
        if (file.Map(node, "`keyword:`") is not { } map)
        {
            return [];
        }

        foreach (var (language, list) in map.Pairs)
        {
            if (!file.Around.Languages.IsEmpty && !file.Around.Languages.Contains(language.Value))
            {
                file.Faults.Add(language, $"`{FileReader.Short(language.Value)}` is none of the `languages:` in settings.yaml, which are: {string.Join(", ", file.Around.Languages)}.");
            }

            foreach (var item in FileReader.OneOrMore(list))
            {
                if (Word(item, file) is { } word)
                {
                    words.Add(word);
                }
            }
        }

        foreach (var language in file.Around.Languages.Where(l => map[l] is null))
        {
            file.Faults.Add(node, $"The keywords in `{language}` are missing. Add `{language}: [...]` beside the others.");
        }

        return words.ToImmutable();
    }

    private static string? Word(YamlNode node, FileReader file)
    {
        if (file.Scalar(node, "a word that customers type") is not { } scalar)
        {
            return null;
        }

        var word = Folding.Fold(scalar.Value);
        if (word.Length is > 0 and <= LongestWord && word[0] != '/')
        {
            return word;
        }

        file.Faults.Add(scalar, word.StartsWith('/')
            ? "A word with a slash is a command: write `command:` instead of `keyword:`."
            : $"A keyword has 1 to {LongestWord} characters.");
        return null;
    }

    private static string? Command(YamlNode node, FileReader file)
    {
        if (file.Scalar(node, "the name of a command") is not { } scalar)
        {
            return null;
        }

        var name = scalar.Value;
        if (name.Length > 32 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            file.Faults.Add(scalar, $"`{FileReader.Short(name)}` cannot be a command: small Latin letters, digits and `_`, at most 32, without the slash.");
            return null;
        }

        if (Keys.BuiltInCommands.Contains(name))
        {
            file.Faults.Add(scalar, $"/{name} is a command of the bot itself. Take another word.");
            return null;
        }

        return name;
    }
}
