using System.Text.Json;
using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>What comes in twice, late, out of order, or is not what was asked for.</summary>
public class InputTests : BotTest
{
    private const string ForeignButton = "0123456789012345678901234567890123456789012345678901234567890123";

    [Fact]
    public async Task Case_13_The_same_update_ten_times_at_once_has_one_effect_and_one_reply()
    {
        await RunAsync();
        Server.Bot().SetNextUpdateId(77_001);
        Server.Bot().PushRaw(Message(77_000, chat: 1, "/start guide"), 77_000, chat: 1, copies: 10);

        await Chat(1).ReceivesAsync(Customer.Asked, Eventually.Patience);
        await Chat(1).IsAnsweredAsync("/menu", Customer.Menu);

        Assert.Single(Chat(1).Texts(), static text => text.Contains(Customer.Asked, StringComparison.Ordinal));
        Assert.Equal(1, Database.Number("SELECT count(*) FROM events WHERE event = 'link.opened'"));
    }

    [Fact]
    public async Task Case_14_One_button_tapped_five_times_has_one_effect_and_later_taps_get_a_short_answer_only()
    {
        await RunAsync();
        Chat(1).Says("/start guide");
        await Chat(1).ReceivesAsync(Customer.Asked, Eventually.Patience);
        for (var tap = 0; tap < 5; tap++)
            Chat(1).Presses(Customer.Agree);

        await Chat(1).ReceivesAsync(Customer.AskedName, Eventually.Patience);
        await Chat(1).IsAnsweredAsync("Анна", Customer.AskedPhone);
        await Eventually.TrueAsync(() => Answers(1).Count == 5, "five answers to five taps");

        Assert.Equal(["personal-data"], Database.Of(1).Consents);
        Assert.Equal(3, Chat(1).Messages.Count);
    }

    [Fact]
    public async Task Case_15_A_button_of_last_week_gets_a_polite_answer_and_changes_nothing()
    {
        await RunAsync();
        Chat(1).Says("/start guide");
        var old = ButtonOf(await Chat(1).ReceivesAsync(Customer.Asked, Eventually.Patience), Customer.Agree);
        Chat(1).Says("/stop");
        await Chat(1).ReceivesAsync("не побеспокою", Eventually.Patience);

        Chat(1).PressesData(old, isOld: true);

        await Eventually.TrueAsync(() => Answers(1).Count == 1, "an answer");
        Assert.Equal("Эта кнопка уже не действует.", Answers(1)[0]);
        await Chat(1).IsAnsweredAsync("/help", "/menu");
        Assert.Empty(Database.Of(1).Consents);
        Assert.Equal(3, Chat(1).Messages.Count);
    }

    [Fact]
    public async Task Case_16_Update_ids_that_start_anew_lower_are_handled_like_any_others()
    {
        await RunAsync();
        await Chat(1).IsAnsweredAsync("/menu", Customer.Menu);
        await Eventually.TrueAsync(() => Server.Bot().Pending == 0, "everything is confirmed");
        Server.Bot().SetNextUpdateId(5);

        await Chat(1).IsAnsweredAsync("/help", "/language");
        await Chat(1).IsAnsweredAsync("/menu", Customer.Menu);
    }

    [Fact]
    public async Task Case_17_A_hundred_chats_talk_side_by_side_and_two_updates_of_one_chat_stay_in_order()
    {
        await RunAsync();
        for (var chat = 1; chat <= 100; chat++)
        {
            Chat(chat).Says("/start guide");
            Chat(chat).Says("/help");
            Chat(chat).Says("/menu");
        }

        await Task.WhenAll(Enumerable.Range(1, 100).Select(chat => Chat(chat).ReceivesAsync(Customer.Menu, Eventually.Patience)));
        for (var chat = 1; chat <= 100; chat++)
        {
            Assert.Collection(Chat(chat).Texts(),
                static text => Assert.Contains(Customer.Asked, text, StringComparison.Ordinal),
                static text => Assert.Contains("/language", text, StringComparison.Ordinal),
                static text => Assert.Contains(Customer.Menu, text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("👩‍👩‍👧 Мария 🌸")]
    [InlineData("مُحَمَّد")]
    [InlineData("שָׂרָה‏")]
    [InlineData("Bob <b>&amp; {{ token }} _*[`")]
    public async Task A_name_of_any_script_is_kept_and_shown_as_it_was_typed(string name)
    {
        await RunAsync();
        await Chat(1).GetsToTheNameAsync();

        Chat(1).Says(name);

        var kept = name.Replace("‏", "", StringComparison.Ordinal);
        Assert.StartsWith(kept, (await Chat(1).ReceivesAsync(Customer.AskedPhone, Eventually.Patience)).Text, StringComparison.Ordinal);
        Assert.Equal(kept, Database.Of(1).Fields["name"]);
    }

    [Fact]
    public async Task What_is_not_an_answer_gets_a_friendly_second_try_and_a_way_out_after_three()
    {
        await RunAsync();
        await Chat(1).GetsToTheNameAsync();

        await Chat(1).IsAnsweredAsync(new string('я', 10_000), "как к вам обращаться");
        Chat(1).Sends("sticker");
        await Chat(1).ReceivesAsync("как к вам обращаться", Eventually.Patience);
        Chat(1).Sends("voice");
        await Chat(1).ReceivesAsync("не понимаем друг друга", Eventually.Patience);
        await Chat(1).IsAnsweredAsync("🦄🦄🦄", "как к вам обращаться");
        Assert.False(Database.Of(1).Fields.ContainsKey("name"));

        await Chat(1).GivesNameAndPhoneAsync("Анна", "+79991234567");
    }

    [Fact]
    public async Task Another_persons_contact_is_not_taken()
    {
        await RunAsync();
        await Chat(1).GetsToTheNameAsync();
        await Chat(1).IsAnsweredAsync("Анна", Customer.AskedPhone);

        Chat(1).SharesContact("+79995554433", own: false);

        await Chat(1).ReceivesAsync("номер другого человека", Eventually.Patience);
        Assert.False(Database.Of(1).Fields.ContainsKey("phone"));
    }

    [Fact]
    public async Task Foreign_and_overlong_buttons_and_junk_links_do_no_harm()
    {
        await RunAsync();
        Chat(1).PressesData(ForeignButton);
        await Eventually.TrueAsync(() => Answers(1).Count == 1, "an answer to a foreign button");
        foreach (var data in (string[])["c.1.1.1", "c.999999999999999999999.0.0", "a..", "c.-1.-1.-1", "\0", "a.open.'; DROP TABLE chats;--"])
            Chat(1).PressesData(data);
        await Eventually.TrueAsync(() => Answers(1).Count == 7, () => $"seven answers, not {Answers(1).Count}");

        foreach (var link in (string[])["../../etc/passwd", "guide guide", "%00", "🎁", "'; DROP TABLE chats;--", "{{ token }}", new string('x', 500)])
            await Chat(1).IsAnsweredAsync($"/start {link}", "Эта ссылка");

        Assert.Equal(0, Database.Number("SELECT count(*) FROM conversations"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM aside"));
    }

    [Fact]
    public async Task Groups_channels_and_edits_get_no_answer_and_leave_nothing_but_the_inbox_key()
    {
        await RunAsync();
        Chat(-100).Says("/start guide");
        Chat(-100).PressesData("a.menu");
        Chat(7).Edits("/start guide");
        Server.Bot().PushRaw(
            """{"update_id":78000,"channel_post":{"message_id":1,"date":1,"chat":{"id":-1002,"type":"channel","title":"x"},"text":"/start guide"}}""", 78_000, -1002);

        await Eventually.TrueAsync(() => Server.Bot().Pending == 0, "all are confirmed");
        await Chat(1).IsAnsweredAsync("/menu", Customer.Menu);

        Assert.Equal(5, Database.Number("SELECT count(*) FROM inbox"));
        Assert.Equal(["1"], Database.Texts("SELECT address FROM chats"));
        Assert.Equal(1, Database.Number("SELECT count(*) FROM profiles"));
        Assert.Empty(Chat(-100).Messages);
        Assert.Empty(Chat(7).Messages);
        Assert.DoesNotContain(Server.Calls, static call => call.Method == "answerCallbackQuery");
    }

    private List<string> Answers(long chat) =>
        [.. Chat(chat).Log.Where(static call => call.Method == "answerCallbackQuery").Select(static call => Text(call.Parameters))];

    private static string Text(JsonElement parameters) => parameters.TryGetProperty("text", out var text) ? text.GetString()! : "";

    private static string ButtonOf(FakeTelegram.Chats.LoggedCall call, string label) => call.Parameters.GetProperty("reply_markup")
        .GetProperty("inline_keyboard").EnumerateArray().SelectMany(static row => row.EnumerateArray())
        .Single(button => button.GetProperty("text").GetString() == label).GetProperty("callback_data").GetString()!;

    private static string Message(long update, long chat, string text) =>
        $$$"""
        {"update_id":{{{update}}},"message":{"message_id":1,"date":1,"from":{"id":{{{chat}}},"is_bot":false,"first_name":"Anna",
        "language_code":"ru"},"chat":{"id":{{{chat}}},"type":"private"},"text":"{{{text}}}"}}
        """;
}
