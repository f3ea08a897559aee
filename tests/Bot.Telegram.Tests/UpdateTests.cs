using System.Text;
using System.Text.Json;
using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Telegram.Receiving;
using Bot.Telegram.Tests.Support;

namespace Bot.Telegram.Tests;

public sealed class UpdateTests
{
    private const string Key = "telegram:1000:7";
    private const string From = """ "from":{"id":5,"is_bot":false,"first_name":"Anna","language_code":"ru"} """;
    private const string Chat = """ "chat":{"id":5,"type":"private","first_name":"Anna"} """;
    private static readonly ChatAddress At = Some.Address(5);
    private static readonly ChatAddress Nowhere = Some.Address(0);
    private static readonly Person Anna = new("Anna", "ru", 5);

    [Fact]
    public void A_text_in_a_private_chat_is_a_message() =>
        Assert.Equal(new Input.Message(Key, At, Anna, "/start guide", Original("/start guide")), Read($$"""{"update_id":7,"message":{"message_id":1,{{From}},{{Chat}},"date":1,"text":"/start guide"} }"""));

    [Fact]
    public void A_button_is_a_press() =>
        Assert.Equal(
            new Input.Press(Key, At, Anna, "c.1.2", "q1", 3),
            Read($$"""{"update_id":7,"callback_query":{"id":"q1",{{From}},"message":{"message_id":3,{{Chat}},"date":1,"text":"?"},"data":"c.1.2"} }"""));

    [Fact]
    public void A_button_of_a_message_that_is_no_longer_accessible_is_a_press() =>
        Assert.Equal(
            new Input.Press(Key, At, Anna, "c.1.2", "q1", 3),
            Read($$"""{"update_id":7,"callback_query":{"id":"q1",{{From}},"message":{"message_id":3,{{Chat}},"date":0},"data":"c.1.2"} }"""));

    [Fact]
    public void A_button_without_a_message_belongs_to_the_private_chat_of_who_pressed_it() =>
        Assert.Equal(
            new Input.Press(Key, At, Anna, "", "q1", 0),
            Read($$"""{"update_id":7,"callback_query":{"id":"q1",{{From}},"inline_message_id":"x"} }"""));

    [Theory]
    [InlineData(""" "user_id":5, """, true)]
    [InlineData(""" "user_id":6, """, false)]
    [InlineData("", false)]
    public void A_contact_is_the_senders_own_only_with_the_senders_id(string userId, bool isOwn) =>
        Assert.Equal(
            new Input.Contact(Key, At, Anna, "+79990000000", isOwn),
            Read($$"""{"update_id":7,"message":{"message_id":1,{{From}},{{Chat}},"contact":{{{userId}}"phone_number":"+79990000000","first_name":"B"} } }"""));

    [Theory]
    [InlineData(""" "sticker":{"file_id":"x"} """)]
    [InlineData(""" "voice":{"file_id":"x"} """)]
    [InlineData(""" "photo":[{"file_id":"x"}],"caption":"look" """)]
    [InlineData(""" "document":{"file_id":"x"} """)]
    [InlineData(""" "location":{"latitude":1.5,"longitude":2} """)]
    [InlineData(""" "contact":{"first_name":"no number"} """)]
    public void What_is_neither_text_nor_contact_is_unsupported(string content) =>
        Assert.Equal(new Input.Unsupported(Key, At, Anna), (Input.Unsupported)Read($$"""{"update_id":7,"message":{"message_id":1,{{From}},{{Chat}},{{content}}} }""") with { Original = null });

    [Theory]
    [InlineData("kicked", typeof(Input.Blocked))]
    [InlineData("member", typeof(Input.Unblocked))]
    [InlineData("left", typeof(Input.Ignored))]
    public void A_changed_membership_in_a_private_chat_is_a_block_or_its_end(string status, Type type)
    {
        var input = Read($$"""{"update_id":7,"my_chat_member":{ {{Chat}},{{From}},"date":1,"old_chat_member":{"status":"x"},"new_chat_member":{"status":"{{status}}"} } }""");

        Assert.IsType(type, input);
        Assert.Equal(At, input.Chat);
    }

    [Fact]
    public void A_group_that_became_a_supergroup_has_migrated() =>
        Assert.Equal(
            new Input.Migrated(Key, Some.Address(-9), Some.Address(-1001234567890123)),
            Read("""{"update_id":7,"message":{"message_id":1,"chat":{"id":-9,"type":"group"},"migrate_to_chat_id":-1001234567890123}}"""));

    [Theory]
    [InlineData("group", "", null)]
    [InlineData("supergroup", """ "reply_to_message":{"message_id":2,"from":{"id":6,"is_bot":false}}, """, 6L)]
    [InlineData("supergroup", """ "reply_to_message":{"message_id":2,"sender_chat":{"id":-9},"from":{"id":6,"is_bot":false}}, """, null)]
    public void A_text_of_a_person_in_a_group_may_be_staffs(string type, string reply, long? to) =>
        Assert.Equal(new Input.StaffMessage(Key, Some.Address(-9), Anna, "/help",
                Original("/help") with { ReplyTo = reply.Length > 0 ? new ChannelMessage(2, "", Sender: to) : null }),
            Read($$"""{"update_id":7,"message":{"message_id":1,{{From}},"chat":{"id":-9,"type":"{{type}}"},{{reply}}"text":"/help"} }"""));

    [Theory]
    [InlineData("a & b", "", "a &amp; b")]
    [InlineData("bold and both", """{"type":"bold","offset":0,"length":13},{"type":"italic","offset":9,"length":4}""", "<b>bold and <i>both</i></b>")]
    [InlineData("😀 site <", """{"type":"text_link","offset":3,"length":4,"url":"https://example.org/?a=1&b=\"2"}""", "😀 <a href=\"https://example.org/?a=1&amp;b=&quot;2\">site</a> &lt;")]
    [InlineData("one two", """{"type":"bold","offset":0,"length":3},{"type":"code","offset":4,"length":3}""", "<b>one</b> <code>two</code>")]
    [InlineData("crossed", """{"type":"bold","offset":0,"length":4},{"type":"italic","offset":2,"length":5}""", "<b>cros</b>sed")]
    [InlineData("out", """{"type":"bold","offset":-1,"length":2},{"type":"bold","offset":1,"length":2147483647},{"type":"bold","offset":9,"length":1},{"type":"bold","offset":1,"length":0}""", "out")]
    [InlineData("@name #tag", """{"type":"mention","offset":0,"length":5},{"type":"custom_emoji","offset":6,"length":4},{"offset":0,"length":2}""", "@name #tag")]
    public void Formatting_becomes_html_that_is_always_well_formed(string text, string entities, string expected) =>
        Assert.Equal(expected, ((Input.Message)Read($$"""{"update_id":7,"message":{"message_id":1,{{From}},{{Chat}},"text":{{JsonSerializer.Serialize(text)}},"entities":[{{entities}}]} }""")).Original!.Html);

    [Theory]
    [InlineData(""" "photo":[{"file_id":"small"},{"file_id":"large","file_size":5}] """, MediaKind.Picture, "large", null, 5L)]
    [InlineData(""" "document":{"file_id":"d","file_name":"list.csv","file_size":7} """, MediaKind.Document, "d", "list.csv", 7L)]
    [InlineData(""" "video":{"file_id":"v"} """, MediaKind.Video, "v", null, null)]
    [InlineData(""" "voice":{"file_id":"o"} """, MediaKind.Voice, "o", null, null)]
    [InlineData(""" "voice":{} """, MediaKind.Other, null, null, null)]
    [InlineData(""" "sticker":{"file_id":"s"} """, MediaKind.Other, null, null, null)]
    public void A_file_in_a_group_comes_with_what_is_written_beside_it(string file, MediaKind kind, string? id, string? name, long? size) =>
        Assert.Equal(new Input.StaffMessage(Key, Some.Address(-9), Anna, "/import", Original("<code>/import</code>") with { Media = new Media(kind, id, name, size) }),
            Read($$"""{"update_id":7,"message":{"message_id":1,{{From}},"chat":{"id":-9,"type":"group"},"caption":"/import","caption_entities":[{"type":"code","offset":0,"length":7}],{{file}}} }"""));

    [Theory]
    [InlineData(5, "private")]
    [InlineData(-9, "supergroup")]
    public void An_edited_message_comes_as_it_is_now(long chat, string type) =>
        Assert.Equal(new Input.Edited(Key, Some.Address(chat), Anna, Original("<b>hi</b>")),
            Read($$"""{"update_id":7,"edited_message":{"message_id":1,{{From}},"chat":{"id":{{chat}},"type":"{{type}}"},"text":"hi","entities":[{"type":"bold","offset":0,"length":2}]} }"""));

    [Fact]
    public void An_edit_in_the_name_of_a_chat_is_nobodys() =>
        Assert.IsType<Input.Ignored>(Read($$"""{"update_id":7,"edited_message":{"message_id":1,{{From}},"chat":{"id":-9,"type":"group"},"sender_chat":{"id":-9,"type":"group"},"text":"hi"} }"""));

    [Fact]
    public void A_button_in_a_group_may_be_staffs() =>
        Assert.Equal(new Input.StaffPress(Key, Some.Address(-9), Anna, "s.card.1", "q1", 3),
            Read($$"""{"update_id":7,"callback_query":{"id":"q1",{{From}},"message":{"message_id":3,"chat":{"id":-9,"type":"supergroup"} },"data":"s.card.1"} }"""));

    [Theory]
    [InlineData(""" "forward_origin":{"type":"user"}, """)]
    [InlineData(""" "sender_chat":{"id":-9,"type":"supergroup"}, """)]
    public void A_command_that_is_forwarded_or_in_the_name_of_a_chat_is_nobodys(string how)
    {
        Assert.IsType<Input.Ignored>(Read($$"""{"update_id":7,"message":{"message_id":1,{{From}},"chat":{"id":-9,"type":"group"},{{how}}"text":"/help"} }"""));
        Assert.Null(Read($$"""{"update_id":7,"message":{"message_id":1,{{From}},{{Chat}},{{how}}"text":"/help"} }""").From!.Id);
    }

    [Theory]
    [InlineData("""{"update_id":7,"message":{"message_id":1,"chat":{"id":-9,"type":"group"},"text":"hi"}}""", -9)]
    [InlineData("""{"update_id":7,"callback_query":{"id":"1","message":{"message_id":1,"chat":{"id":-9,"type":"supergroup"}},"data":"x"}}""", -9)]
    [InlineData("""{"update_id":7,"my_chat_member":{"chat":{"id":-9,"type":"group"},"new_chat_member":{"status":"kicked"}}}""", -9)]
    [InlineData("""{"update_id":7,"channel_post":{"message_id":1,"chat":{"id":-9,"type":"channel"},"text":"hi"}}""", 0)]
    [InlineData("""{"update_id":7,"edited_message":{"message_id":1,"chat":{"id":5,"type":"private"},"text":"hi"}}""", 5)]
    [InlineData("""{"update_id":7,"message":{"message_id":1,"from":{"id":5,"is_bot":true},"chat":{"id":5,"type":"private"},"text":"hi"}}""", 5)]
    [InlineData("""{"update_id":7,"message":{"message_id":1,"chat":{"id":5,"type":"private"},"pinned_message":{}}}""", 5)]
    [InlineData("""{"update_id":7,"something_new":{"a":[1,{"b":null}]}}""", 0)]
    [InlineData("""{"update_id":7}""", 0)]
    [InlineData("""{"update_id":7,"message":null}""", 0)]
    [InlineData("""{"update_id":7,"message":{"text":"no chat"}}""", 0)]
    [InlineData("""{"update_id":7,"callback_query":{}}""", 0)]
    [InlineData("""{"update_id":7,"message":"forged"}""", 0)]
    [InlineData("""{"update_id":7,"\ud800":1,"message":"forged"}""", 0)]
    [InlineData("""{"\ud800":1,"update_id":7,"edited_message":{"\udc00":2,"chat":{"id":5}}}""", 0)]
    [InlineData("""{"update_id":7,"my_chat_member":{"chat":{"id":5,"type":"private"},"new_chat_member":{"status":"\ud800"}}}""", 0)]
    [InlineData("""{"update_id":7,"message":{"message_id":1,"chat":{"id":5,"type":"\udc00"},"text":"x"}}""", 0)]
    [InlineData("""{"message":{"chat":{"id":"forged"}},"update_id":7}""", 0)]
    [InlineData("""{"update_id":7,"message":{"chat":{"id":99999999999999999999,"type":"private"},"text":"x"}}""", 0)]
    public void What_the_bot_does_not_answer_is_ignored_and_keeps_its_key(string json, long chat) =>
        Assert.Equal(new Input.Ignored(Key, Some.Address(chat)), Read(json));

    [Theory]
    [InlineData("""half \ud83d of a smile""", "half \ufffd of a smile")]
    [InlineData("""\ude00\n\"\\\/\t\u0041""", "\ufffd\n\"\\/\tA")]
    [InlineData("""\ud83d\ude00""", "😀")]
    public void A_text_with_half_a_surrogate_pair_is_mended(string text, string expected) =>
        Assert.Equal(new Input.Message(Key, At, Anna, expected, Original(Html.Escape(expected))), Read($$"""{"update_id":7,"message":{"message_id":1,{{From}},{{Chat}},"text":"{{text}}"} }"""));

    [Fact]
    public void Broken_UTF8_in_a_text_is_mended()
    {
        byte[] json =
        [
            .. Encoding.UTF8.GetBytes($$"""{"update_id":7,"message":{"message_id":1,{{From}},{{Chat}},"text":"a"""), 0xC3, 0x28,
            .. "\"}}"u8,
        ];

        Assert.Equal(new Input.Message(Key, At, Anna, "a\ufffd(", Original("a\ufffd(")), Updates.Read(json, Some.Bot, out _));
    }

    [Fact]
    public void A_text_of_ten_thousand_characters_arrives_whole()
    {
        var text = new string('щ', 10_000);

        Assert.Equal(text, Assert.IsType<Input.Message>(Read($$"""{"update_id":7,"message":{"message_id":1,{{From}},{{Chat}},"text":"{{text}}"} }""")).Text);
    }

    [Fact]
    public void A_malformed_update_does_not_take_its_neighbours_with_it()
    {
        var batch = Updates.ReadBatch(Encoding.UTF8.GetBytes($$"""
            [{"update_id":6,"message":{"message_id":1,{{From}},{{Chat}},"text":"a"} },
             {"update_id":7,"message":[]}, {"no":"id"}, 5, null,
             {"update_id":8,"message":{"message_id":1,{{From}},{{Chat}},"text":"b"} }]
            """), Some.Bot);

        Assert.Equal(["a", "-", "b"], batch.Inputs.Select(static input => input is Input.Message message ? message.Text : "-"));
        Assert.Equal(8, batch.Last);
        Assert.Equal(3, batch.Unreadable);
    }

    [Fact]
    public void A_deeply_nested_update_is_read()
    {
        var deep = new string('[', 900) + new string(']', 900);

        Assert.Equal(new Input.Message(Key, At, Anna, "x", Original("x", 0)), Read($$"""{"update_id":7,"message":{"deep":{{deep}},{{From}},{{Chat}},"text":"x"} }"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("<html>")]
    [InlineData("""{"update_id":7,"message":{"text":"cut""")]
    public void What_is_not_JSON_is_told_so(string body) =>
        Assert.ThrowsAny<JsonException>(() => Updates.Read(Encoding.UTF8.GetBytes(body), Some.Bot, out _));

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"update_id":"7"}""")]
    [InlineData("""{"update_id":-7}""")]
    public void What_has_no_id_is_no_update(string body) =>
        Assert.Null(Updates.Read(Encoding.UTF8.GetBytes(body), Some.Bot, out _));

    private static Input Read(string json)
    {
        var input = Updates.Read(Encoding.UTF8.GetBytes(json), Some.Bot, out var id);
        Assert.Equal(7, id);
        Assert.True(input is not Input.Ignored { Chat.Address: 0 } || input.Chat == Nowhere);
        return input!;
    }

    private static ChannelMessage Original(string html, long id = 1) => new(id, html, Sender: Anna.Id);
}
