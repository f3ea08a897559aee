using Bot.Core.Messages;
using Bot.FakeTelegram;
using Bot.Telegram.Calls;
using Bot.Telegram.Tests.Support;

namespace Bot.Telegram.Tests;

/// <summary>The fake server refuses what Telegram refuses; otherwise the other tests would prove nothing.</summary>
public sealed class FakeServerTests : ServerTest
{
    [Theory]
    [InlineData("sendMessage", """{"chat_id":1,"text":"x","txet":"y"}""", "unknown parameter")]
    [InlineData("sendMessage", """{"chat_id":1}""", "text: missing")]
    [InlineData("sendMessage", """{"chat_id":true,"text":"x"}""", "Integer expected")]
    [InlineData("sendMessage", """{"chat_id":1,"text":" \n"}""", "message text is empty")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"<b></b>","parse_mode":"HTML"}""", "message text is empty")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"<b>x","parse_mode":"HTML"}""", "Can't find end tag")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"<b>x</i></b>","parse_mode":"HTML"}""", "Unmatched end tag")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"жы<br>x","parse_mode":"HTML"}""", "Unsupported start tag \"br\" at byte offset 4")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"1 < 2","parse_mode":"HTML"}""", "can't parse entities")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a"}]]}}""", "Text buttons are unallowed")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"b","url":"https://a.b"}]]}}""", "Text buttons are unallowed")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"ыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыы"}]]}}""", "BUTTON_DATA_INVALID")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","url":"http://localhost/x"}]]}}""", "Wrong HTTP URL")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","data":"b"}]]}}""", "unknown parameter")]
    [InlineData("sendMessage", """{"chat_id":-1,"text":"x","reply_markup":{"keyboard":[[{"text":"a","request_contact":true}]]}}""", "private chats only")]
    [InlineData("editMessageReplyMarkup", """{"chat_id":1,"message_id":1,"reply_markup":{"remove_keyboard":true}}""", "remove_keyboard: unknown parameter")]
    [InlineData("getUpdates", """{"limit":101}""", "limit")]
    [InlineData("setMyCommands", """{"commands":[{"command":"Menu","description":"x"}]}""", "BOT_COMMAND_INVALID")]
    [InlineData("answerCallbackQuery", "{}", "callback_query_id: missing")]
    [InlineData("sendDocument", """{"chat_id":1}""", "document: missing")]
    [InlineData("sendMesage", "{}", "method not found")]
    [InlineData("sendMessage", "[", "not a JSON object")]
    public async Task A_call_that_breaks_a_rule_is_refused_and_noted(string method, string body, string violation)
    {
        Server.Chat(1);
        using var http = new HttpClient();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await http.PostAsync(new Uri(Server.Url, $"/bot{FakeTelegramServer.DefaultToken}/{method}"), content);

        Assert.InRange((int)response.StatusCode, 400, 404);
        Assert.Contains(violation, Assert.Single(Server.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_long_texts_and_captions_are_refused()
    {
        Server.Chat(1);
        AddFile("a", [1]);

        Assert.IsType<SendOutcome.Rejected>(await Channel.SendAsync(Some.Message(1, new string('x', 4097)), default));
        Assert.IsType<SendOutcome.Rejected>(await Channel.SendAsync(Some.Message(1, new string('x', 1025), new Attachment(AttachmentKind.Document, "a")), default));
        Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(1, $"<b>{new string('x', 4090)}</b>&amp;"), default));
        Assert.Equal(2, Server.Violations.Count);
    }

    [Fact]
    public async Task A_chat_that_nobody_opened_or_that_blocked_the_bot_cannot_be_written_to()
    {
        Assert.IsType<SendOutcome.Blocked>(await Channel.SendAsync(Some.Message(77), default));
        Server.Chat(77).Blocks();
        Assert.IsType<SendOutcome.Blocked>(await Channel.SendAsync(Some.Message(77), default));
        Server.Chat(77).Unblocks();
        Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(77), default));
        Server.Chat(-7).MigratedTo = -1007;
        Assert.Equal(new SendOutcome.Migrated(Some.Address(-1007)), await Channel.SendAsync(Some.Message(-7), default));
        Assert.Empty(Server.Violations);
    }

    [Fact]
    public async Task Limits_refuse_what_is_too_fast_and_say_how_long_to_wait()
    {
        var time = new ManualTime();
        await using var server = await FakeTelegramServer.StartAsync(time: time);
        using var api = new BotApi(Some.Options(server));
        var channel = ChannelTo(api);
        server.Limits.IsOn = true;
        server.Chat(1);
        for (var i = 0; i < server.Limits.ChatBurst; i++)
            Assert.IsType<SendOutcome.Sent>(await channel.SendAsync(Some.Message(1), default));

        Assert.Equal(new SendOutcome.RetryAfter(TimeSpan.FromSeconds(1)), await channel.SendAsync(Some.Message(1), default));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<SendOutcome.Sent>(await channel.SendAsync(Some.Message(1), default));
    }
}
