using System.Text;
using Bot.Web;

namespace Bot.Tests.Web;

public sealed class ClientFrameTests
{
    [Fact]
    public void What_the_page_says_is_read()
    {
        Assert.Equal(new ClientFrame.Hello(7, "ru-ru"), Parse("""{"type":"hello","after":"7","language":"ru-RU"}"""));
        Assert.Equal(new ClientFrame.Hello(0, null), Parse("""{"type":"hello","after":"0","language":"<b>"}"""));
        Assert.Equal(new ClientFrame.Said("a-1", "Ё\n"), Parse("""{"type":"message","id":"a-1","text":"Ё\n"}"""));
        Assert.Equal(new ClientFrame.Pressed("a", 7, "a.menu"), Parse("""{"type":"press","id":"a","message":"7","data":"a.menu"}"""));
        Assert.Equal(new ClientFrame.Ping(), Parse("""{"type":"ping"}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"other"}""")]
    [InlineData("""{"type":"hello","after":7}""")]
    [InlineData("""{"type":"hello","after":"-7"}""")]
    [InlineData("""{"type":"hello","after":"99999999999999999999"}""")]
    [InlineData("""{"type":"message","id":"a b","text":"x"}""")]
    [InlineData("""{"type":"message","id":"","text":"x"}""")]
    [InlineData("""{"type":"message","id":"a","text":"\ud83d"}""")]
    [InlineData("""{"type":"message","id":"a"}""")]
    public void Anything_else_is_nothing(string json) => Assert.Null(Parse(json));

    private static ClientFrame? Parse(string json) => ClientFrame.Parse(Encoding.UTF8.GetBytes(json));
}
