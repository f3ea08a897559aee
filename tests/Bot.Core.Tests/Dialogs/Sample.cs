using System.Collections.Immutable;
using Bot.Core.Dialogs;

namespace Bot.Core.Tests.Dialogs;

/// <summary>A small content without faults, which tests put their own files beside.</summary>
internal static class Sample
{
    public static readonly ImmutableSortedDictionary<string, string> Yaml = new Dictionary<string, string>
    {
        ["settings.yaml"] = """
            business: { name: Чистый дом, phone: "+7 900 000-00-00", policy: "https://example.com/privacy" }
            zone: Europe/Moscow
            currency: RUB
            languages: [ru, en]
            magnets:
              guide:
                title: { ru: 7 пятен, en: 7 stains }
                file: "stains.pdf"
            consents:
              personal-data: { required: true }
              marketing: {}
            fields: { visits: number }
            topics: { offers: { ru: Акции, en: Offers }, reminders: { ru: Напоминания, en: Reminders } }
            """,
        ["contact.yaml"] = """
            dialog: contact
            about: { ru: Согласие и имя, en: Consent and name }
            states:
              consent:
                skip-if: consent(personal-data)
                say: { ru: "Согласны? {{ business.policy }}", en: "Do you agree? {{ business.policy }}" }
                buttons:
                  agree: { label: { ru: Да, en: I do }, do: [ consent: personal-data ], goto: name }
                  later: { label: { ru: Нет, en: No }, goto: leave }
                goto: name
              name:
                skip-if: profile.name
                say: { ru: Как вас зовут?, en: What is your name? }
                ask: { as: name, into: profile.name }
                goto: end
            """,
        ["lead.yaml"] = """
            dialog: lead
            about: { ru: Чек-лист, en: The checklist }
            takes: magnet
            opens:
              - link: lead
                with: { magnet: guide }
              - command: lead
                with: { magnet: guide }
              - keyword: { ru: [лид], en: [lead] }
                with: { magnet: guide }
              - menu: { ru: Чек-лист, en: Checklist }
                with: { magnet: guide }
            states:
              contact:
                call: contact
                if-left: end
                goto: gift
              gift:
                file: magnet.file
                say: { ru: "Готово, {{ profile.name }}", en: "Here you are, {{ profile.name }}" }
                goto: end
            """,
    }.ToImmutableSortedDictionary();

    public static readonly ImmutableSortedDictionary<string, ContentFile> Files = new[]
    {
        new ContentFile("stains.pdf", new string('0', 64), 60_000),
        new ContentFile("empty.pdf", new string('1', 64), 0),
        new ContentFile("huge.pdf", new string('2', 64), 60L * 1024 * 1024),
    }.ToImmutableSortedDictionary(f => f.Name, f => f);

    /// <summary>The content with more or other files.</summary>
    public static LoadResult With(params ReadOnlySpan<(string File, string Yaml)> files)
    {
        var yaml = Yaml;
        foreach (var (file, text) in files)
        {
            yaml = yaml.SetItem(file, text);
        }

        return ContentLoader.Load(new(yaml, Files));
    }

    /// <summary>The content, which must have no faults.</summary>
    public static Content Content(params ReadOnlySpan<(string File, string Yaml)> files)
    {
        var result = With(files);
        Assert.Equal([], result.Faults);
        return result.Content!;
    }
}
