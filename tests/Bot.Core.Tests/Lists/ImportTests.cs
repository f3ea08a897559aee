using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Lists;
using Bot.Core.Profiles;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Lists;

/// <summary>What a row of a list makes of a customer, and what becomes of it when that customer comes.</summary>
public sealed class ImportTests
{
    private const string Agree = "Согласен";
    private static readonly ChatAddress Place = new(ChatAddress.Staff, 0, 77);
    private static readonly IdSource Ids = Some.Ids();

    [Fact]
    public void Somebody_new_is_known_and_agreed_to_nothing_and_can_never_be_written_to()
    {
        var outcome = Import(Snapshot.None, Row(("name", "Анна"), ("phone", "+79991234567")) with { Tags = ["vip"], Note = "любит корицу" });

        var (profile, chat) = (outcome.After.Profile!, outcome.After.Chat!);
        Assert.Equal(new Value.Text("Анна"), profile.Fields["name"]);
        Assert.False(profile.Fields.ContainsKey("phone-verified"));
        Assert.Equal(["vip"], profile.Tags);
        Assert.Equal("import", profile.FirstSource);
        Assert.Empty(profile.Consents);
        Assert.Equal((Place, Some.Now), (chat.Address, chat.BlockedAt!.Value));
        Assert.DoesNotContain(outcome.Effects, effect => effect is Effect.Say or Effect.GiveConsent or Effect.Notify);
        Assert.Contains(new Effect.AddNote(501, "любит корицу"), outcome.Effects);
        Assert.Contains(new Effect.CountRow(9, ImportResult.Added), outcome.Effects);
    }

    [Fact]
    public void A_known_customer_is_added_to_and_what_is_known_already_changes_nothing()
    {
        var known = Import(Snapshot.None, Row(("name", "Анна"), ("phone", "+79991234567"))).After;

        var more = Import(known, Row(("name", "Анна Петрова"), ("city", "Казань")) with { Tags = ["vip"] });
        var same = Import(more.After, Row(("name", "Анна Петрова")) with { Tags = ["vip"] });

        Assert.Equal(known.Profile!.Id, more.After.Profile!.Id);
        Assert.Equal(["+79991234567", "Анна Петрова", "Казань"],
            more.After.Profile.Fields.Values.Select(value => ((Value.Text)value).Content).Order(StringComparer.Ordinal));
        Assert.Contains(new Effect.CountRow(9, ImportResult.Changed), more.Effects);
        Assert.Equal([new Effect.CountRow(9, ImportResult.Same)], same.Effects);
        Assert.Equal(more.After.Profile, same.After.Profile);
    }

    [Fact]
    public void What_a_program_brings_in_counts_into_no_list_and_its_source_is_the_first_of_somebody_new_alone()
    {
        var first = new Request("api:1", "f");
        var added = Run(Snapshot.None, new Input.Imported("api:1", Place, 0, 0, Row(("phone", "+79991234567")), "landing") { Request = first });
        var known = Run(added.After, new Input.Imported("api:2", Place, 0, 0, Row(), "vk") { Request = first });
        var silent = Run(known.After, new Input.Imported("api:3", Place, 0, 0, Row(), "vk") { Request = first });

        var id = added.After.Profile!.Id.Value;
        Assert.Equal(("landing", "landing"), (added.After.Profile.FirstSource, added.After.Profile.LastSource));
        Assert.Equal(("landing", "vk"), (known.After.Profile!.FirstSource, known.After.Profile.LastSource));
        Assert.Contains(new Effect.Respond(first, RequestResult.Done, id), added.Effects);
        Assert.Contains(new Effect.Respond(first, RequestResult.Known, id), known.Effects);
        Assert.Equal([new Effect.Respond(first, RequestResult.Known, id)], silent.Effects);
    }

    [Fact]
    public void A_phone_that_the_customer_confirmed_and_a_consent_that_they_withdrew_stay()
    {
        var customer = new Customer(Some.Shipped);
        GetsTheChecklist(customer);
        customer.Says("/stop");

        customer.Does(new Input.Imported("i1", customer.Address, 501, 9, Row(("phone", "+70000000000"), ("email", "a@example.com"))));

        var profile = customer.Snapshot.Profile!;
        Assert.Equal(new Value.Text("+79991234567"), profile.Fields["phone"]);
        Assert.Equal(new Value.Text("a@example.com"), profile.Fields["email"]);
        Assert.DoesNotContain(profile.Consents, consent => consent.Purpose == Purpose.Marketing);
    }

    [Fact]
    public void Of_a_customer_who_agreed_to_nothing_a_list_brings_no_personal_data()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/start");

        customer.Does(new Input.Imported("i1", customer.Address, 501, 9, Row(("phone", "+70000000000"), ("name", "Анна")) with { Tags = ["vip"] }));

        Assert.Empty(customer.Snapshot.Profile!.Fields);
        Assert.Equal(["vip"], customer.Snapshot.Profile.Tags);
    }

    [Fact]
    public void Who_was_brought_in_is_joined_by_the_contact_that_telegram_vouches_for_and_the_stricter_wish_counts()
    {
        var other = Import(Snapshot.None, Row(("name", "Петрова А."), ("phone", "+79991234567"), ("email", "a@example.com")) with { Tags = ["vip"] }).After.Profile!;
        var customer = new Customer(Some.Shipped)
        {
            BroughtIn = other with { TopicsOff = ["tips"], PausedUntil = Some.Now.AddDays(9), Events = other.Events.SetItem("purchase", new EventStatistics(2, Some.Now.AddYears(-1), Some.Now)) },
        };

        GetsTheChecklist(customer);

        var profile = customer.Snapshot.Profile!;
        Assert.NotEqual(other.Id, profile.Id);
        Assert.Equal(new Value.Text("Анна"), profile.Fields["name"]);
        Assert.Equal(new Value.Text("a@example.com"), profile.Fields["email"]);
        Assert.Contains("vip", profile.Tags);
        Assert.Contains("tips", profile.TopicsOff);
        Assert.Equal(Some.Now.AddDays(9), profile.PausedUntil);
        Assert.Equal(2, profile.Events["purchase"].Count);
        Assert.Equal(new Effect.TakeOver(other.Id), Assert.Single(customer.Effects.OfType<Effect.TakeOver>()));
    }

    [Fact]
    public void A_phone_that_is_typed_attracts_nothing()
    {
        var customer = new Customer(Some.Shipped) { BroughtIn = Import(Snapshot.None, Row(("phone", "+79991234567"), ("email", "a@example.com"))).After.Profile };
        customer.Says("/start guide-vk");
        customer.Presses(Agree);
        customer.Says("Анна");
        customer.Says("+7 999 123-45-67");

        Assert.Empty(customer.Effects.OfType<Effect.TakeOver>());
        Assert.False(customer.Snapshot.Profile!.Fields.ContainsKey("email"));
    }

    [Fact]
    public void The_name_in_telegram_is_kept_as_it_is_now_and_only_while_that_is_agreed_to()
    {
        var customer = new Customer(Some.Shipped) { Username = "anna_p" };
        customer.Says("/start guide-vk");
        Assert.False(customer.Snapshot.Profile!.Fields.ContainsKey(ProfileFields.Telegram));

        customer.Presses(Agree);
        Assert.Equal(new Value.Text("anna_p"), customer.Snapshot.Profile.Fields[ProfileFields.Telegram]);

        customer.Username = "anna_new";
        customer.Says("Анна");
        Assert.Equal(new Value.Text("anna_new"), customer.Snapshot.Profile.Fields[ProfileFields.Telegram]);

        customer.Username = null;
        customer.Says("/menu");
        Assert.False(customer.Snapshot.Profile.Fields.ContainsKey(ProfileFields.Telegram));
    }

    [Theory]
    [InlineData("landing", 1)]
    [InlineData(null, 0)]
    public void Staff_hear_of_somebody_new_who_comes_by_a_form_and_not_of_whom_a_program_brings(string? source, int lines)
    {
        var input = new Input.Imported("api:1", Place, 0, 0, Row(("name", "Анна"), ("phone", "+79991234567")), source) { Request = new Request("api:1", "x") };

        var outcome = Run(Snapshot.None, input);

        Assert.Equal(lines, outcome.Effects.OfType<Effect.Notify>().Count(line => line.Body.Html.Contains("Новый контакт: <b>Анна</b>, +79991234567. Откуда: landing", StringComparison.Ordinal)));
        Assert.Empty(Run(outcome.After, input with { Row = Row(("email", "a@example.com"), ("phone", "+79991234567")) }).Effects.OfType<Effect.Notify>());
    }

    private static void GetsTheChecklist(Customer customer)
    {
        customer.Says("/start guide-vk");
        customer.Presses(Agree);
        customer.Says("Анна");
        customer.SharesContact();
    }

    private static ListRow Row(params (string Name, string Text)[] fields) => new(
        2, null, fields.ToImmutableDictionary(field => field.Name, Value (field) => new Value.Text(field.Text)), [], null);

    private static TurnResult.Outcome Import(Snapshot known, ListRow row) => Run(known, new Input.Imported("i", Place, 501, 9, row));

    private static TurnResult.Outcome Run(Snapshot known, Input input)
    {
        var facts = Facts.None;
        while (Turn.Run(Some.Shipped, known, facts, input, Some.Now, Ids) is TurnResult.Need need)
        {
            facts = new Facts(facts.Answers.SetItems(need.Queries.Select(query => KeyValuePair.Create(query, (Fact?)new Value.Boolean(false)))));
        }

        return (TurnResult.Outcome)Turn.Run(Some.Shipped, known, facts, input, Some.Now, Ids);
    }
}
