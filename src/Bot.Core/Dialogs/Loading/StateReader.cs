using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Messages;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads the states of a dialog.</summary>
internal static class StateReader
{
    private static readonly string[] NotBesideCall = ["do", "file", "picture", "say", "buttons", "ask", "if-none", "on-answer", "timeout", "back"];

    public static ImmutableArray<State> ReadAll(YamlNode.Map states, ImmutableArray<string> names, Vocabulary vocabulary, FileReader file)
    {
        var all = ImmutableArray.CreateBuilder<State>();
        foreach (var (key, value) in states.Pairs)
        {
            if (key.Value is "end" or "leave")
            {
                file.Faults.Add(key, $"A state cannot be called `{key.Value}`: it is where a dialog ends.");
            }
            else if (file.Id(key, "the name of a state") is { } id && file.Map(value, Keys.State, "A state") is { } map)
            {
                Order(map, file);
                Combination(map, file);
                all.Add(Read(id, map, names, vocabulary, file));
            }
        }

        return all.ToImmutable();
    }

    private static State Read(string id, YamlNode.Map map, ImmutableArray<string> names, Vocabulary vocabulary, FileReader file)
    {
        var attachment = File(map, vocabulary, file);
        var hasFile = map["file"] is not null || map["picture"] is not null;
        return new(
            id,
            map["skip-if"] is { } skip ? file.Condition(skip, vocabulary) : null,
            map["call"] is { } call ? Dialog(call, "called", file) : null,
            map["if-left"] is { } left ? TargetReader.Read(left, names, file) : null,
            ActionReader.ReadAll(map["do"], names, vocabulary, file, ActionPlace.State),
            attachment,
            map["say"] is { } say ? file.Text(say, vocabulary, hasFile ? TextUse.Caption : TextUse.Message) : null,
            ButtonReader.ReadAll(map["buttons"], names, vocabulary, file),
            map["ask"] is { } ask ? AskReader.Read(ask, vocabulary, file) : null,
            ActionReader.ReadAll(map["on-answer"], names, vocabulary, file, ActionPlace.State),
            map["back"] is not { } back || (file.Flag(back, "`back:`") ?? true),
            TargetReader.Branches(map["goto"], names, vocabulary, file))
        {
            IfNone = map["if-none"] is { } none ? TargetReader.Read(none, names, file) : null,
            Timeout = map["timeout"] is { } timeout ? Timeout(timeout, names, file) : null,
        };
    }

    private static StateTimeout? Timeout(YamlNode node, ImmutableArray<string> names, FileReader file)
    {
        if (file.Map(node, Keys.Timeout, "`timeout:`") is not { } map)
        {
            return null;
        }

        if (map["after"] is not { } afterNode || map["goto"] is not { } to)
        {
            file.Faults.Add(map, "A timeout says after how long, and where to go on: `timeout: { after: 10m, goto: expired }`.");
            return null;
        }

        // Later it would no longer be an answer to what the customer did.
        var after = file.Duration(afterNode, "`after:`", TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        return TargetReader.Read(to, names, file) is { } target && after is { } length ? new(length, target) : null;
    }

    /// <summary>The id of a dialog that another one may bring the customer to.</summary>
    /// <param name="hasBooking">Whether there is a booking at hand, which it is given.</param>
    public static string? Dialog(YamlNode node, string how, FileReader file, bool hasBooking = false)
    {
        if (file.Id(node, "the name of a dialog") is not { } id)
        {
            return null;
        }

        if (!file.Around.Dialogs.TryGetValue(id, out var takes))
        {
            file.Faults.Add(node, $"There is no dialog `{id}`: no file `{id}.yaml`.{Suggestion.For(id, file.Around.Dialogs.Keys)}");
            return null;
        }

        if (takes is not null && !(takes == "booking" && hasBooking))
        {
            file.Faults.Add(node, $"The dialog `{id}` takes a {takes}, which it is not given when it is {how} from here.");
        }

        return id;
    }

    private static void Order(YamlNode.Map map, FileReader file)
    {
        var highest = -1;
        foreach (var (key, _) in map.Pairs)
        {
            var place = Keys.State.Known.IndexOf(key.Value);
            if (place >= 0 && place < highest)
            {
                file.Faults.Add(key, $"`{key.Value}:` stands too late. In a state the keys come in the order in which they take effect: {string.Join(", ", Keys.State.Known)}.");
                return;
            }

            highest = Math.Max(highest, place);
        }
    }

    private static void Combination(YamlNode.Map map, FileReader file)
    {
        void Refuse(string key, bool wrong, string message)
        {
            if (wrong && map.Pairs.FirstOrDefault(p => p.Key.Value == key).Key is { } at)
            {
                file.Faults.Add(at, message);
            }
        }

        var calls = map["call"] is not null;
        foreach (var key in NotBesideCall)
        {
            Refuse(key, calls, $"A state that calls another dialog does nothing else, so `{key}:` has no effect. Put it in a state of its own.");
        }

        Refuse("if-left", !calls, "`if-left:` belongs to `call:`.");
        var waits = map["ask"] is not null || (map["buttons"] as YamlNode.Map)?.Pairs.Any(p => (p.Value as YamlNode.Map)?["goto"] is not null) == true;
        Refuse("timeout", !waits && !calls, "Only a state that waits for an answer can wait too long. Give it an `ask:`, or a button with a `goto:`.");
        Refuse("if-none", map["ask"] is null, "`if-none:` belongs to `ask:`.");
        IfNone(map, file);
        Refuse("on-answer", map["ask"] is null, "`on-answer:` belongs to `ask:`.");
        Refuse("picture", map["file"] is not null, "A message carries one file: either `file:` or `picture:`.");
        Refuse("ask", map["say"] is null, "The question has no text. Add `say:` above it.");
        Refuse("buttons", map["say"] is null && map["file"] is null && map["picture"] is null, "Buttons hang on a message. Add `say:` above them.");
        Refuse("do", map["skip-if"] is not null, "What is under `do:` would not be done when the state is skipped. Put it in a state of its own.");
    }

    private static void IfNone(YamlNode.Map map, FileReader file)
    {
        if ((map["ask"] as YamlNode.Map)?["as"] is not YamlNode.Scalar { Value: var word } kind || !Keys.AskKinds.Known.Contains(word))
        {
            return;
        }

        var mayBeNone = BookingChecks.MayBeNone((AskKind)Keys.AskKinds.Known.IndexOf(word));
        if (map["if-none"] is null && mayBeNone)
        {
            file.Faults.Add(kind, $"There may be nothing to choose from. Add `if-none:` with the state to go to then, below `ask:`.");
        }
        else if (map["if-none"] is { } none && !mayBeNone)
        {
            file.Faults.Add(none, $"`{word}` always has an answer. Take `if-none:` away.");
        }
    }

    private static StateFile? File(YamlNode.Map map, Vocabulary vocabulary, FileReader file)
    {
        if (map["picture"] is { } picture)
        {
            return Attachment(picture, AttachmentKind.Picture, vocabulary, file);
        }

        return map["file"] is { } document ? Attachment(document, AttachmentKind.Document, vocabulary, file) : null;
    }

    private static StateFile? Attachment(YamlNode node, AttachmentKind kind, Vocabulary vocabulary, FileReader file)
    {
        if (node is YamlNode.Scalar { Form: ScalarForm.Plain } scalar && IsExpression(scalar.Value, vocabulary))
        {
            if (file.Expression(node, vocabulary, "a file") is not { } expression)
            {
                return null;
            }

            if (expression.Kind != ValueKind.File)
            {
                file.Faults.Add(node, $"`{FileReader.Short(scalar.Value)}` is {Expressions.Kinds.Name(expression.Kind)}, not a file.");
                return null;
            }

            return new(kind, null, expression);
        }

        return file.FileName(node, kind == AttachmentKind.Picture) is { } name ? new(kind, name, null) : null;
    }

    private static bool IsExpression(string text, Vocabulary vocabulary)
    {
        var first = text.Split('.', '(', ' ')[0];
        return !text.Contains('/', StringComparison.Ordinal) && (Roots.Reserved.Contains(first) || vocabulary.Remembered.ContainsKey(first));
    }
}
