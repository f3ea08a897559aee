using Bot.Core.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Core.Tests.Messages;

public sealed class HtmlTests
{
    [Theory]
    [InlineData("a < b & c > \"d\"", "a &lt; b &amp; c &gt; &quot;d&quot;")]
    [InlineData("<b>", "&lt;b&gt;")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("Анна", "Анна")]
    public void Escaped_text_is_seen_as_it_was_typed(string text, string html)
    {
        Assert.Equal(html, Html.Escape(text));
        Assert.Equal(text.Length, Html.Length(Html.Escape(text)));
    }

    [Theory]
    [InlineData("<b>bold</b>", 4)]
    [InlineData("a &amp; b", 5)]
    [InlineData("🦄", 2)]
    [InlineData("<a href=\"https://example.com\">here</a>", 4)]
    [InlineData("1 < 2", 5)]
    public void Length_is_what_the_customer_sees(string html, int length) => Assert.Equal(length, Html.Length(html));

    [Fact]
    public void A_long_text_is_cut_at_a_line_if_one_is_near()
    {
        var parts = Html.Split(new string('a', 90) + "\n" + new string('b', 50), 100);

        Assert.Equal([new string('a', 90) + "\n", new string('b', 50)], parts);
    }

    [Fact]
    public void Open_tags_are_closed_at_a_cut_and_opened_again()
    {
        var parts = Html.Split($"<b>x<i>{new string('y', 6)}</i></b>", 4);

        Assert.Equal(["<b>x<i>yyy</i></b>", "<b><i>yyy</i></b>"], parts);
    }

    [Fact]
    public void No_part_cuts_an_emoji_or_an_entity()
    {
        var parts = Html.Split("aaa🦄&lt;&lt;&lt;🦄", 4);

        Assert.All(parts, part => Assert.True(Html.Length(part) <= 4));
        Assert.Equal("aaa🦄&lt;&lt;&lt;🦄", string.Concat(parts));
        Assert.All(parts, part => Assert.Equal(part.Count(c => c == '&'), part.Count(c => c == ';')));
        Assert.All(parts, part => Assert.DoesNotContain(part, p => char.IsSurrogate(p) && !part.Contains("🦄", StringComparison.Ordinal)));
    }

    [Fact]
    public void Any_text_is_split_within_the_limit_and_nothing_is_lost() => Prop.ForAll(
        Gen.Elements("<b>", "</b>", "x", "🦄", "&lt;", " ", "\n", "я", "<i>", "</i>").ArrayOf().Select(Balanced).ToArbitrary(),
        html =>
        {
            var parts = Html.Split(html, 5);
            Assert.All(parts, part => Assert.InRange(Html.Length(part), 0, 5));
            Assert.Equal(Visible(html), Visible(string.Concat(parts)));
        }).QuickCheckThrowOnFailure();

    private static string Visible(string html) =>
        string.Concat(html.Replace("<b>", "", StringComparison.Ordinal).Replace("</b>", "", StringComparison.Ordinal)
            .Replace("<i>", "", StringComparison.Ordinal).Replace("</i>", "", StringComparison.Ordinal).Where(c => !char.IsWhiteSpace(c)));

    /// <summary>Makes tags of random pieces nest.</summary>
    private static string Balanced(string[] pieces)
    {
        var open = new Stack<string>();
        var kept = new List<string>();
        foreach (var piece in pieces)
        {
            if (piece is "<b>" or "<i>")
            {
                open.Push(piece);
            }
            else if (piece is "</b>" or "</i>")
            {
                if (open.Count == 0 || open.Peek() != piece.Replace("/", "", StringComparison.Ordinal))
                {
                    continue;
                }

                open.Pop();
            }

            kept.Add(piece);
        }

        return string.Concat(kept) + string.Concat(open.Select(tag => tag.Insert(1, "/")));
    }
}
