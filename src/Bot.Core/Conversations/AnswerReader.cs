using System.Globalization;
using System.Net.Mail;
using System.Text;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Conversations;

/// <summary>Reads what a customer typed as the answer to a question. Pure, bounded, and never throws on any text.</summary>
public static class AnswerReader
{
    /// <summary>The longest free text that is kept, in UTF-16 units.</summary>
    public const int MaxText = 4_000;

    /// <summary>The longest name, as the reader sees characters.</summary>
    public const int MaxName = 64;

    /// <summary>Nobody is older, in years.</summary>
    private const int MaxAge = 120;

    private static readonly string[] DateFormats = ["d.M.yyyy", "d/M/yyyy", "d-M-yyyy", "yyyy-M-d", "d MMMM yyyy", "d MMM yyyy"];

    /// <summary>The answer that the first fitting kind makes of the text, or what to say if none fits.</summary>
    /// <param name="language">The customer's.</param>
    /// <param name="today">The day that it is for the customer.</param>
    public static Answer Read(Ask ask, string text, Content content, string language, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(content);
        foreach (var kind in ask.Kinds)
        {
            if (ReadAs(kind, ask, text, content, language) is { } value && (!IsBirthday(ask) || IsBirthday(value, today)))
            {
                // A phone that was typed is a phone, whichever kind asked for it; only the contact button makes a contact.
                return new Answer.Given(kind == AskKind.Contact ? AskKind.Phone : kind, value);
            }
        }

        return new Answer.Unclear(Again(ask));
    }

    /// <summary>What to say about an answer that fits none of the question's kinds.</summary>
    public static Phrase Again(Ask ask) => ask.Kinds switch
    {
        [AskKind.Contact or AskKind.Phone] => Phrase.AgainPhone,
        [AskKind.Contact or AskKind.Phone, AskKind.Contact or AskKind.Phone] => Phrase.AgainPhone,
        _ when ask.Kinds.Contains(AskKind.Email) && ask.Kinds.Length > 1 => Phrase.AgainContact,
        [var first, ..] => first switch
        {
            AskKind.Text => Phrase.AgainText,
            AskKind.Name => Phrase.AgainName,
            AskKind.Email => Phrase.AgainEmail,
            AskKind.Phone or AskKind.Contact => Phrase.AgainPhone,
            AskKind.Number => Phrase.AgainNumber,
            AskKind.Date => Phrase.AgainDate,
            AskKind.Scale => Phrase.AgainScale,
            AskKind.Choice or AskKind.Language or AskKind.Topics => Phrase.AgainChoice,
            AskKind.City => Phrase.AgainCity,
            AskKind.Service or AskKind.Specialist or AskKind.FreeDay or AskKind.FreeTime or AskKind.MyBooking => BookingQuestion.Again(ask),
        },
        _ => Phrase.AgainText,
    };

    private static Value? ReadAs(AskKind kind, Ask ask, string text, Content content, string language) => kind switch
    {
        AskKind.Text => Text(text) is { } words ? new Value.Text(words) : null,
        AskKind.Name => Name(text) is { } name ? new Value.Text(name) : null,
        AskKind.Email => Email(text) is { } email ? new Value.Text(email) : null,
        AskKind.Phone or AskKind.Contact => Phone(text, content.Settings.Business.Phone) is { } phone ? new Value.Text(phone) : null,
        AskKind.Number => Number(text) is { } number && IsWithin(number, ask) ? new Value.Number(number) : null,
        AskKind.Scale => Number(text) is { } point && decimal.IsInteger(point) && IsWithin(point, ask) ? new Value.Number(point) : null,
        AskKind.Date => Date(text, language) is { } day ? new Value.Date(day) : null,
        AskKind.Choice => Choice(ask.Options, text) is { } id ? new Value.Choice(id) : null,
        AskKind.Language => Language(content, text) is { } code ? new Value.Choice(code) : null,
        AskKind.City => Cities.Find(text) is { } city ? new Value.Text(city.NameIn(content.Settings.Languages[0])) : null,
        AskKind.Topics => Choice(content.Settings.Topics.Select(topic => new ChoiceOption(topic.Key, topic.Value)), text) is { } topic
            ? new Value.Choice(topic)
            : null,

        // What can be booked is read by whoever knows what is free.
        AskKind.Service or AskKind.Specialist or AskKind.FreeDay or AskKind.FreeTime or AskKind.MyBooking => null,
    };

    /// <summary>A free text: anything to be seen, of bounded length.</summary>
    public static string? Text(string text)
    {
        var clean = Clean(text, keepLines: true);
        return clean.Length is > 0 and <= MaxText ? clean : null;
    }

    /// <summary>A name: at least one letter of any script, on one line, without direction marks; emoji are welcome.</summary>
    public static string? Name(string text)
    {
        // Long enough for any name, short enough to measure.
        if (text.Length > MaxName * 16)
        {
            return null;
        }

        var clean = Clean(text, keepLines: false);
        var isName = clean.EnumerateRunes().Any(Rune.IsLetter)
            && new StringInfo(clean).LengthInTextElements <= MaxName
            && clean[0] != '/'
            && !clean.Contains("://", StringComparison.Ordinal)
            && !clean.Contains('@', StringComparison.Ordinal);
        return isName ? clean : null;
    }

    /// <summary>An email address as it is written, with its domain in lower case.</summary>
    public static string? Email(string text)
    {
        var clean = text.Trim();
        if (clean.Length is 0 or > 254 || clean.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"' or ',' or ';')
            || !MailAddress.TryCreate(clean, out var address) || address.User.Length > 64)
        {
            return null;
        }

        var labels = address.Host.Split('.');
        var isHost = labels.Length >= 2 && labels[^1].Length >= 2
            && labels.All(label => label.Length is > 0 and <= 63 && label.All(c => char.IsLetterOrDigit(c) || c == '-'));
        return isHost ? $"{address.User}@{address.Host.ToLowerInvariant()}" : null;
    }

    /// <summary>A phone number in E.164 (<c>+79991234567</c>); without a country, in the country of the business's own number.</summary>
    public static string? Phone(string text, string businessPhone)
    {
        if (text.Length > 64)
        {
            return null;
        }

        var typed = text.Trim();
        var digits = new StringBuilder();
        foreach (var c in typed.StartsWith('+') ? typed[1..] : typed)
        {
            if (char.IsAsciiDigit(c))
            {
                digits.Append(c);
            }
            else if (c is not (' ' or '(' or ')' or '-' or '.' or '\u00a0' or '\u2011' or '\u2013'))
            {
                return null;
            }
        }

        var number = digits.ToString();
        var isRussian = businessPhone.StartsWith("+7", StringComparison.Ordinal);
        number = typed switch
        {
            ['+', ..] => number,
            _ when number.StartsWith("00", StringComparison.Ordinal) => number[2..],
            ['8', ..] when isRussian && number.Length == 11 => "7" + number[1..],
            _ when isRussian && number.Length == 10 => "7" + number,
            _ when number.Length >= 11 => number,
            _ => "",
        };
        return number.Length is >= 8 and <= 15 && number[0] != '0' ? "+" + number : null;
    }

    /// <summary>A number with at most four decimals, decimal point or comma, with or without spaces between thousands.</summary>
    public static decimal? Number(string text)
    {
        var clean = text.Trim().Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal).Replace(',', '.');
        return clean.Length <= 18
            && decimal.TryParse(clean, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && Numbers.IsWithin(number)
            ? number
            : null;
    }

    /// <summary>A day between 1900 and 2100: <c>31.12.1990</c>, <c>1990-12-31</c>, <c>31 December 1990</c>.</summary>
    public static DateOnly? Date(string text, string language)
    {
        if (text.Length > 40)
        {
            return null;
        }

        var culture = CultureInfo.GetCultureInfo(language);
        return DateOnly.TryParseExact(text.Trim(), DateFormats, culture, DateTimeStyles.AllowWhiteSpaces, out var day)
            && day.Year is >= 1900 and <= 2100
            ? day
            : null;
    }

    private static bool IsWithin(decimal number, Ask ask) => (ask.From ?? number) <= number && number <= (ask.To ?? number);

    private static bool IsBirthday(Ask ask) => ask.Into is { IsProfile: true, Name: ProfileFields.Birthday };

    private static bool IsBirthday(Value value, DateOnly today) => value is Value.Date { Day: var day } && day <= today && day > today.AddYears(-MaxAge);

    private static string? Choice(IEnumerable<ChoiceOption> options, string text)
    {
        var folded = Typed(text);
        return options.FirstOrDefault(option =>
            option.Id == folded || option.Label.ByLanguage.Values.Any(label => Folding.Fold(label.Source) == folded))?.Id;
    }

    /// <summary>A language of the content by its code or its own name.</summary>
    private static string? Language(Content content, string text)
    {
        var folded = Typed(text);
        return content.Settings.Languages.FirstOrDefault(code =>
            code == folded || Folding.Fold(content.Phrases[Phrase.LanguageName].In(code).Source) == folded);
    }

    /// <summary>What was typed as the name of one of several things, of a length that can be compared.</summary>
    private static string Typed(string text) => Folding.Fold(text.Length > 256 ? text[..256] : text);

    /// <summary>Without control and direction characters; white space around and runs of it within are one space.</summary>
    private static string Clean(string text, bool keepLines)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var c = rune.Value;
            if (keepLines && c == '\n')
            {
                clean.Append('\n');
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] is not (' ' or '\n'))
                {
                    clean.Append(' ');
                }
            }
            else if (!Rune.IsControl(rune) && !IsDirectionMark(c) && c != Rune.ReplacementChar.Value)
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary>Marks that turn the text around them: a name with one would turn the whole line it is put in.</summary>
    private static bool IsDirectionMark(int c) => c is 0x200E or 0x200F or 0x061C or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
