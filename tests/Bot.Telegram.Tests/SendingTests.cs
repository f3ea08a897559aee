using Bot.Core.Messages;
using Bot.FakeTelegram.Faults;
using Bot.Telegram.Calls;
using Bot.Telegram.Tests.Support;

namespace Bot.Telegram.Tests;

public sealed class SendingTests : ServerTest
{
    [Fact]
    public async Task A_text_arrives_with_its_markup_and_without_a_link_preview()
    {
        var chat = Server.Chat(1);

        var outcome = await Channel.SendAsync(Some.Message(1, "<b>Привет</b>, A &amp; B &lt;3 😀"), default);

        var call = await chat.ReceivesAsync();
        Assert.Equal("Привет, A & B <3 😀", call.Text);
        Assert.Equal(new SendOutcome.Sent(call.MessageId!.Value), outcome);
        Assert.True(call.Parameters.GetProperty("link_preview_options").GetProperty("is_disabled").GetBoolean());
        Assert.Empty(Server.Violations);
    }

    [Fact]
    public async Task Every_keyboard_is_accepted_by_Telegram()
    {
        var chat = Server.Chat(1);
        AddFile("a.pdf", [1, 2, 3]);
        Keyboard[] keyboards =
        [
            Some.Buttons(new InlineButton("Да", "c.1.2.3"), new InlineButton("Сайт", null, "https://example.com/a?b=c")),
            new Keyboard.ShareContact("Поделиться", ["Не сейчас", "Меню"]),
            new Keyboard.ShareContact("Share", []),
            new Keyboard.Remove(),
        ];

        foreach (var keyboard in keyboards)
        {
            FileIds.Remember(AttachmentKind.Document, Files["a.pdf"].Sha256!, "dead id: uploaded again, so that every keyboard goes by multipart too");
            Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(1, keyboard: keyboard), default));
            Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(1, "x", new Attachment(AttachmentKind.Document, "a.pdf"), keyboard), default));
            Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(1, "", new Attachment(AttachmentKind.Document, "a.pdf"), keyboard), default));
        }

        Assert.Empty(Server.Violations);
        Assert.Equal(12, chat.Messages.Count);
        Assert.Equal(["Да", "Сайт"], chat.Messages[0].Labels);
        Assert.Equal(["Поделиться", "Не сейчас", "Меню"], chat.Messages[3].Labels);
        var shared = chat.Messages[3].Parameters.GetProperty("reply_markup");
        Assert.True(shared.GetProperty("keyboard")[0][0].GetProperty("request_contact").GetBoolean());
        Assert.True(shared.GetProperty("one_time_keyboard").GetBoolean());
        Assert.True(chat.Messages[9].Parameters.GetProperty("reply_markup").GetProperty("remove_keyboard").GetBoolean());
    }

    public static TheoryData<string, Fault, SendOutcome> Refusals() => new()
    {
        { "429", Fault.TooManyRequests(7), new SendOutcome.RetryAfter(TimeSpan.FromSeconds(7)) },
        { "403 blocked", Fault.Forbidden(), new SendOutcome.Blocked("403 Forbidden: bot was blocked by the user") },
        { "403 deactivated", Fault.Forbidden("Forbidden: user is deactivated"), new SendOutcome.Blocked("403 Forbidden: user is deactivated") },
        { "403 kicked", Fault.Forbidden("Forbidden: bot was kicked from the group chat"), new SendOutcome.Blocked("403 Forbidden: bot was kicked from the group chat") },
        { "403 first", Fault.Forbidden("Forbidden: bot can't initiate conversation with a user"), new SendOutcome.Blocked("403 Forbidden: bot can't initiate conversation with a user") },
        { "400 no chat", Fault.BadRequest("chat not found"), new SendOutcome.Blocked("400 Bad Request: chat not found") },
        { "400 migrated", Fault.BadRequest("group chat was upgraded to a supergroup chat") with { MigrateTo = -1005000000000 }, new SendOutcome.Migrated(Some.Address(-1005000000000)) },
        { "400 other", Fault.BadRequest("message is too long"), new SendOutcome.Rejected("400 Bad Request: message is too long") },
        { "400 two lines", Fault.BadRequest("a\nb"), new SendOutcome.Rejected("400 Bad Request: a b") },
        { "413", new Fault(FaultKind.Refusal) { Code = 413, Description = "Request Entity Too Large" }, new SendOutcome.Rejected("413 Request Entity Too Large") },
        { "413 HTML", Fault.Html(413), new SendOutcome.Rejected("413 Request Entity Too Large") },
        { "429 HTML", Fault.Html(429), new SendOutcome.RetryAfter(TimeSpan.FromSeconds(1)) },
        { "401", Fault.Unauthorized(), new SendOutcome.Unauthorized("401 Unauthorized") },
        { "404 token", new Fault(FaultKind.Refusal) { Code = 404, Description = "Not Found" }, new SendOutcome.Unauthorized("404 Not Found") },
        { "500 JSON", new Fault(FaultKind.Refusal) { Code = 500, Description = "Internal Server Error: restart" }, new SendOutcome.Unknown("status 500") },
        { "502 HTML", Fault.Html(502), new SendOutcome.Unknown("status 502") },
        { "504 HTML", Fault.Html(504), new SendOutcome.Unknown("status 504") },
        { "404 HTML", Fault.Html(404), new SendOutcome.Unknown("unreadable answer, status 404") },
        { "garbage", Fault.Garbage(), new SendOutcome.Unknown("unreadable answer, status 200") },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Refusals))]
    public async Task Every_answer_of_Telegram_has_one_meaning(string name, Fault fault, SendOutcome expected)
    {
        Server.Chat(-5);
        Server.Faults.Add(fault);

        Assert.True(expected == await Channel.SendAsync(Some.Message(-5), default), name);
    }

    public static TheoryData<Fault> Losses() => [Fault.Reset(), Fault.Lost(), Fault.Truncated(), Fault.Hang(TimeSpan.FromMinutes(2))];

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Losses))]
    public async Task A_message_whose_answer_is_lost_may_have_arrived(Fault fault)
    {
        Server.Chat(1);
        Server.Faults.Add(fault);
        if (fault.Kind == FaultKind.Hang)
            Connect(Some.Options(Server) with { Timeout = TimeSpan.FromMilliseconds(300) });

        Assert.IsType<SendOutcome.Unknown>(await Channel.SendAsync(Some.Message(1), default));
    }

    [Fact]
    public async Task A_message_for_a_server_that_does_not_listen_never_left_us()
    {
        Connect(new BotApiOptions("1:token") { ApiUrl = Some.DeadEnd() });

        Assert.IsType<SendOutcome.NotSent>(await Channel.SendAsync(Some.Message(1), default));
    }

    [Fact]
    public async Task A_message_for_a_host_without_an_address_never_left_us()
    {
        Connect(new BotApiOptions("1:token") { ApiUrl = new Uri("http://nowhere.invalid") });

        Assert.IsType<SendOutcome.NotSent>(await Channel.SendAsync(Some.Message(1), default));
    }

    [Fact]
    public async Task A_stopped_send_is_cancelled()
    {
        Server.Chat(1);
        Server.Faults.Add(Fault.Hang(TimeSpan.FromMinutes(2)));
        using var stop = new CancellationTokenSource();

        var send = Channel.SendAsync(Some.Message(1), stop.Token);
        await Server.Chat(1).ReceivesAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_in_a_text_does_not_stop_it()
    {
        Server.Chat(1);

        Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(1, "half \ud83d of a smile"), default));

        Assert.Equal("half \ufffd of a smile", Server.Chat(1).Messages[0].Text);
    }

    [Fact]
    public async Task A_long_text_of_many_bytes_arrives_whole()
    {
        Server.Chat(1);
        var text = new string('ж', 4096);

        Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(1, text), default));

        Assert.Equal(text, Server.Chat(1).Messages[0].Text);
        Assert.Empty(Server.Violations);
    }

    [Fact]
    public async Task A_hundred_and_twenty_eight_messages_go_at_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 128).Select(chat =>
        {
            Server.Chat(chat);
            return Channel.SendAsync(Some.Message(chat, $"for {chat}"), default);
        }));

        Assert.All(outcomes, static outcome => Assert.IsType<SendOutcome.Sent>(outcome));
        Assert.All(Enumerable.Range(1, 128), chat => Assert.Equal($"for {chat}", Assert.Single(Server.Chat(chat).Messages).Text));
    }

    [Fact]
    public async Task A_press_is_answered_and_its_buttons_go()
    {
        var chat = Server.Chat(1);
        var sent = Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(1, keyboard: Some.Buttons(new InlineButton("Yes", "c.1"))), default));
        chat.Presses("Yes");

        await Channel.AcknowledgeAsync(new Acknowledgement(Some.Address(1), "cb1", "Thank you", sent.MessageId), default);

        Assert.Contains(chat.Log, static call => call is { Method: "answerCallbackQuery", IsDone: true, Text: "Thank you" });
        Assert.Contains(chat.Log, static call => call is { Method: "editMessageReplyMarkup", IsDone: true });
        Assert.False(chat.Has("Yes"));
        Assert.Empty(Server.Violations);
    }

    [Fact]
    public async Task A_press_that_cannot_be_answered_does_no_harm()
    {
        Server.Chat(1);
        var late = new Acknowledgement(Some.Address(1), "old", null, 4711);

        await Channel.AcknowledgeAsync(late, default);
        Server.Faults.Add(Fault.Html(502) with { Method = "*" });
        await Channel.AcknowledgeAsync(late, default);
        await Channel.AcknowledgeAsync(late, new CancellationToken(canceled: true));

        Assert.Contains("query is too old", Log.All, StringComparison.Ordinal);
        Assert.Empty(Server.Violations);
    }
}
