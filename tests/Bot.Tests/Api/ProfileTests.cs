using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Tests.Support;

namespace Bot.Tests.Api;

/// <summary>Customers over the API: who is known by what, what is taken of what is said of them, and that nobody is written to because of it.</summary>
public sealed class ProfileTests : IAsyncLifetime
{
    private static readonly ChatAddress Chat = new(ChatAddress.Telegram, 1000, 42);

    private TestBot _bot = null!;
    private TestApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _bot = TestBot.Create().Start(sends: false);
        _api = await TestApi.StartAsync(_bot);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _bot.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_new_is_kept_as_lists_keep_them_and_agreed_to_nothing()
    {
        var content = SomeContent.ShippedWith(("settings.yaml", yaml => $"{yaml}\nfields: {{ height: number, member: boolean, since: date, seen: moment, shoe: text }}\n"));
        _bot.ContentOrThrow = () => content;

        var answer = await _api.PostAsync("/profiles", """
            {"phone":"8 (999) 123-45-67","email":"Anna@Example.COM","name":" Анна ","birthday":"31.12.1990","city":"казань","tags":["VIP","vip"],"note":"Звонить после 18",
            "fields":{"height":170.5,"member":true,"since":"2020-01-31","seen":"2026-01-01T12:00:00+03:00","shoe":"38"},"source":"landing"}
            """);

        Assert.Equal(201, answer.Status);
        Assert.Equal(
            """{"birthday":"1990-12-31","city":"Казань","email":"Anna@example.com","height":170.5,"member":true,"name":"Анна","phone":"+79991234567","seen":"2026-01-01T09:00:00Z","shoe":"38","since":"2020-01-31"}""",
            answer["fields"]);
        Assert.Equal(("""["vip"]""", "[]", "landing", "landing", "False"),
            (answer["tags"], answer["consents"], answer["first_source"], answer["last_source"], answer["can_be_written_to"]));
        Assert.Equal("""{"balance":0,"usable":0,"tier":"base"}""", answer["points"]);
        Assert.Equal(answer.Body, (await _api.GetAsync($"/profiles/{answer["id"]}")).Body);

        // It counts into no list. Who comes by a form is a lead; the admin chat is not filled with what the owner's own programs know.
        Assert.Equal(0, await _bot.SqlAsync("SELECT count(*) FROM imports"));
        await _api.PostAsync("/profiles", """{"phone":"+79990000001"}""");
        Assert.Contains("Откуда: landing", Assert.Single(_bot.Store.Admin.After(0, 10)).Body.Html, StringComparison.Ordinal);
        Assert.Equal(0, await _bot.SqlAsync("SELECT count(*) FROM outbox"));
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM profile_notes WHERE staff_id = 0 AND text = 'Звонить после 18'"));
    }

    [Fact]
    public async Task A_customer_who_is_known_is_added_to_and_what_is_left_out_stays()
    {
        var first = await _api.PostAsync("/profiles", """{"phone":"+79991234567","name":"Анна","tags":["vip"],"note":"Первая","source":"landing"}""");

        var more = await _api.PostAsync("/profiles", """{"phone":"+79991234567","email":"anna@example.com","name":null,"tags":["cat"],"note":"Первая","source":"vk"}""");
        var byEmail = await _api.PostAsync("/profiles", """{"email":"ANNA@example.com","city":"Казань"}""");

        Assert.Equal((200, 200), (more.Status, byEmail.Status));
        Assert.Equal(first["id"], byEmail["id"]);
        Assert.Equal("""{"city":"Казань","email":"ANNA@example.com","name":"Анна","phone":"+79991234567"}""", byEmail["fields"]);
        Assert.Equal(("""["cat","vip"]""", "landing", "vk"), (byEmail["tags"], byEmail["first_source"], byEmail["last_source"]));
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM profile_notes"));
        Assert.Equal(3, await _bot.SqlAsync("SELECT count(*) FROM events WHERE event = 'imported'"));
        await _api.PostAsync("/profiles", """{"email":"ANNA@example.com","city":"Казань","source":"vk"}""");
        Assert.Equal(3, await _bot.SqlAsync("SELECT count(*) FROM events WHERE event = 'imported'"));
    }

    [Fact]
    public async Task Ten_programs_that_add_one_customer_at_once_add_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _api.PostAsync("/profiles", $$"""{"phone":"+79991234567","tags":["t{{i}}"]}""")));

        Assert.Equal(1, answers.Count(answer => answer.Status == 201));
        Assert.Single(answers.Select(answer => answer["id"]).Distinct());
        Assert.Equal(10, await _bot.SqlAsync("SELECT count(*) FROM profile_tags"));
    }

    [Fact]
    public async Task Nobody_comes_to_anothers_data_by_an_email_or_a_phone_that_they_merely_typed()
    {
        await ComesAsync();
        await _bot.SqlAsync("INSERT INTO profile_fields (profile_id, name, kind, text, folded) SELECT profile_id, 'email', 3, 'anna@example.com', 'anna@example.com' FROM chats WHERE address = 42");
        await _bot.TakeAsync("b1", "/start", chat: 43);
        var stranger = await _bot.SqlAsync("SELECT profile_id FROM chats WHERE address = 43");
        await _bot.SqlAsync($"INSERT INTO profile_fields (profile_id, name, kind, text, folded) VALUES ({stranger}, 'phone', 3, '+79995555555', '+79995555555')");

        // With Anna's email and a phone of their own somebody does not become Anna, whose phone stays.
        var forged = await _api.PostAsync("/profiles", """{"phone":"+79990000000","email":"anna@example.com","name":"Чужой"}""");
        var anna = await _api.GetAsync("/profiles?phone=%2B79991234567");
        Assert.Equal(201, forged.Status);
        Assert.NotEqual(forged["id"], anna["id"]);
        Assert.Equal("Анна", anna.Json.GetProperty("fields").GetProperty("name").GetString());

        // What is said of the real owner of a phone does not go to who typed it into a chat.
        var owner = await _api.PostAsync("/profiles", """{"phone":"+79995555555","name":"Борис"}""");
        Assert.Equal(201, owner.Status);
        Assert.NotEqual(stranger.ToString(System.Globalization.CultureInfo.InvariantCulture), owner["id"]);
        Assert.Equal(owner["id"], (await _api.PostAsync("/purchases", """{"id":"p","customer":{"phone":"+79995555555"},"amount":100}"""))["customer"]);
        Assert.DoesNotContain(_bot.Commits.SelectMany(commit => commit.Messages), message => message.Kind != MessageKind.Reply);
    }

    [Fact]
    public async Task A_form_adds_what_is_not_known_and_replaces_nothing()
    {
        await ComesAsync();

        var anna = await _api.PostAsync("/profiles", """{"phone":"+79991234567","name":"Чужое имя","city":"Казань","source":"landing"}""");

        Assert.Equal(200, anna.Status);
        Assert.Equal(("Анна", "Казань"), (anna.Json.GetProperty("fields").GetProperty("name").GetString(), anna.Json.GetProperty("fields").GetProperty("city").GetString()));
    }

    [Fact]
    public async Task A_visit_that_was_booked_before_the_customer_came_is_reminded_of_where_they_are()
    {
        var brought = await _api.PostAsync("/profiles", """{"phone":"+79991234567"}""");
        await _bot.SqlAsync($"INSERT INTO timers (id, chat_id, due_at, kind, name, subject, marketing, booking_id) SELECT 1, id, 9999999999999, 1, 'visit-reminder', 0, 0, 7 FROM chats WHERE profile_id = {brought["id"]}");
        await _bot.SqlAsync($"INSERT INTO bookings (id, profile_id, chat_id, service, specialist, title, name, start_at, end_at, free_at, state, revision, made_at) SELECT 7, profile_id, id, 'windows', 'irina', 'x', 'y', 9999999999999, 9999999999999, 9999999999999, 0, 0, 0 FROM chats WHERE profile_id = {brought["id"]}");

        await ComesAsync();

        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM timers t JOIN chats c ON c.id = t.chat_id WHERE t.booking_id = 7 AND c.address = 42"));
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM bookings b JOIN chats c ON c.id = b.chat_id WHERE c.address = 42"));
    }

    [Fact]
    public async Task Who_was_brought_in_and_has_come_is_one_customer_under_both_ids()
    {
        var brought = await _api.PostAsync("/profiles", """{"phone":"+79991234567","tags":["vip"],"source":"landing"}""");
        await ComesAsync();

        var known = await _api.GetAsync("/profiles?phone=+79991234567");
        Assert.NotEqual(brought["id"], known["id"]);
        Assert.Equal(known.Body, (await _api.GetAsync($"/profiles/{brought["id"]}")).Body);
        Assert.Equal(("""["guide","vip"]""", "True"), (known["tags"], known["can_be_written_to"]));
        Assert.Equal(["personal-data"], known.Json.GetProperty("consents").EnumerateArray().Select(consent => consent.GetProperty("purpose").GetString()));
        Assert.Equal(201, (await _api.PostAsync("/purchases", $$"""{"id":"p","customer":{"id":"{{brought["id"]}}"},"amount":100}""")).Status);
        Assert.Equal(known["id"], (await _api.GetAsync("/purchases/p"))["customer"]);
    }

    [Fact]
    public async Task A_card_that_is_shown_at_the_till_is_its_customers()
    {
        await ComesAsync();
        await _bot.SqlAsync("INSERT INTO cards (code, profile_id, issued_at) SELECT 'K7QM4XPD', profile_id, 0 FROM chats WHERE address = 42");

        var bought = await _api.PostAsync("/purchases", """{"id":"p","customer":{"card":"k7qm-4xpd"},"amount":3200}""");

        Assert.Equal((201, "160"), (bought.Status, bought["points_earned"]));
        var anna = await _api.GetAsync("/profiles?card=K7QM4XPD");
        Assert.Equal(("""{"balance":160,"usable":160,"tier":"base"}""", """{"count":1,"sum":3200}"""), (anna["points"], anna["purchases"]));
    }

    /// <summary>Anna comes to Telegram, agrees, and shares her phone by Telegram's button.</summary>
    private async Task ComesAsync()
    {
        await _bot.TakeAsync("c1", "/start guide");
        var agree = _bot.Commits.SelectMany(commit => commit.Messages).SelectMany(message => (message.Body.Keyboard as Keyboard.Inline)?.Rows ?? [])
            .SelectMany(row => row).First(button => button.Label == "Согласен");
        await AcceptAsync(new Input.Press("c2", Chat, new Person("Анна", "ru"), agree.Data!, "cb", 1));
        await _bot.TakeAsync("c3", "Анна");
        await AcceptAsync(new Input.Contact("c4", Chat, new Person("Анна", "ru"), "+79991234567", IsOwn: true));
    }

    private Task AcceptAsync(Input input) => _bot.Writer.AcceptAsync([input], TestContext.Current.CancellationToken);
}
