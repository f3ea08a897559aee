using System.Globalization;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Storage;
using Bot.Storage.Admin;

namespace Bot.Admin;

/// <summary>A stretch of time in numbers, compared with one as long before it: the same each week by itself and on demand.</summary>
internal static class Digest
{
    /// <summary>The digest, in as many messages as Telegram needs. Reads whole tables beside the writer.</summary>
    /// <param name="before">Where the time that it is compared with begins.</param>
    public static IEnumerable<Body> Of(Content content, StoreOptions database, DateTimeOffset before, DateTimeOffset from, DateTimeOffset to)
    {
        var texts = new AdminTexts(content, to);
        var page = new NumbersPage(texts, content, BusinessNumbers.Of(database, from, to), BusinessNumbers.Of(database, before, from));
        var heading = texts.Html(Phrase.AdminDigest, ("from", AdminTexts.Text(Local(from))), ("to", AdminTexts.Text(Local(to))));
        var surveys = new SurveyAnswers(content, texts, database, to).Summary(from);
        return Html.Split($"{heading}\n\n{page.Html(isFull: false)}{(surveys.Length > 0 ? "\n\n" : "")}{surveys}", Html.MaxText).Select(part => new Body(part));

        string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, content.Settings.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
