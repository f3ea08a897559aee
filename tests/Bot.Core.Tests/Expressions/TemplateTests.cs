using System.Xml;
using System.Xml.Linq;
using Bot.Core.Expressions;
using Bot.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Core.Tests.Expressions;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("Здравствуйте, {{ profile.name }}!", "Здравствуйте, Анна!")]
    [InlineData("{{ profile.phone else 'нет' }}", "нет")]
    [InlineData("{{ profile.phone }}", "")]
    [InlineData("{{ words }}", "Всё &lt;b&gt;отлично&lt;/b&gt; &amp; быстро")]
    [InlineData("<b>{{ profile.name }}</b> <i>и</i> 5 < 6 & <x>", "<b>Анна</b> <i>и</i> 5 &lt; 6 &amp; &lt;x&gt;")]
    [InlineData("<a href=\"{{ business.policy }}\">тут</a>", "<a href=\"https://example.com/privacy\">тут</a>")]
    [InlineData("{{ business.name }}, {{ business.address else 'онлайн' }}", "Чистый дом, онлайн")]
    [InlineData("{{ '{profile.name}' }} {{ '<br>' }} {5, 6}", "{profile.name} &lt;br&gt; {5, 6}")]
    [InlineData("{{ size }}", "small")]
    [InlineData("{{ score }} {{ profile.visits }}", "9 3,5")]
    [InlineData("{{ date(day) }}", "3\u00a0декабря")]
    [InlineData("{{ date(time) }} в {{ clock(time) }}", "4\u00a0декабря в 00:30")]
    [InlineData("{{ day }}; {{ time }}", "3\u00a0декабря; 4\u00a0декабря, 00:30")]
    [InlineData("{{ date(profile.birthday) }}", "28\u00a0ноября 1990")]
    [InlineData("{{ money(score * 1000) }}", "9\u00a0000\u00a0₽")]
    [InlineData("{{ money(score / 4) }}", "2,25\u00a0₽")]
    [InlineData("{{ score }} {{ plural(score, 'визит', 'визита', 'визитов') }}", "9 визитов")]
    [InlineData("{{ plural(21, 'визит', 'визита', 'визитов') }}", "визит")]
    [InlineData("{{ plural(12, 'визит', 'визита', 'визитов') }}", "визитов")]
    [InlineData("{{ plural(3.5, 'визит', 'визита', 'визитов') }}", "визита")]
    [InlineData("{{ range(1, score) }}", "от 1 до 9")]
    [InlineData("{{ range(unset, unset) else 'цифрами' }}", "цифрами")]
    [InlineData("{{ magnet.title }}: {{ magnet.file }}", "7 пятен: stains.pdf")]
    public void Russian_texts_are_rendered(string source, string html) =>
        Assert.Equal(html, Someone.Template(source).Html(Someone.Scope()));

    [Theory]
    [InlineData("{{ date(day) }}, {{ clock(time) }}", "3\u00a0December, 00:30")]
    [InlineData("{{ money(score * 1000.5) }}", "₽9,004.50")]
    [InlineData("{{ plural(score, 'visit', 'visits') }} {{ plural(1, 'visit', 'visits') }}", "visits visit")]
    [InlineData("{{ range(score, unset) }}", "9 or more")]
    [InlineData("{{ profile.visits }}", "3.5")]
    public void English_texts_are_rendered(string source, string html) =>
        Assert.Equal(html, Someone.Template(source, "en").Html(Someone.Scope("en")));

    [Fact]
    public void Plain_text_has_neither_markup_nor_escapes() =>
        Assert.Equal("Анна & 5 < 6: Всё <b>отлично</b> & быстро",
            Someone.Template("<b>{{ profile.name }}</b> & 5 < 6: {{ words }}").Plain(Someone.Scope()));

    [Fact]
    public void The_wording_of_a_consent_has_the_business_in_it_and_the_customer_left_out() =>
        Assert.Equal("{{ profile.name else 'Друг' }}, это Чистый дом: <a href=\"https://example.com/privacy\">правила</a> & 5 < 6",
            Someone.Template("{{ profile.name else 'Друг' }}, это {{ business.name }}: <a href=\"{{ business.policy }}\">правила</a> & 5 < 6")
                .Wording(Someone.Scope()));

    [Fact]
    public void A_text_without_customers_values_is_rendered_once()
    {
        var template = Someone.Template("<b>{{ business.name }}</b>");

        Assert.True(template.IsConstant);
        Assert.Same(template.Html(Someone.Scope()), template.Html(Someone.Stranger()));
    }

    [Theory]
    [InlineData("<b>да", 0, "<b> is not closed: put </b> where it ends.")]
    [InlineData("да</b>", 2, "</b> closes what was not opened.")]
    [InlineData("<b><i>да</b></i>", 8, "</b> comes before </i>: what is opened last is closed first.")]
    [InlineData("<b><b>да</b></b>", 3, "<b> stands inside another <b>.")]
    [InlineData("<a href=\"ftp://x.ru\">да</a>", 0, "The address of a link begins with https:// or http:// and has no spaces. A link is written like this: <a href=\"https://example.com\">text</a>.")]
    [InlineData("<a href=\"https://x.ru/{{ profile.name }}\">да</a>", 22, "The address of a link can use `business.` values only.")]
    [InlineData("Да {{ profile.name", 3, "`{{` without `}}`: the expression is not closed.")]
    [InlineData("Да {{ }}", 5, "Here an expression is missing.")]
    [InlineData("Да {{ profile.nam }}", 6, "There is no `profile.nam` here. Did you mean `profile.name`?")]
    [InlineData("Да {{ consent(marketing) }}", 6, "A text cannot show a yes-or-no.")]
    [InlineData("{{ plural(score, 'визит', 'визитов') }}", 3, "In this language `plural(...)` needs 3 words after the number: for 1, for 2 and for 5.")]
    public void A_mistake_in_a_text_is_named_where_it_is(string source, int at, string message)
    {
        var fault = Template.Parse(source, Someone.Vocabulary with { Language = "ru" }).Fault!;

        Assert.Equal((at, message), (fault.At, fault.Message));
    }

    [Theory]
    [InlineData("{{token}}")]
    [InlineData("{{ business.phone }}")]
    [InlineData("</b><a href=\"https://evil.example\">x</a>")]
    [InlineData("& &amp; &lt; \" '")]
    [InlineData("{{ profile.name else '")]
    public void What_a_customer_wrote_is_neither_template_nor_markup(string name)
    {
        var scope = Someone.Scope(profile: Someone.Anna with { Fields = Someone.Anna.Fields.SetItem("name", new Value.Text(name)) });
        var template = Someone.Template("<b>{{ profile.name }}</b>!");

        Assert.Equal(name, XElement.Parse($"<m>{template.Html(scope)}</m>").Element("b")!.Value);
        Assert.Equal(name + "!", template.Plain(scope));
    }

    [Fact]
    public void Whatever_the_values_are_the_result_is_well_formed()
    {
        var template = Someone.Template("<b>{{ profile.name }}</b> <a href=\"https://x.ru/?a=1&b=2\"><i>{{ words else '<&\"' }}</i></a> < {{ size }} {{ score }} > & <q>");

        Prop.ForAll<string?, string?>((any, other) =>
        {
            // XML, by which the result is judged here, knows no control characters; Telegram's HTML does.
            var name = any is null ? null : string.Concat(any.Where(XmlConvert.IsXmlChar));
            var words = other is null ? null : string.Concat(other.Where(XmlConvert.IsXmlChar));
            var values = words is null ? Someone.Values.Remove("words") : Someone.Values.SetItem("words", new Value.Text(words));
            var profile = Someone.Anna with { Fields = Someone.Anna.Fields.SetItem("name", new Value.Text(name ?? "")) };
            var html = template.Html(Someone.Scope(profile: profile, values: values));
            var tags = new HashSet<string>(["m", "b", "a", "i"]);
            using var reader = XmlReader.Create(new StringReader($"<m>{html}</m>"), new() { CheckCharacters = false });
            while (reader.Read())
            {
                Assert.True(reader.NodeType != XmlNodeType.Element || tags.Contains(reader.Name), html);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Reading_hostile_texts_is_quick()
    {
        foreach (var text in new[]
        {
            string.Concat(Enumerable.Repeat("{{", 2000)), string.Concat(Enumerable.Repeat("<b>", 1300)), string.Concat(Enumerable.Repeat("<a href=\"", 400)),
            "{{ " + new string('(', 3900) + " }}", "{{ " + string.Concat(Enumerable.Repeat("profile.a.b.c.d.", 240)) + " }}", "{{ ^(a+)+$ }}",
            string.Concat(Enumerable.Repeat("{{ 'a' }}", 440)),
        })
        {
            Assert.InRange(Quickest.Milliseconds(() => Template.Parse(text, Someone.Vocabulary)), 0, 200);
        }
    }
}
