using System.Collections.Immutable;
using System.Text;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads what the engine says: its own texts, and those that texts.yaml puts in their place.</summary>
internal static class PhrasesReader
{
    /// <summary>The languages that the bot brings phrases in.</summary>
    public static readonly ImmutableArray<string> BuiltIn = ["ru", "en"];

    private static readonly Dictionary<string, Phrase> ByName =
        Enum.GetValues<Phrase>().ToDictionary(p => Name(p));

    private static readonly Lazy<string> Resource = new(() =>
    {
        using var stream = typeof(PhrasesReader).Assembly.GetManifestResourceStream("phrases.yaml")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    });

    /// <summary>The phrase's name in texts.yaml.</summary>
    public static string Name(Phrase phrase)
    {
        var name = new StringBuilder();
        foreach (var c in phrase.ToString())
        {
            name.Append(char.IsUpper(c) && name.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    /// <param name="own">texts.yaml, if there is one.</param>
    public static Phrases Read(YamlNode.Map? own, FileReader file, Faults faults)
    {
        var languages = file.Around.Languages;
        var builtIn = new FileReader(new FileFaults("phrases.yaml", Resource.Value, faults),
            file.Around with { Languages = [.. languages.Intersect(BuiltIn)] });
        var texts = YamlReader.Read(Resource.Value, builtIn.Faults) is { } root && !builtIn.Around.Languages.IsEmpty
            ? All(Only(root, builtIn.Around.Languages), builtIn)
            : [];
        foreach (var (phrase, text) in own is null ? [] : All(own, file))
        {
            texts[phrase] = texts.TryGetValue(phrase, out var usual) ? new(usual.ByLanguage.SetItems(text.ByLanguage)) : text;
        }

        foreach (var language in languages.Except(BuiltIn))
        {
            Complete(language, texts, own, file.Faults);
        }

        return new(texts.ToImmutableDictionary());
    }

    private static Dictionary<Phrase, Text> All(YamlNode.Map root, FileReader file)
    {
        var texts = new Dictionary<Phrase, Text>();
        foreach (var (key, value) in root.Pairs)
        {
            if (!ByName.TryGetValue(key.Value, out var phrase))
            {
                file.Faults.Add(key, $"The bot has no phrase `{FileReader.Short(key.Value)}`.{Suggestion.For(key.Value, ByName.Keys)}");
            }
            else if (file.Text(value, VocabularyOf(phrase, file.Around), UseOf(phrase), isPartial: true) is { } text)
            {
                file.DemandElse(text, Facts.None.With(Always(phrase)));
                texts[phrase] = text;
            }
        }

        return texts;
    }

    private static Vocabulary VocabularyOf(Phrase phrase, Surroundings around) =>
        around.Vocabulary with { Remembered = Values(phrase).ToImmutableDictionary(value => value.Name, value => value.Kind) };

    /// <summary>What a phrase may use, and what kind of value each is.</summary>
    private static (string Name, ValueKind Kind)[] Values(Phrase phrase) => phrase switch
    {
        Phrase.AgainNumber or Phrase.AgainScale => [("from", ValueKind.Number), ("to", ValueKind.Number)],
        Phrase.TopicOff or Phrase.TopicOn => [("topic", ValueKind.Text)],
        Phrase.Paused => [("until", ValueKind.Moment)],
        Phrase.AdminLead => [("name", ValueKind.Text), ("contact", ValueKind.Text), ("source", ValueKind.Text)],
        Phrase.AdminUnsubscribed => [("name", ValueKind.Text)],
        Phrase.AdminTooLate => [("template", ValueKind.Text)],
        Phrase.AdminClaimed
            or Phrase.AdminOwner
            or Phrase.AdminOperator
            or Phrase.AdminOperatorAdded
            or Phrase.AdminRemoveSure
            or Phrase.AdminRemoved
            or Phrase.AdminRemoveButton =>
            [("user", ValueKind.Text)],
        Phrase.AdminFound or Phrase.AdminFoundMany or Phrase.AdminAside or Phrase.AdminAsideDropped => [("count", ValueKind.Number)],
        Phrase.AdminCard =>
        [
            ("id", ValueKind.Text), ("name", ValueKind.Text), ("phone", ValueKind.Text), ("email", ValueKind.Text), ("birthday",
            ValueKind.Text), ("city", ValueKind.Text), ("fields", ValueKind.Text), ("labels", ValueKind.Text), ("consents",
            ValueKind.Text), ("topics", ValueKind.Text), ("since", ValueKind.Text), ("active", ValueKind.Text), ("source",
            ValueKind.Text), ("sequences", ValueKind.Text), ("purchases", ValueKind.Text), ("notes", ValueKind.Text), ("history",
            ValueKind.Text),
        ],
        Phrase.AdminTagged => [("labels", ValueKind.Text)],
        Phrase.AdminLeads => [("count", ValueKind.Number), ("since", ValueKind.Text)],
        Phrase.AdminAsideAlarm => [("kind", ValueKind.Text)],
        Phrase.AdminBackup => [("file", ValueKind.Text), ("bytes", ValueKind.Number)],
        Phrase.AdminBackupRefused => [("reason", ValueKind.Text)],
        Phrase.AdminTagUsage or Phrase.AdminNoteUsage => [("id", ValueKind.Text)],
        Phrase.Mydata =>
        [
            ("fields", ValueKind.Text), ("personal-data-since", ValueKind.Moment), ("marketing-since", ValueKind.Moment),
            ("topics", ValueKind.Text), ("paused", ValueKind.Moment), ("purchases", ValueKind.Number),
        ],
        _ => [],
    };

    /// <summary>Which of them are always there.</summary>
    private static string[] Always(Phrase phrase) => phrase switch
    {
        Phrase.AgainScale => ["from", "to"],
        Phrase.TopicOff or Phrase.TopicOn => ["topic"],
        Phrase.Paused => ["until"],
        Phrase.AdminLead => ["contact"],
        Phrase.AdminTooLate => ["template"],
        Phrase.AdminClaimed
            or Phrase.AdminOwner
            or Phrase.AdminOperator
            or Phrase.AdminOperatorAdded
            or Phrase.AdminRemoveSure
            or Phrase.AdminRemoved
            or Phrase.AdminRemoveButton =>
            ["user"],
        Phrase.AdminFound or Phrase.AdminFoundMany or Phrase.AdminAside or Phrase.AdminAsideDropped => ["count"],
        Phrase.AdminCard => ["id", "consents", "since", "active", "history"],
        Phrase.AdminLeads => ["count", "since"],
        Phrase.AdminAsideAlarm => ["kind"],
        Phrase.AdminBackup => ["file", "bytes"],
        Phrase.AdminBackupRefused => ["reason"],
        Phrase.Mydata => ["purchases"],
        _ => [],
    };

    private static TextUse UseOf(Phrase phrase) => phrase switch
    {
        Phrase.Stale or Phrase.Noted or Phrase.LanguageChanged => TextUse.Notice,
        Phrase.MenuWords or Phrase.HelpWords or Phrase.LanguageWords or Phrase.StopWords or Phrase.HelpCommand or Phrase.LanguageCommand or Phrase.StopCommand => TextUse.Description,
        Phrase.MenuCommand or Phrase.Continue or Phrase.LanguageName or Phrase.Back or Phrase.Skip or Phrase.Done or Phrase.ShareContact
            or Phrase.Unsubscribe or Phrase.Resubscribe or Phrase.PauseMonth or Phrase.Resume or Phrase.UnsubscribeAll => TextUse.Label,
        Phrase.Menu or Phrase.Welcome or Phrase.Help or Phrase.Language or Phrase.Stopped or Phrase.AgainText
            or Phrase.AgainName or Phrase.AgainEmail or Phrase.AgainPhone or Phrase.AgainContact or Phrase.ForeignContact or Phrase.AgainNumber
            or Phrase.AgainDate or Phrase.AgainScale or Phrase.AgainChoice or Phrase.AgainCity or Phrase.AgainButton or Phrase.WayOut or Phrase.Unrecognised
            or Phrase.UnknownLink or Phrase.Lost or Phrase.ConsentFirst or Phrase.TopicOff or Phrase.TopicOn
            or Phrase.Paused or Phrase.Resumed or Phrase.AdminLead or Phrase.AdminUnsubscribed or Phrase.AdminTooLate => TextUse.Message,
        Phrase.UnsubscribeLine => TextUse.Label,
        Phrase.MydataCommand or Phrase.MydataWords => TextUse.Description,
        Phrase.Mydata or Phrase.MydataAgain => TextUse.Message,
        Phrase.AdminHelp or Phrase.AdminClaimed or Phrase.AdminUnknown or Phrase.AdminNotAllowed or Phrase.AdminFailed or Phrase.AdminNobody
            or Phrase.AdminFound or Phrase.AdminFoundMany or Phrase.AdminCard or Phrase.AdminTagged or Phrase.AdminNoted or Phrase.AdminLeads
            or Phrase.AdminSegments or Phrase.AdminFunnels or Phrase.AdminAutomations or Phrase.AdminAside or Phrase.AdminAsideSure
            or Phrase.AdminAsideDropped or Phrase.AdminAsideAlarm or Phrase.AdminStaff or Phrase.AdminOwner or Phrase.AdminOperator
            or Phrase.AdminOperatorAdded or Phrase.AdminRemoveSure or Phrase.AdminRemoved or Phrase.AdminLastOwner or Phrase.AdminBackup
            or Phrase.AdminBackupRefused or Phrase.AdminNothing or Phrase.AdminFindUsage or Phrase.AdminTagUsage or Phrase.AdminNoteUsage
            or Phrase.AdminWhyUsage or Phrase.AdminLeadsUsage or Phrase.AdminStatsUsage or Phrase.AdminOperatorUsage => TextUse.Message,
        Phrase.AdminUnknownSource or Phrase.AdminCardButton or Phrase.AdminTagButton or Phrase.AdminNoteButton or Phrase.AdminWhyButton
            or Phrase.AdminDropButton or Phrase.AdminRemoveButton or Phrase.AdminYes => TextUse.Label,
        Phrase.AdminRefused => TextUse.Notice,
        Phrase.AdminLeadsCommand or Phrase.AdminFindCommand or Phrase.AdminTagCommand or Phrase.AdminNoteCommand or Phrase.AdminWhyCommand
            or Phrase.AdminSegmentsCommand or Phrase.AdminStatsCommand or Phrase.AdminStaffCommand or Phrase.AdminOperatorCommand
            or Phrase.AdminAsideCommand or Phrase.AdminBackupCommand or Phrase.AdminHelpCommand => TextUse.Description,
    };

    /// <summary>The built-in texts without the languages that this content does not speak.</summary>
    private static YamlNode.Map Only(YamlNode.Map root, ImmutableArray<string> languages) => root with
    {
        Pairs = [.. root.Pairs.Select(p => (p.Key, p.Value is YamlNode.Map map
            ? map with { Pairs = [.. map.Pairs.Where(t => languages.Contains(t.Key.Value))] }
            : p.Value))],
    };

    private static void Complete(string language, Dictionary<Phrase, Text> texts, YamlNode.Map? own, FileFaults faults)
    {
        var missing = Enum.GetValues<Phrase>().Where(p => !texts.TryGetValue(p, out var text) || !text.ByLanguage.ContainsKey(language)).ToList();
        if (missing.Count > 0)
        {
            faults.Add(own?.Line ?? 1, own?.Column ?? 1,
                $"The bot itself speaks {string.Join(" and ", BuiltIn)} only. For `{language}` give its phrases here too; missing: {string.Join(", ", missing.Select(Name))}.");
        }
    }
}
