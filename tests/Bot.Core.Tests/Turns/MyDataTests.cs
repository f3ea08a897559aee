using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Turns;

public sealed class MyDataTests
{
    private const string Export = """{"profiles":[]}""";
    private static readonly IdSource Ids = Some.Ids();

    [Theory]
    [InlineData("/mydata")]
    [InlineData("Мои данные")]
    [InlineData("my data")]
    public void A_customer_is_told_what_is_kept_and_given_all_of_it_as_a_file(string words)
    {
        var outcome = Ask(Customer(), words);

        var say = Assert.Single(outcome.Effects.OfType<Effect.Say>());
        Assert.Equal(MessageKind.Reply, say.Kind);
        Assert.Equal(new Attachment(AttachmentKind.Document, "mydata.json", Export), say.Body.Attachment);
        foreach (var known in (string[])
            ["Имя: O&lt;b&gt;", "Телефон: +79991234567", "Почта: —", "День рождения: 24\u00a0мая 1990", "Другие сведения: vip ✓; visits: 3,5",
            "хранить контакты: 1\u00a0ноября", "на рассылку: нет", "Отключённые темы: promo", "до: 5\u00a0декабря", "Знакомы с: 1\u00a0октября, откуда: vk",
            "Покупок: 2"])
        {
            Assert.Contains(known, say.Body.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void In_English_too()
    {
        var customer = Customer();

        var outcome = Ask(customer with { Chat = customer.Chat! with { Language = "en" } });

        Assert.Contains("Phone: +79991234567", Assert.Single(outcome.Effects.OfType<Effect.Say>()).Body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_and_the_file_both_arrive_when_the_text_is_too_long_for_a_caption()
    {
        var customer = Customer();
        var wordy = customer with
        {
            Profile = customer.Profile! with { Fields = customer.Profile.Fields.Add("story", new Value.Text(new string('я', 5_000) + "END")) },
        };

        var says = Ask(wordy).Effects.OfType<Effect.Say>().ToList();

        Assert.Equal(Export, says[0].Body.Attachment!.Content);
        Assert.All(says.Skip(1), say => Assert.Null(say.Body.Attachment));
        Assert.All(says, say => Assert.InRange(Html.Length(say.Body.Html), 0, Html.MaxText));
        Assert.Contains("END", string.Concat(says.Select(say => say.Body.Html)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_asked_for_again_at_once_is_not_made_again()
    {
        var first = Ask(Customer());

        var again = Ask(first.After, seconds: 59);
        var later = Ask(first.After, seconds: 60);

        Assert.Null(Assert.Single(again.Effects.OfType<Effect.Say>()).Body.Attachment);
        Assert.DoesNotContain(again.Effects, effect => effect is Effect.Record);
        Assert.NotNull(Assert.Single(later.Effects.OfType<Effect.Say>()).Body.Attachment);
    }

    [Fact]
    public void A_customer_of_whom_nothing_is_known_gets_an_answer_as_well()
    {
        var outcome = Ask(Snapshot.None);

        Assert.NotNull(Assert.Single(outcome.Effects.OfType<Effect.Say>()).Body.Attachment);
        Assert.Equal(1, outcome.After.Profile!.Events[BuiltInEvents.DataExported].Count);
    }

    private static Snapshot Customer()
    {
        var (profile, chat) = (new ProfileId(1), new ChatId(2));
        return new Snapshot(
            Profile.New(profile, new DateTimeOffset(2026, 10, 1, 9, 0, 0, TimeSpan.Zero)) with
            {
                FirstSource = "vk",
                Fields = new Dictionary<string, Value>
                {
                    ["name"] = new Value.Text("O<b>"),
                    ["phone"] = new Value.Text("+79991234567"),
                    ["birthday"] = new Value.Date(new DateOnly(1990, 5, 24)),
                    ["visits"] = new Value.Number(3.5m),
                    ["vip"] = new Value.Boolean(true),
                }.ToImmutableDictionary(),
                Consents = [new ConsentInForce(Purpose.PersonalData, chat)],
                TopicsOff = ["promo"],
                PausedUntil = new DateTimeOffset(2026, 12, 5, 9, 0, 0, TimeSpan.Zero),
                Events = ImmutableDictionary<string, EventStatistics>.Empty.Add(BuiltInEvents.Purchase, new(2, Some.Now, Some.Now)),
            },
            new Chat(chat, profile, Some.Address, "ru"),
            null);
    }

    /// <summary>Runs the turn as often as it asks for facts, and answers them.</summary>
    private static TurnResult.Outcome Ask(Snapshot before, string words = "/mydata", int seconds = 0)
    {
        var input = new Input.Message("telegram:1000:1", Some.Address, new Person("Анна", "ru"), words);
        var facts = Facts.None;
        while (true)
        {
            switch (Turn.Run(Some.Shipped, before, facts, input, Some.Now.AddSeconds(seconds), Ids))
            {
                case TurnResult.Outcome outcome:
                    return outcome;
                case TurnResult.Need need:
                    facts = new Facts(facts.Answers.AddRange(need.Queries.Select(query => KeyValuePair.Create(query, Answer(query)))));
                    break;
            }
        }
    }

    private static Fact? Answer(Query query) => query switch
    {
        Query.Export => new Value.Text(Export),
        Query.ConsentGiven { Purpose: Purpose.PersonalData } => new Value.Moment(new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero)),
        _ => throw new InvalidOperationException($"{query} is of no use here."),
    };
}
