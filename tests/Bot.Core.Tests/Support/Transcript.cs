using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bot.Core.Bookings;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Sequences;

namespace Bot.Core.Tests.Support;

/// <summary>
/// A conversation as a text that a person can read and a test can replay. Lines with <c>&gt;</c> are the customer's acts:
/// <c>&gt; text</c>, <c>&gt; [button]</c>, <c>&gt; [[key]]</c>, <c>&gt; (contact)</c>, <c>&gt; (contact of another)</c>, <c>&gt; (sticker)</c>,
/// <c>&gt; (block)</c>, <c>&gt; (staff: text)</c>, <c>&gt; (visit done)</c>, <c>&gt; (staff close)</c>, <c>&gt; (waits 3d)</c>, <c>&gt; (event booking.created)</c>, <c>&gt; (buys 1500)</c>,
/// <c>&gt; (buys 1500 with 300)</c>, <c>&gt; (refund 500)</c>, <c>&gt; (redeem CODE1)</c>. Below stands what the bot answers: texts, <c>[buttons]</c>, <c>(file ...)</c>, <c>(notice ...)</c>, <c>(staff see: ...)</c>; what it says
/// of its own accord has the customer's time above it: <c>(24 Nov 15:15)</c>. Lines with
/// <c>=</c> are what is known in the end. A comment begins with <c>#</c>; <c># language: en</c> and <c># name: Ann</c> set the customer.
/// </summary>
internal static partial class Transcript
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
                replay.Append('\n').Append(line).Append('\n').Append(Show(customer, line[2..]));
            }
        }

        return replay.Append('\n').Append(Known(customer)).ToString();
    }

    private static string? Setting(string[] lines, string name) =>
        lines.Where(line => line.StartsWith($"# {name}: ", StringComparison.Ordinal)).Select(line => line[(name.Length + 4)..]).FirstOrDefault();

    private static string Show(Customer customer, string act) => Waiting().Match(act) is { Success: true } wait
        ? string.Concat(customer.Waits(TimeOf(wait)).Select(heard => $"({Local(heard.At, customer)})\n{Show(heard.Body)}"))
        : Show(Act(customer, act));

    private static TimeSpan TimeOf(Match wait) => wait.Groups["unit"].Value switch
    {
        "m" => TimeSpan.FromMinutes(Number(wait)),
        "h" => TimeSpan.FromHours(Number(wait)),
        _ => TimeSpan.FromDays(Number(wait)),
    };

    private static int Number(Match match) => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);

    private static string Local(DateTimeOffset at, Customer customer) =>
        TimeZoneInfo.ConvertTime(at, customer.Zone).ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    private static Customer.Seen Act(Customer customer, string act) => act switch
    {
        ['(', 'e', 'v', 'e', 'n', 't', ' ', .. var name, ')'] => customer.Meets(name),
        ['(', 'b', 'u', 'y', 's', ' ', .. var amount, ')'] => Buys(customer, amount.Split(" with ")),
        ['(', 'r', 'e', 'f', 'u', 'n', 'd', ' ', .. var amount, ')'] => customer.IsRefunded(decimal.Parse(amount, CultureInfo.InvariantCulture)),
        ['(', 'r', 'e', 'd', 'e', 'e', 'm', ' ', .. var code, ')'] => customer.Redeems(code),
        "(visit arrived)" => customer.IsTreated(BookingAct.Arrive),
        "(visit done)" => customer.IsTreated(BookingAct.Complete),
        "(visit no-show)" => customer.IsTreated(BookingAct.Miss),
        "(visit cancel)" => customer.IsTreated(BookingAct.Cancel),
        "(contact)" => customer.SharesContact(),
        "(contact of another)" => customer.SharesContact("79990000001", own: false),
        "(sticker)" => customer.SendsSticker(),
        "(block)" => customer.Blocks(),
        ['(', 's', 't', 'a', 'f', 'f', ':', ' ', .. var text, ')'] => customer.IsWritten(text),
        "(staff close)" => customer.IsClosed(),
        ['[', '[', .. var label, ']', ']'] => customer.Says(label),
        ['[', .. var label, ']'] => customer.Presses(label),
        _ => customer.Says(act),
    };

    private static Customer.Seen Buys(Customer customer, string[] how) =>
        customer.Buys(decimal.Parse(how[0], CultureInfo.InvariantCulture), how.Length > 1 ? long.Parse(how[1], CultureInfo.InvariantCulture) : 0);

    private static string Show(Customer.Seen seen)
    {
        var shown = new StringBuilder().AppendJoin("", seen.Messages.Select(Show))
            .AppendJoin("", seen.Staff.Select(line => $"(staff see: {Ids().Replace(line.Body.Html, "ID")})\n"));
        return seen.Notice is null ? shown.ToString() : shown.Append("(notice ").Append(seen.Notice).Append(")\n").ToString();
    }

    private static string Show(Body body) =>
        (body.Attachment is { } attachment ? $"(file {attachment.File}{(attachment is { Kind: AttachmentKind.Picture, Content: { } code } ? $": {code} as a QR code" : "")})\n" : "")
        + (body.Html.Length > 0 ? $"{body.Html.TrimEnd()}\n" : "")
        + Show(body.Keyboard);

    private static string Show(Keyboard? keyboard) => keyboard switch
    {
        null => "",
        Keyboard.Inline inline => string.Concat(inline.Rows.Select(row =>
            string.Join(' ', row.Select(button => button switch
            {
                { Url: { } url } => $"[{button.Label} -> {url}]",
                { Copy: { } copy } => $"[{button.Label} = {copy}]",
                _ => $"[{button.Label}]",
            })) + "\n")),
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
        Append(known, "visits", profile.Bookings.Values.Select(booking => $"{booking.Service} {booking.Specialist} {Local(booking.Start, customer)} {booking.State.Name()}"));
        Append(known, "sequences", profile.Sequences.Values.Select(run => $"{run.Sequence}/{run.Step}{(run.End is { } end ? $" {Word(end)}" : "")}"));
        Append(known, "conversation", customer.Snapshot.Conversation is { } open ? [$"{open.Top.Dialog}/{open.Top.State}"] : []);
        return known.ToString();
    }

    private static string Word(SequenceEnd end) => end.ToString().ToLowerInvariant();

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
        Value.Date date => date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Value.Boolean boolean => boolean.Is ? "yes" : "no",
        _ => value.ToString(),
    };

    [GeneratedRegex(@"\b\d{15,}\b")]
    private static partial Regex Ids();

    [GeneratedRegex(@"^\(waits (?<number>\d+)(?<unit>[mhd])\)$")]
    private static partial Regex Waiting();
}
