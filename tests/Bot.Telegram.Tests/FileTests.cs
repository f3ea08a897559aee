using Bot.Core.Messages;
using Bot.FakeTelegram.Faults;
using Bot.Telegram.Tests.Support;

namespace Bot.Telegram.Tests;

public sealed class FileTests : ServerTest
{
    private static readonly Attachment Guide = new(AttachmentKind.Document, "Гайд \"2026\".pdf");

    public FileTests() => AddFile(Guide.File, [.. Enumerable.Range(0, 100_000).Select(static i => (byte)i)]);

    [Fact]
    public async Task A_file_is_uploaded_once_and_then_sent_by_its_id()
    {
        for (var chat = 1; chat <= 3; chat++)
        {
            Server.Chat(chat);
            Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(chat, "<b>Ваш</b> гайд", Guide), default));
            Assert.Equal("Ваш гайд", Server.Chat(chat).Messages[0].Text);
        }

        Assert.Equal(1, Server.Bot().Uploads);
        Assert.Equal("Гайд %222026%22.pdf", Server.Chat(1).Messages[0].FileName);
        Assert.Empty(Server.Violations);
    }

    [Fact]
    public async Task Twenty_messages_with_a_new_file_at_once_upload_it_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 20).Select(chat =>
        {
            Server.Chat(chat);
            return SendToTheEndAsync(chat);
        }));

        Assert.All(outcomes, static outcome => Assert.IsType<SendOutcome.Sent>(outcome));
        Assert.Equal(1, Server.Bot().Uploads);
        Assert.All(Enumerable.Range(1, 20), chat => Assert.Single(Server.Chat(chat).Messages));
    }

    [Fact]
    public async Task While_an_upload_hangs_other_messages_with_the_file_are_answered_at_once_and_nothing_of_them_is_sent()
    {
        Server.Chat(1);
        Server.Chat(2);
        Server.Faults.Add(Fault.Silence() with { Chat = 1 });
        using var giveUp = new CancellationTokenSource();
        var hanging = Channel.SendAsync(Some.Message(1, "x", Guide), giveUp.Token);

        var others = Enumerable.Range(0, 64).Select(_ => Channel.SendAsync(Some.Message(2, "x", Guide), default)).ToList();

        Assert.All(others, static other => Assert.True(other.IsCompletedSuccessfully));
        Assert.All(await Task.WhenAll(others), static other =>
            Assert.InRange(Assert.IsType<SendOutcome.Busy>(other).Wait.TotalSeconds, 0.2, 1));
        Assert.Empty(Server.Chat(2).Messages);
        Assert.False(hanging.IsCompleted);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.IsType<SendOutcome.Sent>(await SendToTheEndAsync(2));
        Assert.Equal(1, Server.Bot().Uploads);
    }

    [Fact]
    public async Task A_failed_upload_is_tried_by_the_next_message()
    {
        Server.Chat(1);
        Server.Faults.Add(Fault.Html(502).Once());

        Assert.IsType<SendOutcome.Unknown>(await Channel.SendAsync(Some.Message(1, "x", Guide), default));
        Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(1, "x", Guide), default));

        Assert.Equal(1, Server.Bot().Uploads);
    }

    [Fact]
    public async Task A_file_id_that_Telegram_no_longer_knows_leads_to_one_new_upload()
    {
        Server.Chat(1);
        await Channel.SendAsync(Some.Message(1, "x", Guide), default);
        Server.Bot().ForgetFiles();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SendToTheEndAsync(1)));

        Assert.All(outcomes, static outcome => Assert.IsType<SendOutcome.Sent>(outcome));
        Assert.Equal(2, Server.Bot().Uploads);
    }

    [Fact]
    public async Task A_file_that_is_refused_again_after_the_upload_is_rejected_and_not_tried_for_ever()
    {
        Server.Chat(1);
        await Channel.SendAsync(Some.Message(1, "x", Guide), default);
        Server.Faults.Add(Fault.BadRequest("wrong file identifier/HTTP URL specified"));

        Assert.IsType<SendOutcome.Rejected>(await Channel.SendAsync(Some.Message(1, "x", Guide), default));

        Assert.Equal(2, Server.Calls.Count(static call => call.Status == 400));
    }

    [Fact]
    public async Task A_picture_and_a_document_of_the_same_bytes_have_ids_of_their_own()
    {
        var picture = new Attachment(AttachmentKind.Picture, Guide.File);
        Server.Chat(1);

        foreach (var attachment in new[] { Guide, picture, Guide, picture })
            Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(1, "", attachment), default));

        Assert.Equal(2, Server.Bot().Uploads);
        Assert.Equal(["sendDocument", "sendPhoto", "sendDocument", "sendPhoto"], Server.Chat(1).Messages.Select(static call => call.Method));
        Assert.Empty(Server.Violations);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_rejected()
    {
        Server.Chat(1);
        Files["locked"] = Files[Guide.File] with { Sha256 = "other", Open = static () => throw new FileNotFoundException() };

        Assert.IsType<SendOutcome.Rejected>(await Channel.SendAsync(Some.Message(1, "x", new Attachment(AttachmentKind.Document, "gone.pdf")), default));
        Assert.IsType<SendOutcome.Rejected>(await Channel.SendAsync(Some.Message(1, "x", new Attachment(AttachmentKind.Document, "locked")), default));
    }

    [Fact]
    public async Task A_file_made_for_one_customer_is_uploaded_from_memory_with_its_name_and_never_by_an_id()
    {
        Server.Chat(1);
        var made = new Attachment(AttachmentKind.Document, "mydata.json", """{"name":"Ёлка"}""");

        for (var time = 0; time < 2; time++)
            Assert.IsType<SendOutcome.Sent>(await Channel.SendAsync(Some.Message(1, "<b>Ваши</b> данные", made), default));

        Assert.Equal(2, Server.Bot().Uploads);
        Assert.All(Server.Chat(1).Messages, static message => Assert.Equal(("sendDocument", "mydata.json", "Ваши данные"),
            (message.Method, message.FileName, message.Text)));
        Assert.Empty(Server.Violations);
    }

    [Theory]
    [InlineData(502, typeof(SendOutcome.Unknown))]
    [InlineData(429, typeof(SendOutcome.RetryAfter))]
    [InlineData(403, typeof(SendOutcome.Blocked))]
    public async Task What_becomes_of_such_a_file_is_what_becomes_of_any_message(int code, Type outcome)
    {
        Server.Chat(1);
        Server.Faults.Add((code switch { 429 => Fault.TooManyRequests(1), 403 => Fault.Forbidden(), _ => Fault.Html(code) }).Once());

        Assert.IsType(outcome, await Channel.SendAsync(Some.Message(1, "x", new Attachment(AttachmentKind.Document, "a.json", "{}")), default));
    }

    /// <summary>Tries again for as long as the file is being uploaded by another message.</summary>
    private async Task<SendOutcome> SendToTheEndAsync(long chat)
    {
        SendOutcome? outcome = null;
        await Eventually.TrueAsync(
            async () => (outcome = await Channel.SendAsync(Some.Message(chat, "x", Guide), default)) is not SendOutcome.Busy,
            "The upload does not end.");
        return outcome!;
    }
}
