using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Lists;

/// <summary>What a column of a list is about.</summary>
public enum ListColumnKind
{
    /// <summary>The customer's id here.</summary>
    Id,

    /// <summary>A field of the profile, built in or the business's own.</summary>
    Field,
    Tags,

    /// <summary>Something to be written down; lists that go out do not have it.</summary>
    Note,

    // What lists that go out have, and what is never taken in from one: it happened or it did not.
    Telegram,
    Consents,
    FirstSource,
    LastSource,
    Created,
    LastActive,
    Purchases,
    Spent,
    Blocked,
}

/// <summary>A column of a list of customers.</summary>
/// <param name="Field">The field's name, for <see cref="ListColumnKind.Field"/>.</param>
/// <param name="Holds">What the field holds.</param>
public readonly record struct ListColumn(ListColumnKind Kind, string? Field = null, ValueKind Holds = ValueKind.Text)
{
    /// <summary>Whether it is taken in. Moments go out to be looked at: nobody types them.</summary>
    public bool IsTakenIn => (Kind is ListColumnKind.Id or ListColumnKind.Tags or ListColumnKind.Note)
        || (Kind == ListColumnKind.Field && Holds != ValueKind.Moment);

    /// <summary>The columns of a list that goes out, in their order.</summary>
    public static ImmutableArray<ListColumn> Outgoing(ImmutableSortedDictionary<string, ValueKind> own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return
        [
            new(ListColumnKind.Id), OfField(ProfileFields.Name), OfField(ProfileFields.Phone), OfField(ProfileFields.Email), OfField(ProfileFields.Birthday),
            OfField(ProfileFields.City), new(ListColumnKind.Telegram), .. own.Select(field => new ListColumn(ListColumnKind.Field, field.Key, field.Value)),
            new(ListColumnKind.Tags), new(ListColumnKind.Consents), new(ListColumnKind.FirstSource), new(ListColumnKind.LastSource),
            new(ListColumnKind.Created), new(ListColumnKind.LastActive), new(ListColumnKind.Purchases), new(ListColumnKind.Spent), new(ListColumnKind.Blocked),
        ];
    }

    /// <summary>The column that a heading means, in Russian or English, or <see langword="null"/>.</summary>
    public static ListColumn? Named(string heading, ImmutableSortedDictionary<string, ValueKind> own)
    {
        ArgumentNullException.ThrowIfNull(heading);
        ArgumentNullException.ThrowIfNull(own);
        var folded = heading.Length <= 64 ? Folding.Fold(heading).TrimEnd(':', '*', ' ') : "";
        return own.TryGetValue(folded, out var kind) ? new ListColumn(ListColumnKind.Field, folded, kind)
            : Names.TryGetValue(folded, out var column) ? column
            : null;
    }

    /// <summary>The heading; Russian for a Russian business, else English. The business's own fields are called as in its settings.</summary>
    public string HeadingIn(string language)
    {
        var column = this;
        var isBuiltIn = Kind != ListColumnKind.Field || ProfileFields.BuiltIn.ContainsKey(Field!);
        var (_, english, russian) = isBuiltIn ? Headings.First(one => one.Column == column) : (column, [Field!], [Field!]);
        return language == "ru" ? russian[0] : english[0];
    }

    // The first of each is the one that goes out; the others are what lists from elsewhere are headed with.
    private static readonly ImmutableArray<(ListColumn Column, string[] English, string[] Russian)> Headings =
    [
        (new(ListColumnKind.Id), ["id"], ["id", "ид"]),
        (OfField(ProfileFields.Name), ["name", "full name", "first name", "customer", "client"], ["имя", "фио", "имя клиента", "клиент", "имя и фамилия"]),
        (OfField(ProfileFields.Phone), ["phone", "phone number", "mobile", "telephone", "tel"], ["телефон", "номер телефона", "мобильный", "мобильный телефон", "тел", "тел.", "номер"]),
        (OfField(ProfileFields.Email), ["email", "e-mail", "mail", "email address"], ["почта", "эл. почта", "электронная почта", "имейл"]),
        (OfField(ProfileFields.Birthday), ["birthday", "birth date", "birthdate", "date of birth"], ["день рождения", "дата рождения", "др", "д.р."]),
        (OfField(ProfileFields.City), ["city", "town"], ["город"]),
        (new(ListColumnKind.Tags), ["tags", "tag", "labels"], ["метки", "метка", "теги", "тег"]),
        (new(ListColumnKind.Note), ["note", "notes", "comment", "comments"], ["заметка", "заметки", "комментарий", "примечание"]),
        (new(ListColumnKind.Telegram), ["telegram"], ["telegram", "телеграм"]),
        (new(ListColumnKind.Consents), ["consents"], ["согласия"]),
        (new(ListColumnKind.FirstSource), ["first source", "source"], ["первый источник", "источник"]),
        (new(ListColumnKind.LastSource), ["last source"], ["последний источник"]),
        (new(ListColumnKind.Created), ["since"], ["с нами с"]),
        (new(ListColumnKind.LastActive), ["last active"], ["был"]),
        (new(ListColumnKind.Purchases), ["purchases"], ["покупок"]),
        (new(ListColumnKind.Spent), ["spent"], ["потрачено"]),
        (new(ListColumnKind.Blocked), ["blocked"], ["заблокировал"]),
    ];

    private static readonly ImmutableDictionary<string, ListColumn> Names = Headings
        .SelectMany(one => one.English.Concat(one.Russian).Select(name => KeyValuePair.Create(Folding.Fold(name), one.Column)))
        .DistinctBy(pair => pair.Key)
        .ToImmutableDictionary();

    private static ListColumn OfField(string name) => new(ListColumnKind.Field, name, ProfileFields.BuiltIn[name]);
}
