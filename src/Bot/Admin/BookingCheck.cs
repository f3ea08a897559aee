using System.Globalization;
using Bot.Core.Bookings;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Storage;
using Bot.Storage.Bookings;
using Bot.Writing;

namespace Bot.Admin;

/// <summary>
/// Looks, when content is new, which visits ahead it has no room for any more: a holiday was added, a specialist left. The visits stand, and
/// staff are told of each once.
/// </summary>
internal sealed class BookingCheck(Store store, Writer writer, TimeProvider business)
{
    /// <summary>More than that is rather a slip in services.yaml; the next start tells of the others.</summary>
    private const int Most = 50;

    private const int Looked = 1_000;

    public async Task RunAsync(Content content, CancellationToken cancellationToken)
    {
        if (content.Catalog is not { } catalog)
        {
            return;
        }

        var now = business.GetUtcNow();
        var texts = new AdminTexts(content, now);
        var lines = store.Bookings.Ahead(now, Looked)
            .Select(visit => (Visit: visit, Why: Conflicts.Of(visit.Booking, catalog, content.Settings.Zone)))
            .Where(one => one.Why is not null)
            .Take(Most)
            .Select(one => (one.Visit, Key: KeyOf(one.Visit.Booking, one.Why!.Value), Body: BodyOf(texts, one.Visit, one.Why!.Value)))
            .ToList();
        if (lines.Count == 0)
        {
            return;
        }

        await writer.StepAsync(transaction =>
        {
            lines.ForEach(line => transaction.Admin.Say(line.Visit.Profile, line.Key, line.Body, now));
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A visit that is moved, or stands in another way, is told of anew.</summary>
    private static string KeyOf(Booking booking, Phrase why) =>
        string.Create(CultureInfo.InvariantCulture, $"visit:{booking.Id.Value}:{booking.Start.ToUnixTimeSeconds()}:{why}");

    private static Body BodyOf(AdminTexts texts, VisitOfCustomer visit, Phrase why)
    {
        var values = VisitValues.Of(visit.Booking, visit.Booking.Title, visit.Booking.Name, visit.Name, visit.Contact, texts.Plain(VisitValues.StateOf(visit.Booking.State)))
            .Add("reason", new Value.Text(texts.Plain(why)));
        return new Body(texts.Html(Phrase.AdminInTheWay, [.. values.Select(pair => (pair.Key, (Value?)pair.Value))]), null,
            AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminVisitButton), StaffPress.Visit(visit.Booking.Id))));
    }
}
