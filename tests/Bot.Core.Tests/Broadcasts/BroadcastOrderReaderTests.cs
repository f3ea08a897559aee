using Bot.Core.Broadcasts;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Staff;

namespace Bot.Core.Tests.Broadcasts;

public sealed class BroadcastOrderReaderTests
{
    [Fact]
    public void A_broadcast_is_an_answer_to_a_message_with_its_formatting_and_file()
    {
        var photo = new ChannelMessage(5, "<b>Скидка</b> &lt;3 &amp; &quot;до пятницы&quot;", new Media(MediaKind.Picture, "p1"));

        var order = Order<BroadcastOrder.New>("/broadcast", new ChannelMessage(6, "/broadcast", ReplyTo: photo));

        Assert.Equal(new Variant("<b>Скидка</b> <3 & \"до пятницы\"", new BroadcastFile(AttachmentKind.Picture, "p1")), order.Variant);
    }

    [Theory]
    [InlineData("/broadcast Hello", "/broadcast Hello", "Hello")]
    [InlineData("/broadcast Hello you", "/broadcast <b>Hello</b> you", "<b>Hello</b> you")]
    [InlineData("/broadcast one two", "/broadcast <i><b>one</b></i> two", "<i><b>one</b></i> two")]
    [InlineData("/broadcast say <b", "/broadcast say &lt;b", "say <b")]
    [InlineData("/broadcast\nHello\nyou", "/broadcast\n<u>Hello</u>\nyou", "<u>Hello</u>\nyou")]
    [InlineData("/broadcast {{ profile.name else 'you' }}", "/broadcast {{ profile.name else 'you' }}", "{{ profile.name else 'you' }}")]
    public void A_typed_broadcast_keeps_its_formatting(string text, string html, string source) =>
        Assert.Equal(source, Order<BroadcastOrder.New>(text, new ChannelMessage(6, html)).Variant.Source);

    [Fact]
    public void A_file_with_the_command_beside_it_is_a_broadcast()
    {
        var order = Order<BroadcastOrder.New>("/broadcast Смотрите", new ChannelMessage(6, "/broadcast Смотрите", new Media(MediaKind.Video, "v1", "clip.mp4")));

        Assert.Equal(new Variant("Смотрите", new BroadcastFile(AttachmentKind.Video, "v1", "clip.mp4")), order.Variant);
    }

    [Theory]
    [InlineData("/broadcast", typeof(BroadcastOrder.List))]
    [InlineData("/broadcast 7", typeof(BroadcastOrder.Show))]
    [InlineData("/broadcast Привет", typeof(BroadcastOrder.New))]
    [InlineData("/variant Привет", typeof(BroadcastOrder.AddVariant))]
    [InlineData("/set at 10:00", typeof(BroadcastOrder.Set))]
    [InlineData("/set 7 for purchases.count > 2", typeof(BroadcastOrder.Set))]
    [InlineData("/edit 7 Другой текст", typeof(BroadcastOrder.Edit))]
    public void Commands_are_read(string text, Type order) =>
        Assert.IsType(order, Assert.IsType<StaffCommand.Broadcast>(StaffReader.Read(text, null)).Order);

    [Theory]
    [InlineData("/variant")]
    [InlineData("/set")]
    [InlineData("/set at")]
    [InlineData("/set 7")]
    [InlineData("/edit")]
    [InlineData("/edit 7")]
    [InlineData("/edit text without a number")]
    public void Wrong_use_gets_a_hint(string text) => Assert.IsType<StaffCommand.Hint>(StaffReader.Read(text, null));

    [Fact]
    public void A_sticker_cannot_be_broadcast() => Assert.IsType<StaffCommand.Hint>(
        StaffReader.Read("/broadcast", new ChannelMessage(6, "/broadcast", ReplyTo: new ChannelMessage(5, "", new Media(MediaKind.Other)))));

    [Fact]
    public void An_edit_names_its_variant() =>
        Assert.Equal(new BroadcastOrder.Edit(new BroadcastId(7), 1, "Новый <b>текст</b>"),
            Order<BroadcastOrder.Edit>("/edit 7 B Новый текст", new ChannelMessage(6, "/edit 7 B Новый <b>текст</b>")));

    [Theory]
    [InlineData("s.b.7.start.0a1b2c3d", typeof(BroadcastOrder.Start))]
    [InlineData("s.b.7.win.A.yes", typeof(BroadcastOrder.Win))]
    [InlineData("s.b.7.topic.offers", typeof(BroadcastOrder.Set))]
    public void Buttons_are_read(string data, Type order) =>
        Assert.IsType(order, Assert.IsType<StaffCommand.Broadcast>(StaffPress.Read(data)).Order);

    [Theory]
    [InlineData("s.b")]
    [InlineData("s.b.7")]
    [InlineData("s.b.x.start")]
    [InlineData("s.b.7.start.yes.more")]
    [InlineData("s.b.99999999999999999999.start")]
    public void Forged_buttons_ask_for_nothing(string data) => Assert.Null(StaffPress.Read(data));

    private static T Order<T>(string text, ChannelMessage? original)
        where T : BroadcastOrder => Assert.IsType<T>(Assert.IsType<StaffCommand.Broadcast>(StaffReader.Read(text, original)).Order);
}
