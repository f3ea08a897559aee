using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.FakeTelegram.Faults;
using Bot.Telegram.Sending;
using Bot.Telegram.Tests.Support;

namespace Bot.Telegram.Tests;

/// <summary>Copies, edits and topics.</summary>
public sealed class TalkSendingTests : ServerTest
{
    [Fact]
    public async Task A_copy_keeps_what_was_written_and_takes_the_keyboard_away()
    {
        var written = Written("Здравствуйте");

        var outcome = await Channel.SendAsync(Some.Message(2) with { Body = new Body("", null, new Keyboard.Remove(), new Copy(1, written)) }, default);

        var call = await Server.Chat(2).ReceivesAsync();
        Assert.Equal(new SendOutcome.Sent(call.MessageId!.Value), outcome);
        Assert.Equal(("copyMessage", "Здравствуйте"), (call.Method, call.Text));
        Assert.False(call.Parameters.TryGetProperty("caption", out _));
        Assert.True(call.Parameters.GetProperty("reply_markup").GetProperty("remove_keyboard").GetBoolean());
        Assert.Empty(Server.Violations);
    }

    [Fact]
    public async Task A_copy_gets_another_caption_a_topic_and_what_it_answers()
    {
        var written = Written("вот");
        var group = Server.Chat(-7);
        group.IsForum = true;
        var forum = new Forum(Api);
        Assert.True(await forum.HasTopicsAsync(Some.Address(-7), default));
        var thread = Assert.IsType<SendOutcome.Sent>(await forum.CreateTopicAsync(Some.Address(-7), "Анна #0001", default)).MessageId;

        await Channel.SendAsync(Some.Message(-7) with
        {
            Body = new Body("<b>Анна</b>: вот", Copy: new Copy(1, written, MediaKind.Picture)),
            Place = new Place(thread, ReplyTo: 55),
        }, default);

        var call = await group.ReceivesAsync();
        Assert.Equal("Анна: вот", call.Text);
        Assert.Equal(thread, call.Parameters.GetProperty("message_thread_id").GetInt64());
        Assert.Equal(55, call.Parameters.GetProperty("reply_parameters").GetProperty("message_id").GetInt64());
        Assert.Equal("Анна #0001", group.Topics[thread]);
        Assert.Empty(Server.Violations);
    }

    [Fact]
    public async Task A_message_that_is_gone_cannot_be_copied() => Assert.Contains("message to copy not found", Assert.IsType<SendOutcome.Rejected>(
        await Channel.SendAsync(Some.Message(2) with { Body = new Body("", Copy: new Copy(1, Written("x") + 1)) }, default)).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task Words_and_captions_are_edited_and_what_is_the_same_already_counts_as_done()
    {
        Written("x");
        var sent = ((SendOutcome.Sent)await Channel.SendAsync(Some.Message(2, "раз"), default)).MessageId;
        var edit = Some.Message(2, "два") with { Place = new Place(Edits: sent) };

        Assert.Equal(new SendOutcome.Sent(sent), await Channel.SendAsync(edit, default));
        Assert.Equal(new SendOutcome.Sent(sent), await Channel.SendAsync(edit, default));
        Assert.Equal(new SendOutcome.Sent(sent), await Channel.SendAsync(
            edit with { Body = new Body("три", Copy: new Copy(1, 5, MediaKind.Video)) }, default));
        Assert.Equal(new SendOutcome.Sent(sent), await Channel.SendAsync(edit with { Body = new Body("", Copy: new Copy(1, 5, MediaKind.Video)) }, default));

        Assert.Equal([("editMessageText", "два", 200), ("editMessageText", "два", 400), ("editMessageCaption", "три", 200)],
            Server.Chat(2).Log.Skip(1).Take(3).Select(call => (call.Method, call.Text, call.Status)));
        Assert.Empty(Server.Violations);
    }

    [Fact]
    public async Task Who_may_not_make_topics_is_told_and_a_group_without_them_is_known()
    {
        var forum = new Forum(Api);
        var group = Server.Chat(-7);
        Assert.False(await forum.HasTopicsAsync(Some.Address(-7), default));
        (group.IsForum, group.MayManageTopics) = (true, false);

        Assert.Contains("not enough rights", Assert.IsType<SendOutcome.Rejected>(await forum.CreateTopicAsync(Some.Address(-7), "x", default)).Reason, StringComparison.Ordinal);

        Server.Faults.Add(Fault.Reset() with { Method = "*" });
        Assert.Null(await forum.HasTopicsAsync(Some.Address(-7), default));
        Assert.IsType<SendOutcome.Unknown>(await forum.CreateTopicAsync(Some.Address(-7), "x", default));
    }

    private long Written(string text)
    {
        _ = Server.Chat(2);
        Server.Chat(1).Says(text);
        return Server.Chat(1).LastWritten;
    }
}
