using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Conversations;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Turns;

namespace Bot.Storage.Tests.Support;

/// <summary>Things that a test needs and does not care about.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly ImmutableArray<Value> ValueOfEachKind =
    [
        new Value.Boolean(true),
        new Value.Boolean(false),
        new Value.Number(-12.3456m),
        new Value.Number(900_000_000_000m),
        new Value.Text("Ёлка  «Привет» 👩‍👩‍👧 \"q\" <b>&\n"),
        new Value.Text(""),
        new Value.Text("before\0after" + new string('ж', 600)),
        new Value.Date(new DateOnly(2028, 2, 29)),
        new Value.Moment(Noon.AddMilliseconds(7)),
        new Value.Duration(TimeSpan.FromMilliseconds(-90_500)),
        new Value.Choice("red"),
        new Value.File("чек-лист.pdf"),
        new Value.Magnet("guide"),
        new Value.Service("windows"),
        new Value.Specialist("irina"),
        new Value.Booking(new BookingId(long.MaxValue)),
    ];

    public static ChatAddress Address(long number = 1) => new(ChatAddress.Telegram, 1000, number);

    public static Input Message(string key = "telegram:1000:1", long chat = 1, string text = "Здравствуйте") =>
        new Input.Message(key, Address(chat), new Person("Аня", "ru"), text);

    public static Snapshot NewCustomer(Store store, long address = 1)
    {
        var profile = Profile.New(new ProfileId(store.Ids.Next()), Noon);
        return new Snapshot(profile, new Chat(new ChatId(store.Ids.Next()), profile.Id, Address(address), "ru"), null);
    }

    public static Conversation Conversation(Store store, string dialog = "lead-magnet", string state = "contact") => new(
        new ConversationId(store.Ids.Next()),
        "rev-1",
        Step: 3,
        [new Frame(dialog, state, ImmutableDictionary<string, Value>.Empty.Add("city", new Value.Text("Казань")), ["start"])],
        [new Offer(OfferKind.Button, "yes"), new Offer(OfferKind.Back, "")],
        Attempts: 1,
        Noon,
        Noon.AddMinutes(1));

    public static Effect.Say Say(string html = "<b>Привет</b>", MessageKind kind = MessageKind.Reply) => new(
        kind,
        "conversation:1",
        "lead-magnet/contact",
        new Body(html, null, new Keyboard.Inline(
            [[new InlineButton("Да", "c.1.1.0"), new InlineButton("Сайт", null, "https://example.org/")]])));

    public static TurnResult.Outcome Outcome(Snapshot after, params Effect[] effects) => new(after, [.. effects]);

    /// <summary>A value of each kind by a name of its own.</summary>
    public static ImmutableDictionary<string, Value> Values() =>
        ValueOfEachKind.Select((value, n) => KeyValuePair.Create($"value-{n}", value)).ToImmutableDictionary();
}
