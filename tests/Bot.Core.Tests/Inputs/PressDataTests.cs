using System.Text;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Core.Tests.Inputs;

public sealed class PressDataTests
{
    public static TheoryData<PressData> Ours =>
    [
        new PressData.Step(new ConversationId(long.MaxValue), int.MaxValue, 999), new PressData.Menu(), new PressData.Open("lead-magnet", 2),
        new PressData.Open(new string('d', 32), null), new PressData.Language("ru"),
    ];

    [Theory]
    [MemberData(nameof(Ours))]
    public void What_we_write_we_can_read_and_it_fits_a_button(PressData data)
    {
        Assert.Equal(data, PressData.Parse(data.ToString()));
        Assert.InRange(Encoding.UTF8.GetByteCount(data.ToString()), 1, 64);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c.1.2")]
    [InlineData("c.-1.2.3")]
    [InlineData("c.1.2.99999")]
    [InlineData("c.99999999999999999999.1.1")]
    [InlineData("a.open")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void What_is_not_ours_is_known_as_foreign(string data) => Assert.IsType<PressData.Foreign>(PressData.Parse(data));

    [Fact]
    public void Nothing_that_anybody_sends_makes_it_throw() =>
        Prop.ForAll<string>(text => PressData.Parse(text ?? "") is not null).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("/start", "start", "")]
    [InlineData("/start guide-vk", "start", "guide-vk")]
    [InlineData("/Start@my_bot  guide ", "start", "guide")]
    [InlineData("/sale 3200 ABC", "sale", "3200 ABC")]
    public void A_command_has_a_name_and_an_argument(string text, string name, string argument) =>
        Assert.Equal((name, argument), Command.In(text) is { } command ? (command.Name, command.Argument) : default);

    [Theory]
    [InlineData("/help", "our_bot", false)]
    [InlineData("/help@Our_Bot", "our_bot", false)]
    [InlineData("/help@their_bot", "our_bot", true)]
    [InlineData("/help@their_bot", null, false)]
    public void A_command_may_name_another_bot(string text, string? username, bool isForAnother) =>
        Assert.Equal(isForAnother, Command.In(text)!.Value.IsForAnother(username));

    [Theory]
    [InlineData("start")]
    [InlineData("/")]
    [InlineData("/ start")]
    [InlineData("/привет")]
    public void Other_texts_are_no_commands(string text) => Assert.Null(Command.In(text));
}
