using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads a question.</summary>
internal static class AskReader
{
    private const int MostOptions = 30;
    private const int LongestScale = 11;

    public static Ask? Read(YamlNode node, Vocabulary vocabulary, FileReader file)
    {
        if (file.Map(node, Keys.Ask, "A question") is not { } map)
        {
            return null;
        }

        if (map["as"] is not { } asNode)
        {
            file.Faults.Add(node, "The question does not say what kind of answer it wants. Add `as:`, for example `as: text`.");
            return null;
        }

        var kinds = Kinds(asNode, file);
        if (kinds.IsEmpty)
        {
            return null;
        }

        var into = Into(map, kinds, vocabulary, file);
        var (from, to) = Bounds(map, kinds, file);
        var options = Options(map, kinds, file);
        var (canSkip, skip) = Skip(map, kinds, vocabulary, file);
        return new(kinds, into, from, to, options, canSkip, skip) { CanBeAnyone = Any(map, kinds, file) };
    }

    private static bool Any(YamlNode.Map map, ImmutableArray<AskKind> kinds, FileReader file)
    {
        if (map["any"] is not { } node)
        {
            return false;
        }

        if (!kinds.Contains(AskKind.Specialist))
        {
            file.Faults.Add(node, "`any:` belongs to `specialist`.");
        }

        return file.Flag(node, "`any:`") is true;
    }

    private static (bool Can, Text? Label) Skip(YamlNode.Map map, ImmutableArray<AskKind> kinds, Vocabulary vocabulary, FileReader file)
    {
        var node = map["skip"];
        if (node is YamlNode.Map label)
        {
            return (true, file.Text(label, vocabulary, TextUse.Label));
        }

        // Choosing a topic does not go on, so there is always a button that does.
        var isTopics = kinds.Contains(AskKind.Topics);
        if (isTopics && node is not null)
        {
            file.Faults.Add(node, "`topics` always has a button that goes on. Take `skip:` away, or write the words on it: `skip: { ru: ..., en: ... }`.");
        }

        return (isTopics || (node is not null && file.Flag(node, "`skip:`") is true), null);
    }

    private static ImmutableArray<AskKind> Kinds(YamlNode node, FileReader file)
    {
        var kinds = ImmutableArray.CreateBuilder<AskKind>();
        foreach (var item in FileReader.OneOrMore(node))
        {
            if (file.Word(item, Keys.AskKinds, "kind of answer") is not { } word)
            {
                return [];
            }

            var kind = (AskKind)Keys.AskKinds.Known.IndexOf(word);
            if (kinds.Contains(kind))
            {
                file.Faults.Add(item, $"`{word}` stands here twice.");
            }
            else if (kinds.Count > 0 && kinds[^1] is AskKind.Text or AskKind.Name)
            {
                file.Faults.Add(item, $"`{word}` is never reached: `{Name(kinds[^1])}` takes every text. Put it last.");
            }

            kinds.Add(kind);
        }

        if (kinds.Count > 1 && kinds.Any(k => k is AskKind.Scale or AskKind.Choice))
        {
            file.Faults.Add(node, "`scale` and `choice` stand alone.");
        }
        else if (kinds.Count > 1 && kinds.Any(IsPreference))
        {
            file.Faults.Add(node, $"`{Name(kinds.First(IsPreference))}` stands alone.");
        }

        else if (kinds.Count > 1 && kinds.Any(BookingChecks.IsAboutBooking))
        {
            file.Faults.Add(node, $"`{Name(kinds.First(BookingChecks.IsAboutBooking))}` stands alone.");
        }

        if (kinds.Any(BookingChecks.IsAboutBooking) && !file.Around.HasCatalog)
        {
            file.Faults.Add(node, "There is no services.yaml, which says what can be booked. docs/booking.md has one to begin with.");
        }

        if (kinds.Count == 0)
        {
            file.Faults.Add(node, "This list is empty. Name a kind of answer, for example `text`.");
        }

        return kinds.ToImmutable();
    }

    /// <summary>Whether the answer is a contact, which finds its own field in the profile.</summary>
    public static bool IsContact(AskKind kind) => kind is AskKind.Contact or AskKind.Phone or AskKind.Email;

    /// <summary>Whether the answer may find nothing to choose from, and the question then answers itself.</summary>
    public static bool MayAnswerItself(AskKind kind) =>
        kind is AskKind.Language or AskKind.Topics or AskKind.Service or AskKind.Specialist or AskKind.MyBooking;

    /// <summary>Whether the answer is a wish of how the bot should behave, which is kept beside the fields.</summary>
    private static bool IsPreference(AskKind kind) => kind is AskKind.Language or AskKind.City or AskKind.Topics;

    private static bool KnowsItsPlace(AskKind kind) => IsContact(kind) || IsPreference(kind);

    private static string Name(AskKind kind) => Keys.AskKinds.Known[(int)kind];

    /// <summary>What an answer of this kind is.</summary>
    private static ValueKind ValueOf(AskKind kind) => kind switch
    {
        AskKind.Text or AskKind.Name or AskKind.Email or AskKind.Phone or AskKind.Contact or AskKind.City => ValueKind.Text,
        AskKind.Number or AskKind.Scale => ValueKind.Number,
        AskKind.Date => ValueKind.Date,
        AskKind.Choice or AskKind.Language or AskKind.Topics => ValueKind.Choice,
        AskKind.FreeDay => ValueKind.Date,
        AskKind.FreeTime => ValueKind.Moment,
        AskKind.Service => ValueKind.Service,
        AskKind.Specialist => ValueKind.Specialist,
        AskKind.MyBooking => ValueKind.Booking,
    };

    private static AnswerField? Into(YamlNode.Map map, ImmutableArray<AskKind> kinds, Vocabulary vocabulary, FileReader file)
    {
        if (map["into"] is not { } node)
        {
            if (kinds.FirstOrDefault(k => !KnowsItsPlace(k), AskKind.Contact) is var kind and not AskKind.Contact)
            {
                file.Faults.Add(map, $"The answer has no place. Add `into:` with a value of `remember:` or a field: `ask: {{ as: {Name(kind)}, into: ... }}`.");
            }

            return null;
        }

        if (kinds.All(KnowsItsPlace))
        {
            file.Faults.Add(node, kinds.Any(IsPreference)
                ? $"The answer to `{Name(kinds.First(IsPreference))}` finds its place by itself. Take `into:` away."
                : "Phone and email go to the profile by themselves. Take `into:` away.");
            return null;
        }

        if (file.Scalar(node, "the name of a value") is not { } scalar)
        {
            return null;
        }

        var isProfile = scalar.Value.StartsWith("profile.", StringComparison.Ordinal);
        var name = isProfile ? scalar.Value["profile.".Length..] : scalar.Value;
        var known = isProfile ? vocabulary.Fields : vocabulary.Remembered;
        if (!known.TryGetValue(name, out var holds))
        {
            if (isProfile && !file.MissesField())
            {
                return null;
            }

            var candidates = vocabulary.Remembered.Keys.Concat(vocabulary.Fields.Keys.Select(f => "profile." + f));
            var suggestion = Suggestion.For(scalar.Value, candidates);
            file.Faults.Add(scalar, suggestion.Length > 0 || isProfile
                ? $"There is no `{FileReader.Short(scalar.Value)}` to keep the answer in.{(suggestion.Length > 0 ? suggestion : " Add it under `fields:` in settings.yaml.")}"
                : $"There is no `{FileReader.Short(scalar.Value)}` to keep the answer in. Add it under `remember:`, or name a field of the profile: `profile.name`.");
            return null;
        }

        if (isProfile && kinds.Any(BookingChecks.IsAboutBooking))
        {
            file.Faults.Add(scalar, "What is to be booked belongs to this conversation. Name a value of `remember:`.");
            return null;
        }

        if (isProfile && name is ProfileFields.Phone or ProfileFields.Email)
        {
            file.Faults.Add(scalar, $"Ask for it `as: {name}`, without `into:`, so that the answer is checked.");
            return null;
        }

        foreach (var kind in kinds.Where(k => !KnowsItsPlace(k) && !Fits(ValueOf(k), holds, isProfile)))
        {
            file.Faults.Add(scalar, $"`{scalar.Value}` holds {Expressions.Kinds.Name(holds)}, and `{Name(kind)}` gives {Expressions.Kinds.Name(ValueOf(kind))}.");
        }

        return new(isProfile, name);
    }

    private static bool Fits(ValueKind answer, ValueKind holds, bool isProfile) =>
        answer == holds || (isProfile && answer == ValueKind.Choice && holds == ValueKind.Text);

    private static (decimal? From, decimal? To) Bounds(YamlNode.Map map, ImmutableArray<AskKind> kinds, FileReader file)
    {
        var isScale = kinds.Contains(AskKind.Scale);
        if (!isScale && !kinds.Contains(AskKind.Number))
        {
            if ((map["from"] ?? map["to"]) is { } node)
            {
                file.Faults.Add(node, "`from:` and `to:` belong to `number` and `scale`.");
            }

            return (null, null);
        }

        var from = map["from"] is { } fromNode ? file.Number(fromNode) : null;
        var to = map["to"] is { } toNode ? file.Number(toNode) : null;
        if (isScale && (map["from"] is null || map["to"] is null))
        {
            file.Faults.Add(map, "A scale needs both ends: `from: 0, to: 10`.");
        }
        else if (from > to || (isScale && from == to))
        {
            file.Faults.Add(map, "`from:` must be below `to:`.");
        }
        else if (isScale && (from % 1 != 0 || to % 1 != 0 || to - from >= LongestScale))
        {
            file.Faults.Add(map, $"A scale has whole numbers, at most {LongestScale} of them. Ask for a `number` instead.");
        }

        return (from, to);
    }

    private static ImmutableArray<ChoiceOption> Options(YamlNode.Map map, ImmutableArray<AskKind> kinds, FileReader file)
    {
        var isChoice = kinds.Contains(AskKind.Choice);
        if (map["of"] is not { } node)
        {
            if (isChoice)
            {
                file.Faults.Add(map, "A choice needs its options: `of: { small: { ru: ..., en: ... } }`.");
            }

            return [];
        }

        if (!isChoice)
        {
            file.Faults.Add(node, "`of:` belongs to `choice`.");
            return [];
        }

        if (file.Map(node, "`of:`") is not { } of)
        {
            return [];
        }

        if (of.Pairs.Length is 0 or > MostOptions)
        {
            file.Faults.Add(node, $"A choice has 1 to {MostOptions} options.");
        }

        var options = ImmutableArray.CreateBuilder<ChoiceOption>();
        foreach (var (key, value) in of.Pairs)
        {
            if (file.Id(key, "the name of an option") is { } id && file.Text(value, file.Around.Vocabulary, TextUse.Label) is { } label)
            {
                if (label.ByLanguage.Values.Any(t => !t.IsConstant))
                {
                    file.Faults.Add(value, "The label of an option is a fixed text, without {{ }}.");
                }

                options.Add(new(id, label));
            }
        }

        return options.ToImmutable();
    }
}
