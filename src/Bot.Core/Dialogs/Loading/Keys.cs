using System.Collections.Immutable;
using Bot.Core.Cases;

namespace Bot.Core.Dialogs.Loading;

/// <summary>The keys that a map in a content file may have.</summary>
/// <param name="Known">In the order in which they are listed to people; for a state also the order in which they must stand.</param>
/// <param name="Later">What the grammar has and this version does not.</param>
internal sealed record KeySet(ImmutableArray<string> Known, ImmutableArray<string> Later);

/// <summary>All keys of all content files, in one place.</summary>
internal static class Keys
{
    /// <summary>What later versions will have in several places.</summary>
    private static readonly ImmutableArray<string> Later = ["automations", "booking", "broadcasts", "points", "segments", "services", "specialists"];

    public static readonly KeySet Dialog = new(["dialog", "about", "takes", "opens", "remember", "states", "silence", "moved"], Later);

    public static readonly KeySet Opening = new(["menu", "keyword", "link", "command", "button", "takes", "if", "at", "with"], ["event"]);

    public static readonly KeySet With = new(["magnet"], []);

    public static readonly KeySet State = new(
        ["skip-if", "call", "if-left", "do", "file", "picture", "say", "buttons", "ask", "if-none", "on-answer", "timeout", "back", "goto"],
        Later);

    public static readonly KeySet Timeout = new(["after", "goto"], []);

    public static readonly KeySet Button = new(["label", "if", "do", "goto", "open", "url"], []);

    public static readonly KeySet Ask = new(["as", "into", "from", "to", "of", "any", "skip"], []);

    public static readonly KeySet Branch = new(["if", "to"], []);

    /// <summary>What a dialog does about visits, in a conversation with a customer.</summary>
    public static readonly ImmutableArray<string> Booking = ["hold", "book", "into", "if-taken", "release", "confirm", "cancel"];

    public static readonly KeySet Action = new(
        ["consent", "withdraw", "set", "tag", "untag", "record", "case", "with", "start", "stop", "points", "code", .. Booking],
        ["open", "notify"]);

    /// <summary>What stands beside an action and is none itself.</summary>
    public static readonly ImmutableArray<string> BesideAction = ["with", "into", "if-taken"];

    /// <summary>Actions that are one word.</summary>
    public static readonly KeySet WordAction = new(["talk-to-person", "unsubscribe", "pause-marketing", "erase-data"], Action.Later);

    public static readonly KeySet Points = new(["add"], ["spend"]);

    public static readonly KeySet Code = new(["percent", "amount", "valid", "into"], []);

    /// <summary>What staff can be given to see to.</summary>
    public static readonly KeySet CaseKinds = new([CaseKind.Feedback], []);

    public static readonly KeySet Case = new(["score", "words"], []);

    public static readonly KeySet Silence = new(["after", "say", "if"], []);

    public static readonly KeySet Settings = new(
        ["business", "zone", "currency", "languages", "magnets", "consents", "fields", "topics", "reasons", "quiet", "late", "talk", "feedback", "erasure", "digest", "events"],
        Later);

    public static readonly KeySet Quiet = new(["from", "to"], []);

    public static readonly KeySet Digest = new(["every", "at"], []);

    public static readonly KeySet Weekdays = new(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], []);

    public static readonly KeySet Late = new(["marketing"], []);

    public static readonly KeySet Talk = new(["close-after"], []);

    public static readonly KeySet Feedback = new(["due"], []);

    public static readonly KeySet Erasure = new(["after"], []);

    public static readonly KeySet Business = new(["name", "phone", "address", "policy", "review"], []);

    public static readonly KeySet Magnet = new(["title", "file"], []);

    public static readonly KeySet Consent = new(["required"], []);

    public static readonly KeySet Menu = new(["menu"], []);

    /// <summary>What a question may be answered with.</summary>
    public static readonly KeySet AskKinds = new(
        ["text", "name", "email", "phone", "contact", "number", "date", "scale", "choice", "language", "city", "topics",
            "service", "specialist", "free-day", "free-time", "my-booking"],
        []);

    public static readonly KeySet Takes = new(["magnet", "booking"], ["purchase", "profile"]);

    public static readonly KeySet Remember = new(["text", "number", "date", "moment", "choice", "service", "specialist", "booking"], []);

    public static readonly KeySet Fields = new(["text", "number", "date", "moment", "boolean"], []);

    public static readonly KeySet Automations = new(["sequences", "automations"], []);

    public static readonly KeySet Sequence = new(["kind", "topic", "for", "ends-when", "again-after", "enabled", "steps"], []);

    public static readonly KeySet Step = new(["after", "if", "do", "say", "open", "buttons"], []);

    public static readonly KeySet Automation = new(
        ["event", "after", "before", "every", "at", "for", "kind", "topic", "do", "say", "open", "buttons", "again-after", "enabled"], []);

    /// <summary>The kinds of what the bot says of its own accord.</summary>
    public static readonly KeySet MessageKinds = new(["service", "marketing"], []);

    /// <summary>On which days an automation is due; in the order of <c>DayRule</c>.</summary>
    public static readonly KeySet Days = new(
        ["day", "weekday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], []);

    /// <summary>Files of the grammar that this version does not read.</summary>
    public static readonly ImmutableArray<string> LaterFiles = [];

    public static readonly KeySet Services = new(
        ["address", "days", "notice", "step", "hold", "at-most", "hours", "breaks", "holidays", "services", "specialists"], []);

    public static readonly KeySet Service = new(["title", "duration", "buffer", "price", "specialists"], []);

    public static readonly KeySet Specialist = new(["name", "contact", "address", "hours", "breaks", "away"], []);

    public static readonly KeySet Segments = new(["segments", "caps"], []);

    public static readonly KeySet Segment = new(["name", "for"], []);

    public static readonly KeySet Cap = new(["for", "at-most", "in"], []);

    public static readonly KeySet Loyalty = new(["tiers", "window", "redeem", "expires", "warning", "pending"], []);

    public static readonly KeySet Tier = new(["name", "from", "rate"], []);

    /// <summary>Commands that the engine answers itself.</summary>
    public static readonly ImmutableArray<string> BuiltInCommands = ["start", "menu", "help", "language", "stop", "mydata", "talk"];
}
