using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Conversations;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Profiles;
using Bot.Core.Time;
using Bot.Core.Turns;

namespace Bot.Core.Lists;

/// <summary>How what others say of customers is read, in a list or over the API: the same values are good and the same are not.</summary>
/// <param name="now">The business's time.</param>
public sealed class ListValues(Content content, DateTimeOffset now)
{
    private const int MaxNote = 1_000;
    private const int MaxTags = 20;

    /// <summary>Nobody is older, in years.</summary>
    private const int MaxAge = 120;

    private readonly DateOnly _today = LocalTime.DayOf(now, content.Settings.Zone);

    /// <summary>The value of a field as it is kept, or what is wrong with it.</summary>
    public (Value? Value, ListFaultKind Fault) Read(ListColumn column, string cell) => (column.Field, column.Holds) switch
    {
        (ProfileFields.Phone, _) => (Text(AnswerReader.Phone(cell, content.Settings.Business.Phone)), ListFaultKind.Phone),
        (ProfileFields.Email, _) => (Text(AnswerReader.Email(cell)), ListFaultKind.Email),
        (ProfileFields.Name, _) => (Text(AnswerReader.Name(cell)), ListFaultKind.Name),
        (ProfileFields.City, _) => (Text(Cities.Find(cell)?.NameIn(content.Settings.Languages[0]) ?? AnswerReader.Name(cell)), ListFaultKind.TooLong),
        (ProfileFields.Birthday, _) => (Day(cell) is { } born && born.Day <= _today && born.Day > _today.AddYears(-MaxAge) ? born : null, ListFaultKind.Day),
        (_, ValueKind.Date) => (Day(cell), ListFaultKind.Day),
        (_, ValueKind.Number) => (AnswerReader.Number(cell) is { } number ? new Value.Number(number) : null, ListFaultKind.Number),
        (_, ValueKind.Boolean) => (YesNo(cell), ListFaultKind.YesNo),
        _ => (Text(AnswerReader.Text(cell)), ListFaultKind.TooLong),
    };

    /// <summary>Tags as they are kept, or <see langword="null"/> if one of them is none or they are too many.</summary>
    public static ImmutableArray<string>? Tags(IReadOnlyCollection<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var all = tags.Select(tag => tag.ToLowerInvariant()).ToList();
        return all.Count <= MaxTags && all.TrueForAll(Identifier.IsId) ? [.. all.Distinct()] : null;
    }

    /// <summary>A note as it is kept, or <see langword="null"/> if it is too long or empty.</summary>
    public static string? Note(string cell) => AnswerReader.Text(cell) is { Length: <= MaxNote } note ? note : null;

    /// <summary>Whether a source can be called like this: what a deep link could bring too.</summary>
    public static bool IsSource(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Length is > 0 and <= Openings.MaxSource && source.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
    }

    // With a time behind it where a spreadsheet keeps one.
    private Value.Date? Day(string cell) =>
        (AnswerReader.Date(cell, content.Settings.Languages[0]) ?? AnswerReader.Date(cell.Split(' ', 'T')[0], "en")) is { } day ? new Value.Date(day) : null;

    private static Value.Boolean? YesNo(string cell) => Folding.Fold(cell) switch
    {
        "да" or "yes" or "true" or "истина" or "1" or "+" or "✓" => new Value.Boolean(true),
        "нет" or "no" or "false" or "ложь" or "0" or "-" or "−" or "✗" => new Value.Boolean(false),
        _ => null,
    };

    private static Value.Text? Text(string? text) => text is null ? null : new Value.Text(text);
}
