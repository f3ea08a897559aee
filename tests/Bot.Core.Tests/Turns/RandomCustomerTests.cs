using System.Text;
using System.Text.Json;
using Bot.Core.Conversations;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Core.Tests.Turns;

/// <summary>Whatever a customer does, in whatever order.</summary>
public sealed class RandomCustomerTests
{
    private static readonly string[] Texts =
    [
        "", " ", "Анна", "🦄🌸", "ann@example.com", "+79991234567", "/start guide-vk", "/start", "/menu", "/help", "/stop", "/language", "/nope",
        "/start " + new string('x', 64), "/start <b>&", "гайд", "checklist", "<b>&amp;", "{{ token }}", new string('я', 10_000), "\ud83d",
        "\u202Eمرحبا", "c.1.1.1", "a\0b", "‹ Назад", "/settings", "Казань", "Атлантида", "24.05.1990", "English", "Согласен", "Не сейчас", "=HYPERLINK(1)", "-1", "1e400",
    ];

    private static readonly string[] Data =
    [
        "", "a.menu", "a.open.lead-magnet.2", "a.open.preferences.0", "a.pause", "a.open.contact", "a.open.nothing.1", "a.language.en", "a.language.xx", "c.1.1.0", new string('d', 64),
    ];

    private static readonly Gen<Act> Acts = Gen.OneOf(
        Gen.Elements(Texts).Select(text => new Act("text", text)),
        ArbMap.Default.GeneratorFor<string>().Where(text => text is not null).Select(text => new Act("text", text)),
        Gen.Choose(0, 6).Select(button => new Act("offer", button.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        Gen.Choose(0, 6).Select(button => new Act("offer", button.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        Gen.Elements(Data).Select(data => new Act("press", data)),
        Gen.Elements("79991234567", "", "not a phone").Select(phone => new Act("contact", phone)),
        Gen.Elements("other", "block", "unblock", "foreign").Select(kind => new Act(kind, "")));

    public sealed record Act(string Kind, string What);

    [Fact]
    public void Nothing_throws_and_every_conversation_stands_in_a_state_that_waits() => ForAnyActs((before, result) =>
    {
        var outcome = Assert.IsType<TurnResult.Outcome>(result);
        if (outcome.After.Conversation is not { } conversation)
        {
            return;
        }

        Assert.InRange(conversation.Frames.Length, 1, 1 + Conversation.MaxCalls);
        Assert.True(Some.Shipped.Dialogs[conversation.Top.Dialog].Find(conversation.Top.State)!.Waits);
        Assert.All(conversation.Frames, frame => Assert.InRange(frame.Trail.Length, 0, Frame.MaxTrail));
        Assert.All(conversation.Frames[..^1], frame => Assert.NotNull(Some.Shipped.Dialogs[frame.Dialog].Find(frame.State)!.Call));
    });

    [Fact]
    public void Nothing_is_said_that_Telegram_would_refuse() => ForAnyActs((_, result) =>
        Assert.All(((TurnResult.Outcome)result).Effects.OfType<Effect.Say>(), say => AssertSendable(say.Body)));

    [Fact]
    public void A_turn_is_pure() => ForAnyActs((turn, result) =>
        Assert.Equal(Print(result), Print(ResultOf(turn))));

    [Fact]
    public void No_name_and_no_contact_is_kept_without_the_consent() => ForAnyActs((_, result) =>
    {
        if (((TurnResult.Outcome)result).After.Profile is { } profile && !profile.Consents.Any(consent => consent.Purpose == "personal-data"))
        {
            Assert.Empty(profile.Fields);
        }
    });

    [Fact]
    public void Every_act_of_the_customer_is_answered() => ForAnyActs((turn, result) =>
    {
        var effects = ((TurnResult.Outcome)result).Effects;
        if (turn.Input is Input.Message or Input.Contact or Input.Unsupported)
        {
            Assert.Contains(effects, effect => effect is Effect.Say);
        }
        else if (turn.Input is Input.Press)
        {
            Assert.Single(effects, effect => effect is Effect.Acknowledge);
        }
    });

    private sealed record Run(Snapshot Before, Input Input, DateTimeOffset Now, Func<IdSource> Ids);

    private static void ForAnyActs(Action<Run, TurnResult> check) => Prop.ForAll(
        Acts.ListOf().Resize(30).ToArbitrary(),
        acts =>
        {
            var snapshot = Snapshot.None;
            var now = Some.Now;
            var number = 0;
            foreach (var act in acts)
            {
                now += TimeSpan.FromSeconds(7);
                var input = InputOf(act, snapshot, $"telegram:1000:{++number}");
                var at = now;
                var turn = new Run(snapshot, input, now, () => Some.Ids(at));
                var result = ResultOf(turn);
                check(turn, result);
                snapshot = ((TurnResult.Outcome)result).After;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    /// <summary>Nobody was brought in by staff here.</summary>
    private static TurnResult ResultOf(Run turn)
    {
        var facts = Facts.None;
        TurnResult result;
        while ((result = Turn.Run(Some.Shipped, turn.Before, facts, turn.Input, turn.Now, turn.Ids())) is TurnResult.Need need
            && need.Queries.All(query => query is Query.BroughtIn))
        {
            facts = new Facts(facts.Answers.SetItems(need.Queries.Select(query => KeyValuePair.Create(query, (Fact?)null))));
        }

        return result;
    }

    private static Input InputOf(Act act, Snapshot snapshot, string key)
    {
        var from = new Person("Анна", "ru");
        return act.Kind switch
        {
            "text" => new Input.Message(key, Some.Address, from, act.What),
            "press" => new Input.Press(key, Some.Address, from, act.What, "callback", 1),
            "offer" => new Input.Press(key, Some.Address, from, snapshot.Conversation is { } open ? $"c.{open.Id.Value}.{open.Step}.{act.What}" : "a.menu", "callback", 1),
            "contact" => new Input.Contact(key, Some.Address, from, act.What, IsOwn: true),
            "foreign" => new Input.Contact(key, Some.Address, from, "79990000000", IsOwn: false),
            "block" => new Input.Blocked(key, Some.Address),
            "unblock" => new Input.Unblocked(key, Some.Address),
            _ => new Input.Unsupported(key, Some.Address, from),
        };
    }

    private static void AssertSendable(Body body)
    {
        Assert.InRange(Html.Length(body.Html), body.Attachment is null ? 1 : 0, body.Attachment is null ? Html.MaxText : Html.MaxCaption);
        Assert.False(body.Attachment is null && Html.IsBlank(body.Html));
        if (body.Keyboard is Keyboard.Inline inline)
        {
            Assert.All(inline.Rows, row => Assert.InRange(row.Length, 1, 8));
            Assert.All(inline.Rows.SelectMany(row => row), button =>
            {
                Assert.NotEmpty(button.Label.Trim());
                Assert.NotEqual(button.Data is null, button.Url is null);
                Assert.InRange(Encoding.UTF8.GetByteCount(button.Data ?? "x"), 1, 64);
            });
        }
    }

    private static string Print(TurnResult result)
    {
        var outcome = (TurnResult.Outcome)result;
        var after = outcome.After;
        return JsonSerializer.Serialize(new
        {
            after.Chat,
            Fields = after.Profile?.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.ToString()),
            Tags = after.Profile?.Tags.Order(StringComparer.Ordinal),
            Consents = after.Profile?.Consents.Select(consent => consent.ToString()).Order(StringComparer.Ordinal),
            Events = after.Profile?.Events.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.ToString()),
            Conversation = after.Conversation is { } conversation
                ? $"{conversation.Id} {conversation.Step} {conversation.Attempts} {string.Join(' ', conversation.Offers)} "
                    + string.Join(' ', conversation.Frames.Select(frame => $"{frame.Dialog}/{frame.State} {string.Join(',', frame.Trail)}"))
                : null,
            Effects = outcome.Effects.Select(effect => effect is Effect.Say say
                ? $"{say.Cause} {say.Template} {say.Body.Html} {say.Body.Attachment} {Labels(say.Body.Keyboard)}"
                : effect is Effect.Record record ? $"{record.Event} {string.Join(',', record.With)}" : effect.ToString()),
        });
    }

    private static string Labels(Keyboard? keyboard) => keyboard is Keyboard.Inline inline
        ? string.Join(' ', inline.Rows.SelectMany(row => row).Select(button => $"{button.Label}={button.Data}{button.Url}"))
        : keyboard?.GetType().Name ?? "";
}
