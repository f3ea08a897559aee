using System.Globalization;
using System.Text;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;

namespace Bot.Core.Tests.Support;

/// <summary>
/// A conversation as a text that a person can read and a test can replay. Lines with <c>&gt;</c> are the customer's acts:
/// <c>&gt; text</c>, <c>&gt; [button]</c>, <c>&gt; [[key]]</c>, <c>&gt; (contact)</c>, <c>&gt; (contact of another)</c>, <c>&gt; (sticker)</c>,
/// <c>&gt; (block)</c>. Below stands what the bot answers: texts, <c>[buttons]</c>, <c>(file ...)</c>, <c>(notice ...)</c>. Lines with
/// <c>=</c> are what is known in the end. A comment begins with <c>#</c>; <c># language: en</c> and <c># name: Ann</c> set the customer.
/// </summary>
internal static class Transcript
{
    /// <summary>Replays the acts and writes down what came of them, in the same form.</summary>
    public static string Replay(string transcript, Content content)
    {
        var lines = transcript.ReplaceLineEndings("\n").Split('\n');
        var customer = new Customer(content, Setting(lines, "language") ?? "ru", Setting(lines, "name") ?? "Анна");
        var replay = new StringBuilder();
        foreach (var line in lines)
        {
            if (line.StartsWith('#'))
            {
                replay.Append(line).Append('\n');
            }
            else if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                replay.Append('\n').Append(line).Append('\n').Append(Show(Act(customer, line[2..])));
            }
        }

        return replay.Append('\n').Append(Known(customer)).ToString();
    }

    private static string? Setting(string[] lines, string name) =>
        lines.Where(line => line.StartsWith($"# {name}: ", StringComparison.Ordinal)).Select(line => line[(name.Length + 4)..]).FirstOrDefault();

    private static Customer.Seen Act(Customer customer, string act) => act switch
    {
        "(contact)" => customer.SharesContact(),
        "(contact of another)" => customer.SharesContact("79990000001", own: false),
        "(sticker)" => customer.SendsSticker(),
        "(block)" => customer.Blocks(),
        ['[', '[', .. var label, ']', ']'] => customer.Says(label),
        ['[', .. var label, ']'] => customer.Presses(label),
        _ => customer.Says(act),
    };

    private static string Show(Customer.Seen seen)
    {
        var shown = new StringBuilder();
        foreach (var body in seen.Messages)
        {
            if (body.Attachment is { } attachment)
            {
                shown.Append("(file ").Append(attachment.File).Append(")\n");
            }

            if (body.Html.Length > 0)
            {
                shown.Append(body.Html.TrimEnd()).Append('\n');
            }

            shown.Append(Show(body.Keyboard));
        }

        return seen.Notice is null ? shown.ToString() : shown.Append("(notice ").Append(seen.Notice).Append(")\n").ToString();
    }

    private static string Show(Keyboard? keyboard) => keyboard switch
    {
        null => "",
        Keyboard.Inline inline => string.Concat(inline.Rows.Select(row =>
            string.Join(' ', row.Select(button => button.Url is { } url ? $"[{button.Label} -> {url}]" : $"[{button.Label}]")) + "\n")),
        Keyboard.ShareContact share => $"[[{share.Label}]]\n" + string.Concat(share.Others.Select(label => $"[[{label}]]\n")),
        Keyboard.Remove => "(keyboard removed)\n",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Known(Customer customer)
    {
        if (customer.Snapshot.Profile is not { } profile)
        {
            return "= nothing is known\n";
        }

        var known = new StringBuilder();
        foreach (var (name, value) in profile.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            known.Append("= ").Append(name).Append(": ").Append(Plain(value)).Append('\n');
        }

        Append(known, "zone", customer.Snapshot.Chat?.Zone is { } zone ? [zone] : []);
        Append(known, "topics off", profile.TopicsOff);
        Append(known, "tags", profile.Tags);
        Append(known, "consents", profile.Consents.Select(consent => consent.Purpose));
        Append(known, "events", profile.Events.Select(pair => $"{pair.Key} x{pair.Value.Count}"));
        Append(known, "sources", new[] { profile.FirstSource, profile.LastSource }.OfType<string>().Distinct());
        Append(known, "conversation", customer.Snapshot.Conversation is { } open ? [$"{open.Top.Dialog}/{open.Top.State}"] : []);
        return known.ToString();
    }

    private static void Append(StringBuilder known, string what, IEnumerable<string> items)
    {
        var list = string.Join(", ", items.Order(StringComparer.Ordinal));
        if (list.Length > 0)
        {
            known.Append("= ").Append(what).Append(": ").Append(list).Append('\n');
        }
    }

    private static string Plain(Value value) => value switch
    {
        Value.Text text => text.Content,
        Value.Boolean boolean => boolean.Is ? "yes" : "no",
        Value.Date date => date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
