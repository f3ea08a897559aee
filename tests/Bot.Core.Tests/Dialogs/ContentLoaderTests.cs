using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Tests.Support;

namespace Bot.Core.Tests.Dialogs;

public sealed class ContentLoaderTests
{
    [Fact]
    public void The_shipped_content_has_no_faults()
    {
        var result = ContentLoader.Load(Shipped.Source);

        Assert.Equal([], result.Faults);
        Assert.Contains("contact", result.Content!.Dialogs.Keys);
        Assert.Contains(result.Content.Menu, entry => entry.Dialog.Id == "lead-magnet");
    }

    [Fact]
    public void The_shipped_segments_and_caps_are_those_that_most_businesses_begin_with()
    {
        var content = ContentLoader.Load(Shipped.Source).Content!;

        Assert.Equal(["best", "birthday-soon", "ignoring", "only-guide", "quiet-month", "regulars", "sleeping", "small-check"], content.Segments.Keys);
        Assert.Equal([(1, 14), (2, 7)], content.Caps.Select(cap => (cap.AtMost, cap.In.Days)));
        Assert.Equal(content.Segments["sleeping"].For.Tree, content.Caps[0].For!.Tree);
        Assert.Null(content.Caps[1].For);
    }

    [Fact]
    public void A_segment_may_stand_on_one_that_comes_after_it()
    {
        var content = Sample.Content(("segments.yaml", """
            segments:
              one: { name: { ru: Раз, en: One }, for: not segment(two) and city }
              two: { name: { ru: Два, en: Two }, for: birthday }
            """));

        Assert.Equal(
            new Node.Not(new Node.Known(new Node.Field("birthday", ValueKind.Date))),
            Assert.IsType<Node.All>(content.Segments["one"].For.Tree).Of[0]);
    }

    [Fact]
    public void Files_written_on_Windows_are_read_the_same()
    {
        var windows = Shipped.Source with { Yaml = Shipped.Source.Yaml.ToImmutableSortedDictionary(f => f.Key, f => f.Value.ReplaceLineEndings("\r\n")) };

        var result = ContentLoader.Load(windows);

        Assert.Equal([], result.Faults);
        Assert.Equal(
            ContentLoader.Load(Shipped.Source).Content!.Dialogs["contact"].States[0].Say!.In("ru").Source,
            result.Content!.Dialogs["contact"].States[0].Say!.In("ru").Source);
    }

    [Theory]
    [InlineData("7-pyaten.pdf")]
    [InlineData("7-stains.pdf")]
    public void The_checklist_is_a_small_document(string name)
    {
        Assert.InRange(Shipped.Source.Files[name].Length, 10_000, 300_000);
        Assert.Equal("%PDF"u8, File.ReadAllBytes(Path.Combine(Shipped.Folder, "files", name)).AsSpan(0, 4));
    }

    [Fact]
    public void Loading_is_quick_enough_not_to_be_noticed_at_start()
    {
        var quickest = Quickest.Milliseconds(() => ContentLoader.Load(Shipped.Source));

        Assert.InRange(quickest, 0, 60);
    }

    [Fact]
    public void A_magnet_can_have_a_file_for_each_language()
    {
        var magnet = ContentLoader.Load(Shipped.Source).Content!.Settings.Magnets["guide"];

        Assert.Equal("7-pyaten.pdf", magnet.Files["ru"]);
        Assert.Equal("7-stains.pdf", magnet.Files["en"]);
    }

    [Fact]
    public void The_bot_has_every_phrase_in_both_of_its_languages()
    {
        var phrases = Sample.Content().Phrases;

        Assert.All(Enum.GetValues<Phrase>(), phrase => Assert.Equal(2, phrases[phrase].ByLanguage.Count));
        Assert.Equal("Русский", phrases[Phrase.LanguageName].In("ru").Source);
    }

    [Fact]
    public void A_business_can_say_a_phrase_in_its_own_words()
    {
        var phrases = Sample.Content(("texts.yaml", "back: { ru: Вернуться }")).Phrases;

        Assert.Equal("Вернуться", phrases[Phrase.Back].In("ru").Source);
        Assert.Equal("‹ Back", phrases[Phrase.Back].In("en").Source);
    }

    [Fact]
    public void What_one_kind_of_answer_sets_can_be_asked_about_and_is_not_certain()
    {
        const string Note = """
            dialog: note
            about: { ru: Заметка, en: A note }
            opens:
              - command: note
            remember: { note: text }
            states:
              contact:
                call: contact
                if-left: end
                goto: ask
              ask:
                say: { ru: Телефон или заметка?, en: A phone or a note? }
                ask: { as: [phone, text], into: note }
                goto:
                  - if: note
                    to: thanks
                  - to: end
              thanks:
                say: { ru: "Записали: {{ note }}", en: "Noted: {{ note }}" }
                goto: end
            """;

        Sample.Content(("note.yaml", Note));

        var uncertain = Sample.With(("note.yaml", Note.Replace("- if: note\n        to: thanks\n      - to: end", "- to: thanks", StringComparison.Ordinal)));
        Assert.All(uncertain.Faults, fault => Assert.Contains("`note` may be unknown here", fault.Message, StringComparison.Ordinal));
        Assert.Equal(2, uncertain.Faults.Length);
    }

    [Fact]
    public void The_menu_is_in_the_order_of_its_file_and_others_come_last()
    {
        var content = Sample.Content(
            ("menu.yaml", "menu: [tips]"),
            ("tips.yaml", Dialog("tips", "  - menu: { ru: Советы, en: Tips }\n")),
            ("about.yaml", Dialog("about", "  - menu: { ru: О нас, en: About us }\n")));

        Assert.Equal(["tips", "about", "lead"], content.Menu.Select(m => m.Dialog.Id));
        Assert.Equal("О нас", content.Menu[1].Line.Label.In("ru").Source);
    }

    [Fact]
    public void The_revision_changes_with_any_byte_and_with_nothing_else()
    {
        var one = Sample.Content().Revision;
        var same = Sample.Content().Revision;
        var other = Sample.Content(("contact.yaml", Sample.Yaml["contact.yaml"] + " ")).Revision;

        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
        Assert.Matches("^[0-9a-f]{16}$", one);
    }

    [Fact]
    public void A_called_dialog_may_rely_on_what_all_its_callers_made_sure_of()
    {
        var content = Sample.Content(
            ("ask.yaml", """
                dialog: ask
                about: { ru: Город, en: City }
                states:
                  city:
                    say: { ru: "{{ profile.name }}, какой город?", en: "{{ profile.name }}, which city?" }
                    ask: { as: text, into: profile.city }
                    goto: end
                """),
            ("first.yaml", """
                dialog: first
                about: { ru: Первый, en: The first }
                opens:
                  - command: first
                states:
                  contact:
                    call: contact
                    if-left: end
                    goto: city
                  city:
                    call: ask
                    goto: thanks
                  thanks:
                    say: { ru: "{{ profile.city }}", en: "{{ profile.city }}" }
                    goto: end
                """));

        Assert.Equal("ask", content.Dialogs["first"].Find("city")!.Call);
    }

    [Fact]
    public void Everything_of_a_state_arrives_in_the_content()
    {
        var content = Sample.Content(("all.yaml", """
            dialog: all
            about: { ru: Всё, en: Everything }
            opens:
              - keyword: { ru: [Ещё раз], en: again }
                if: tags has "vip"
                at: size
            remember: { size: choice, words: text }
            states:
              hello:
                do:
                  - tag: vip
                  - untag: new
                  - record: hello.said
                    with: { at: now }
                  - set: { visits: count(hello.said) + 1 }
                  - withdraw: marketing
                say: { ru: "<b>Здравствуйте</b>", en: "<b>Hello</b>" }
                goto: size
              size:
                skip-if: event(hello.said, 1d) and count(hello.said, 7d) > 3
                say: { ru: Сколько?, en: How much? }
                buttons:
                  page: { label: { ru: Сайт, en: Site }, url: "{{ business.policy }}" }
                  other: { label: { ru: Другое, en: Something else }, if: language = "ru", do: [ tag: other ], goto: words }
                ask: { as: choice, into: size, of: { small: { ru: Мало, en: A little }, big: { ru: Много, en: A lot } } }
                on-answer: [ tag: answered ]
                back: false
                goto:
                  - if: size = "big"
                    to: words
                  - to: end
              words:
                say: { ru: "{{ size else 'Что' }}?", en: "{{ size else 'What' }}?" }
                ask: { as: text, into: words, skip: { ru: Не знаю, en: No idea } }
                goto: end
            moved: { old: size }
            """));

        var dialog = content.Dialogs["all"];
        Assert.Equal("еще раз", Assert.IsType<Opening.Keyword>(dialog.Opens[0]).Words.Order().Last());
        Assert.Equal(["Tag", "Untag", "Record", "Set", "Withdraw"], dialog.States[0].Do.Select(a => a.GetType().Name));
        var size = dialog.Find("size")!;
        Assert.Equal((false, true, 2), (size.CanGoBack, size.Waits, size.Goto.Length));
        Assert.Equal(["small", "big"], size.Ask!.Options.Select(o => o.Id));
        Assert.Equal(Target.To("size"), dialog.Moved["old"]);
        Assert.True(dialog.Find("words")!.Ask is { CanSkip: true, Skip: not null });
        Assert.Equal(ValueKind.Choice, dialog.Remember["size"]);
    }

    [Fact]
    public void A_dialog_is_drawn_as_a_diagram()
    {
        var graph = Graph.Mermaid(Sample.Content().Dialogs["contact"]);

        Assert.Equal(
            """
            ---
            title: contact
            ---
            stateDiagram-v2
                [*] --> s_consent
                state "consent" as s_consent
                s_consent --> s_name: agree
                s_consent --> [*]: later, leaves
                s_consent --> s_name: skipped
                state "name" as s_name
                s_name --> [*]: skipped
                s_name --> [*]: answer

            """.ReplaceLineEndings("\n"), graph);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_in_the_files_loading_answers_and_does_not_throw(int seed)
    {
        var random = new Random(seed);
        var files = Shipped.Source.Yaml.Concat(Sample.Yaml).ToList();
        for (var i = 0; i < 400; i++)
        {
            var (name, text) = files[random.Next(files.Count)];
            var result = ContentLoader.Load(new(Sample.Yaml.SetItem(name, Spoilt(text, random)), Sample.Files));

            Assert.True(result.Content is null != result.Faults.IsEmpty);
            Assert.All(result.Faults, f => Assert.True(f.Line >= 1 && f.Column >= 1, f.ToString()));
        }
    }

    [Fact]
    public void Deep_nesting_and_huge_files_are_refused_quickly()
    {
        foreach (var text in new[]
        {
            new string('[', 100_000), new string('{', 100_000), string.Concat(Enumerable.Repeat("a: ", 50_000)), new string('-', 200_000),
            string.Concat(Enumerable.Repeat("- ", 50_000)), new string('a', 300_000), "a: \"" + new string('x', 200_000), "? " + new string('{', 1000),
        })
        {
            Assert.NotEmpty(Sample.With(("deep.yaml", text)).Faults);
            Assert.InRange(Quickest.Milliseconds(() => Sample.With(("deep.yaml", text))), 0, 2_000);
        }
    }

    private static string Spoilt(string text, Random random)
    {
        const string Signs = "{}[]:#&*!|>'\"%@`,-?\t\n \\<>/=\0\ud800яA0";
        var spoilt = text.ToList();
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(spoilt.Count);
            switch (random.Next(4))
            {
                case 0:
                    spoilt.Insert(at, Signs[random.Next(Signs.Length)]);
                    break;
                case 1:
                    spoilt.RemoveAt(at);
                    break;
                case 2:
                    spoilt[at] = Signs[random.Next(Signs.Length)];
                    break;
                default:
                    spoilt.RemoveRange(at, Math.Min(spoilt.Count - at - 1, random.Next(40)));
                    break;
            }
        }

        return new string([.. spoilt]);
    }

    private static string Dialog(string id, string opens) => $$"""
        dialog: {{id}}
        about: { ru: Проба, en: A trial }
        opens:
        {{opens}}states:
          one:
            say: { ru: Да, en: Yes }
            goto: end
        """;
}
