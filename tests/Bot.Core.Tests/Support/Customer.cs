using System.Globalization;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Support;

/// <summary>A customer in memory: does things, and sees what the bot answers. What a turn leaves is what the next one starts from.</summary>
internal sealed class Customer(Content content, string language = "ru", string firstName = "Анна", long chat = 42)
{
    private readonly ManualClock _clock = new(Some.Now);
    private readonly List<Sight> _screen = [];
    private IdSource? _ids;
    private int _inputs;

    /// <summary>What the bot knows by now.</summary>
    public Snapshot Snapshot { get; private set; } = Snapshot.None;

    /// <summary>The content, which may be replaced in the middle of a conversation.</summary>
    public Content Content { get; set; } = content;

    /// <summary>Everything that was asked for, over all turns.</summary>
    public List<Effect> Effects { get; } = [];

    public ChatAddress Address { get; } = new(ChatAddress.Telegram, 1000, chat);

    /// <summary>A message on the customer's screen.</summary>
    public sealed record Sight(long Id, Body Body);

    /// <summary>What one act brought.</summary>
    public sealed record Seen(IReadOnlyList<Body> Messages, string? Notice)
    {
        public string Text => string.Join('\n', Messages.Select(body => body.Html));
    }

    public void Waits(TimeSpan time) => _clock.Advance(time);

    public Seen Says(string text) => Does(new Input.Message(Key(), Address, From, text));

    public Seen SharesContact(string phone = "79991234567", bool own = true) => Does(new Input.Contact(Key(), Address, From, phone, own));

    public Seen SendsSticker() => Does(new Input.Unsupported(Key(), Address, From));

    public Seen Blocks() => Does(new Input.Blocked(Key(), Address));

    /// <summary>Presses the newest button with this label.</summary>
    public Seen Presses(string label)
    {
        foreach (var sight in Enumerable.Reverse(_screen))
        {
            var button = (sight.Body.Keyboard as Keyboard.Inline)?.Rows.SelectMany(row => row).FirstOrDefault(b => b.Label == label && b.Data is not null);
            if (button is not null)
            {
                return PressesData(button.Data!, sight.Id);
            }
        }

        throw new InvalidOperationException($"There is no button [{label}] on the screen.");
    }

    public Seen PressesData(string data, long message = 1) => Does(new Input.Press(Key(), Address, From, data, "callback", message));

    /// <summary>The data of the newest button with this label.</summary>
    public string DataOf(string label) => _screen.Select(sight => sight.Body.Keyboard).OfType<Keyboard.Inline>()
        .SelectMany(keyboard => keyboard.Rows).SelectMany(row => row).Last(button => button.Label == label).Data!;

    /// <summary>Runs the turn of an input and keeps what it leaves.</summary>
    public Seen Does(Input input)
    {
        _clock.Advance(TimeSpan.FromSeconds(20));
        _ids ??= new IdSource(_clock);
        var result = Turn.Run(Content, Snapshot, Facts.None, input, _clock.GetUtcNow(), _ids);
        var outcome = (TurnResult.Outcome)result;
        Snapshot = outcome.After;
        Effects.AddRange(outcome.Effects);
        var bodies = outcome.Effects.OfType<Effect.Say>().Select(say => say.Body).ToList();
        foreach (var body in bodies)
        {
            _screen.Add(new Sight(_screen.Count + 1, body));
        }

        return new Seen(bodies, outcome.Effects.OfType<Effect.Acknowledge>().SingleOrDefault()?.Acknowledgement.Notice);
    }

    private Person From => new(firstName, language);

    private string Key() => string.Create(CultureInfo.InvariantCulture, $"telegram:1000:{++_inputs}");
}
