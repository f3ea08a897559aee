using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Staff;
using Bot.Storage;
using Bot.Storage.Admin;
using Bot.Storage.Backups;
using Bot.Storage.Histories;
using Bot.Storage.Privacy;
using Bot.Webhooks;

namespace Bot.Admin;

/// <summary>What staff asked for, read on connections of its own, beside the writer.</summary>
internal sealed class AdminAnswers(Func<Content> content, Store store, StoreOptions database, BackupOptions backup, TimeProvider business, TimeProvider clock,
    bool hasWebhooks = false)
{
    private const int MaxFound = 10;
    private const int MaxLeads = 20;
    private const int MaxAside = 10;
    private const int CardMessages = 5;
    private const int WhyMessages = 30;

    /// <summary>The answer, in as many messages as Telegram needs.</summary>
    public IEnumerable<Body> To(StaffCommand command)
    {
        var texts = new AdminTexts(content(), business.GetUtcNow());
        if (command is StaffCommand.Digest)
        {
            var (now, week) = (business.GetUtcNow(), TimeSpan.FromDays(7));
            return Digest.Of(content(), database, now - 2 * week, now - week, now);
        }

        var (html, keyboard) = command switch
        {
            StaffCommand.Find find => Find(texts, find.What),
            StaffCommand.Card card => Card(texts, card.Profile),
            StaffCommand.Why why => Why(texts, why.Who),
            StaffCommand.Leads leads => Leads(texts, leads.Period),
            StaffCommand.Sale or StaffCommand.SaleTo or StaffCommand.Sell or StaffCommand.Purchases or StaffCommand.RefundOf or StaffCommand.RefundOn =>
                Sales(texts).To(command),
            StaffCommand.Segments => Segments(texts),
            StaffCommand.Stats stats => Stats(texts, stats.Period),
            StaffCommand.Aside => AsideList(texts),
            StaffCommand.Backup => MakeBackup(texts),
            BookingCommand.Book book => Book(texts, book.Who),
            BookingCommand booking => new BookingAnswers(content(), store, business).To(texts, booking),
            StaffCommand.Erasures => Erasures(texts),
            WebhookCommand => new WebhookAnswers(texts, store, database, hasWebhooks, content().Settings.Zone).Show(),
            StaffCommand.Nps or StaffCommand.Survey or StaffCommand.Cases or StaffCommand.ShowCase =>
                new SurveyAnswers(content(), texts, database, business.GetUtcNow()).To(command),
            _ => throw new UnreachableException(),
        };
        var parts = Html.Split(html, Html.MaxText);
        return parts.Select((part, i) => new Body(part, null, i == parts.Count - 1 ? keyboard : null));
    }

    private (string, Keyboard?) Find(AdminTexts texts, string what)
    {
        var found = CustomerHistories.Search(database, what, MaxFound + 1);
        return found.IsEmpty
            ? (texts.Html(Phrase.AdminNobody), null)
            : (texts.Html(found.Length > MaxFound ? Phrase.AdminFoundMany : Phrase.AdminFound, ("count", AdminTexts.Number(Math.Min(found.Length, MaxFound)))),
                Choice(texts, found.Take(MaxFound).Select(one => (one.Profile, one.Name, one.Contact))));
    }

    private static Keyboard.Inline Choice(AdminTexts texts, IEnumerable<(ProfileId Profile, string? Name, string? Contact)> customers) => new(
    [
        .. customers.Select(one => ImmutableArray.Create(new InlineButton(Label(texts, one.Name, one.Contact), StaffPress.Card(one.Profile)))),
    ]);

    /// <summary>A customer on a button.</summary>
    public static string LabelOf(CustomerFound customer, AdminTexts texts) => Label(texts, customer.Name, customer.Contact);

    private static string Label(AdminTexts texts, params string?[] parts) =>
        Shortened(string.Join(", ", parts.OfType<string>().DefaultIfEmpty(texts.Plain(Phrase.AdminCardButton))));

    private SaleAnswers Sales(AdminTexts texts) => new(texts, content().Loyalty, database, business.GetUtcNow());

    private (string, Keyboard?) Card(AdminTexts texts, ProfileId profile)
    {
        if (HistoryOf(profile, CardMessages) is not { } history)
        {
            return (texts.Html(Phrase.AdminNobody), null);
        }

        var known = history.Profile;
        var own = known.Fields.Where(field => !ProfileFields.BuiltIn.ContainsKey(field.Key)).OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}: {Shown(field.Value)}");
        var consents = history.Consents.Select(one => $"{one.Consent.Purpose} ({ChannelOf(history, one.Consent.Chat)}, {Day(one.Since)})");
        var sequences = known.Sequences.Values.Where(run => run.IsRunning).Select(run => $"{run.Sequence}/{run.Step}");
        var messages = history.Deliveries.Select(one => $"\n• {Moment(one.At)} {Html.Escape(one.Template)}: {HistoryPage.Became(texts, one.Status!.Value, one.Reason)}");
        var html = texts.Html(Phrase.AdminCard,
            ("id", AdminTexts.Text(Number(profile.Value))),
            ("name", FieldOf(known, ProfileFields.Name)),
            ("phone", FieldOf(known, ProfileFields.Phone)),
            ("email", FieldOf(known, ProfileFields.Email)),
            ("birthday", FieldOf(known, ProfileFields.Birthday)),
            ("city", FieldOf(known, ProfileFields.City)),
            ("telegram", known.Fields.GetValueOrDefault(ProfileFields.Telegram) is Value.Text name ? AdminTexts.Text($"@{name.Content}") : null),
            ("fields", Joined(own)),
            ("labels", Joined(known.Tags.Order(StringComparer.Ordinal))),
            ("consents", Joined(consents) ?? AdminTexts.Text("—")),
            ("topics", Joined(known.TopicsOff.Order(StringComparer.Ordinal))),
            ("since", AdminTexts.Text(Day(known.CreatedAt))),
            ("active", AdminTexts.Text(Moment(known.LastActive))),
            ("source", AdminTexts.Text(known.FirstSource)),
            ("sequences", Joined(sequences)),
            ("purchases", history.Spent > 0 ? AdminTexts.Text($"{history.Spent.ToString("0.##", CultureInfo.InvariantCulture)} {content().Settings.Currency}") : null),
            ("credit", AdminTexts.Text(Sales(texts).PointsOf(profile))),
            ("notes", AdminTexts.Text(string.Concat(history.Notes.Select(note => $"\n• {Day(note.At)} {note.Text}")))),
            ("history", AdminTexts.Text(string.Concat(messages)) ?? AdminTexts.Text("—")));
        return (html, new Keyboard.Inline(
        [
            [new InlineButton(texts.Plain(Phrase.AdminTagButton), StaffPress.Tag(profile)), new InlineButton(texts.Plain(Phrase.AdminNoteButton), StaffPress.Note(profile))],
            [new InlineButton(texts.Plain(Phrase.AdminSaleButton), StaffPress.SaleHint(profile)), new InlineButton(texts.Plain(Phrase.AdminPurchasesButton), StaffPress.Purchases(profile))],
            [new InlineButton(texts.Plain(Phrase.AdminWriteButton), StaffPress.Write(profile)), new InlineButton(texts.Plain(Phrase.AdminWhyButton), StaffPress.Why(profile))],
            .. content().Catalog is null
                ? ImmutableArray<ImmutableArray<InlineButton>>.Empty
                : [[new InlineButton(texts.Plain(Phrase.AdminBookButton), BookingPresses.Book(profile))]],
            [new InlineButton(texts.Plain(Phrase.AdminEraseButton), StaffPress.Erase(profile))],
        ]));
    }

    private (string, Keyboard?) Why(AdminTexts texts, string who) => CustomerHistories.Find(database, who) switch
    {
        [var one] when HistoryOf(one, WhyMessages) is { } history => (new HistoryPage(texts, history, content().Settings.Zone).Html(), texts.CardButton(one)),
        [] => (texts.Html(Phrase.AdminNobody), null),
        _ => Find(texts, who),
    };

    private (string, Keyboard?) Book(AdminTexts texts, string who) => CustomerHistories.Find(database, who) switch
    {
        [var one] => new BookingAnswers(content(), store, business).To(texts, new BookingCommand.Choose(one, null, default)),
        [] => (texts.Html(Phrase.AdminNobody), null),
        _ => Find(texts, who),
    };

    private (string, Keyboard?) Leads(AdminTexts texts, Period period)
    {
        var from = period.From(business.GetUtcNow(), content().Settings.Zone);
        var leads = BusinessNumbers.LeadsSince(database, from, MaxLeads);
        var lines = leads.Select(lead =>
            $"• <b>{Html.Escape(lead.Name ?? "—")}</b>, {Html.Escape(lead.Contact ?? "—")} — {Source(texts, lead.Source)}, {Moment(lead.At)}");
        return (string.Join('\n', [LeadsBySource(texts, from), .. lines]),
            leads.IsEmpty ? null : Choice(texts, leads.Take(MaxFound).Select(lead => (lead.Profile, lead.Name, lead.Contact))));
    }

    private string LeadsBySource(AdminTexts texts, DateTimeOffset from)
    {
        var sources = BusinessNumbers.LeadsBySource(database, from);
        return string.Join('\n',
        [
            texts.Html(Phrase.AdminLeads, ("count", AdminTexts.Number(sources.Sum(one => one.Count))), ("since", AdminTexts.Text(Moment(from)))),
            .. sources.Select(one => $"{Source(texts, one.Source)}: {Number(one.Count)}"),
        ]);
    }

    private (string, Keyboard?) Segments(AdminTexts texts)
    {
        var now = content();
        var lines = now.Segments.Values.Select(segment =>
            $"{Html.Escape(texts.Plain(segment.Name))} ({Html.Escape(segment.Id)}): {Number(store.Segments.Count(segment.For, now.Settings, business.GetUtcNow()))}").ToList();
        return (lines.Count == 0 ? texts.Html(Phrase.AdminNothing) : string.Join('\n', [texts.Html(Phrase.AdminSegments), .. lines]), null);
    }

    private (string, Keyboard?) Stats(AdminTexts texts, Period period)
    {
        var (now, all) = (business.GetUtcNow(), content());
        var from = period.From(now, all.Settings.Zone);
        var heading = texts.Html(Phrase.AdminStats, ("since", AdminTexts.Text(Moment(from))));
        return ($"{heading}\n\n{new NumbersPage(texts, all, BusinessNumbers.Of(database, from, now.AddMilliseconds(1)), null).Html(isFull: true)}", null);
    }

    private (string, Keyboard?) AsideList(AdminTexts texts)
    {
        var aside = Aside.List(database);
        var shown = aside.TakeLast(MaxAside).ToList();
        return aside.IsEmpty
            ? (texts.Html(Phrase.AdminNothing), null)
            : (string.Join('\n',
            [
                texts.Html(Phrase.AdminAside, ("count", AdminTexts.Number(aside.Length))),
                .. shown.Select(one => $"• {Moment(one.At)} {Html.Escape(one.Kind)}: {Html.Escape(one.Error)} <code>{Number(one.Id)}</code>"),
            ]), new Keyboard.Inline(
            [
                .. shown.Select(one => ImmutableArray.Create(
                    new InlineButton($"✖ {Moment(one.At)} {one.Kind}", StaffPress.DropAsideOne(one.Id)))),
                [new InlineButton(texts.Plain(Phrase.AdminDropButton), StaffPress.DropAside)],
            ]));
    }

    private (string, Keyboard?) Erasures(AdminTexts texts)
    {
        var pending = PendingErasures.List(database, MaxFound);
        var lines = pending.Select(one => texts.Html(Phrase.AdminErasure, ("name", AdminTexts.Text(one.Name)), ("contact", AdminTexts.Text(one.Contact)),
            ("asked", new Value.Moment(one.Asked)), ("due", new Value.Moment(one.Asked + content().Settings.ErasureAfter))));
        return pending.IsEmpty
            ? (texts.Html(Phrase.AdminNothing), null)
            : (string.Join('\n', [texts.Html(Phrase.AdminErasures, ("count", AdminTexts.Number(pending.Length))), .. lines.Select(line => $"• {line}")]),
                Choice(texts, pending.Select(one => (one.Profile, one.Name, one.Contact))));
    }

    private (string, Keyboard?) MakeBackup(AdminTexts texts)
    {
        try
        {
            var report = Backup.Make(backup, clock);
            return (texts.Html(Phrase.AdminBackup, ("file", AdminTexts.Text(Path.GetFileName(report.Path))), ("bytes", AdminTexts.Number(report.Bytes))), null);
        }
        catch (StoreRefusedException refused)
        {
            return (texts.Html(Phrase.AdminBackupRefused, ("reason", AdminTexts.Text(refused.Message))), null);
        }
    }

    private CustomerHistory? HistoryOf(ProfileId profile, int messages) =>
        CustomerHistories.Find(database, Number(profile.Value)).Contains(profile) ? CustomerHistories.Of(database, profile, messages) : null;

    private static string ChannelOf(CustomerHistory history, ChatId chat) => history.Chats.FirstOrDefault(one => one.Id == chat)?.Address.Channel ?? "?";

    private static string Source(AdminTexts texts, string? source) => Html.Escape(source ?? texts.Plain(Phrase.AdminUnknownSource));

    private static Value? FieldOf(Profile profile, string field) => profile.Fields.GetValueOrDefault(field);

    private static string Shown(Value value) => value switch
    {
        Value.Text text => text.Content,
        Value.Choice choice => choice.Id,
        Value.Number number => number.Amount.ToString("0.##", CultureInfo.InvariantCulture),
        Value.Boolean boolean => boolean.Is ? "+" : "−",
        Value.Date date => date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => "…",
    };

    private static Value? Joined(IEnumerable<string> parts) => AdminTexts.Text(string.Join(", ", parts));

    /// <summary>What fits on a button.</summary>
    internal static string Shortened(string label) => label.Length <= 60 ? label : $"{label[..59]}…";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private string Moment(DateTimeOffset at) => Local(at, "yyyy-MM-dd HH:mm");

    private string Day(DateTimeOffset at) => Local(at, "yyyy-MM-dd");

    private string Local(DateTimeOffset at, string format) =>
        TimeZoneInfo.ConvertTime(at, content().Settings.Zone).ToString(format, CultureInfo.InvariantCulture);
}
