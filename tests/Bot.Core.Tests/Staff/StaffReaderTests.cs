using System.Text;
using Bot.Core.Bookings;
using Bot.Core.Cases;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Staff;

namespace Bot.Core.Tests.Staff;

/// <summary>What staff type and press, and who may.</summary>
public sealed class StaffReaderTests
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

    [Theory]
    [InlineData("Добрый день")]
    [InlineData("/start")]
    [InlineData("/menu")]
    [InlineData("/claim ABCD-EFGH")]
    [InlineData("")]
    public void What_is_no_command_of_staff_is_left_to_others(string text) => Assert.Null(StaffReader.Read(text, null));

    [Fact]
    public void Every_command_of_the_menu_is_understood() =>
        Assert.All(StaffReader.Commands, command => Assert.NotNull(StaffReader.Read($"/{command.Name}", null)));

    [Fact]
    public void Tags_are_put_on_with_plus_and_taken_off_with_minus()
    {
        var tag = Assert.IsType<StaffCommand.Tag>(StaffReader.Read("/tag 5 +vip  -old +vip", null));

        Assert.Equal(new ProfileId(5), tag.Profile);
        Assert.Equal(["vip"], tag.Added);
        Assert.Equal(["old"], tag.Removed);
    }

    [Theory]
    [InlineData("/tag")]
    [InlineData("/tag 5")]
    [InlineData("/tag 5 vip")]
    [InlineData("/tag 5 +")]
    [InlineData("/tag 5 +VIP")]
    [InlineData("/tag -5 +vip")]
    [InlineData("/tag 5 +vip' OR 1=1")]
    [InlineData("/tag 99999999999999999999 +vip")]
    public void A_tag_that_cannot_be_is_answered_by_how_to_write_it(string text) =>
        Assert.Equal(Phrase.AdminTagUsage, Assert.IsType<StaffCommand.Hint>(StaffReader.Read(text, null)).Phrase);

    [Fact]
    public void A_note_keeps_its_lines_and_has_an_end()
    {
        Assert.Equal(new StaffCommand.Note(new ProfileId(5), "один\nдва"), StaffReader.Read("/note 5 один\nдва", null));
        Assert.IsType<StaffCommand.Hint>(StaffReader.Read("/note 5 " + new string('ю', 1_001), null));
    }

    [Theory]
    [InlineData("/note 5 комнат", "5 комнат")]
    [InlineData("/note просит скидку", "просит скидку")]
    public void In_a_customers_topic_a_note_needs_no_id(string text, string note) =>
        Assert.Equal(new StaffCommand.Note(new ProfileId(7), note), StaffReader.Read(text, null, new ProfileId(7)));

    [Fact]
    public void Also_in_a_topic_a_note_can_be_about_another_customer() => Assert.Equal(
        new StaffCommand.Note(new ProfileId(119_253_580_598_214_656), "сестра"), StaffReader.Read("/note 119253580598214656 сестра", null, new ProfileId(7)));

    [Fact]
    public void A_reply_names_its_customer_and_keeps_its_lines()
    {
        Assert.Equal(new StaffCommand.Reply(new ProfileId(5), "один\nдва"), StaffReader.Read("/reply 5 один\nдва", null));
        Assert.Equal(new StaffCommand.Hint(Phrase.AdminReplyUsage, new ProfileId(5)), StaffReader.Read("/reply 5", null));
        Assert.Equal(new StaffCommand.Hint(Phrase.AdminReplyUsage), StaffReader.Read("/reply привет", null, new ProfileId(7)));
    }

    [Theory]
    [InlineData("/close", 7L, 7L)]
    [InlineData("/close 5", 7L, 5L)]
    [InlineData("/close 5", null, 5L)]
    public void A_talk_to_close_is_named_by_its_place_or_by_id(string text, long? about, long customer) => Assert.Equal(
        new StaffCommand.CloseTalk(new ProfileId(customer)), StaffReader.Read(text, null, about is { } id ? new ProfileId(id) : null));

    [Theory]
    [InlineData("/close", null)]
    [InlineData("/close Анна", 7L)]
    public void What_names_no_talk_closes_none(string text, long? about) => Assert.Equal(
        new StaffCommand.Hint(Phrase.AdminCloseUsage), StaffReader.Read(text, null, about is { } id ? new ProfileId(id) : null));

    [Theory]
    [InlineData("/operator", 7L, 7L)]
    [InlineData("/operator 8", 7L, 8L)]
    [InlineData("/operator@our_bot 8", null, 8L)]
    public void An_operator_is_named_by_the_message_answered_or_by_id(string text, long? replyTo, long user) =>
        Assert.Equal(new StaffCommand.AddOperator(user), StaffReader.Read(text, Answering(replyTo)));

    [Theory]
    [InlineData("/operator", null)]
    [InlineData("/operator @anna", 7L)]
    [InlineData("/operator 0", 7L)]
    public void Whoever_is_not_named_by_number_becomes_nothing(string text, long? replyTo) =>
        Assert.IsType<StaffCommand.Hint>(StaffReader.Read(text, Answering(replyTo)));

    [Fact]
    public void A_list_is_the_document_that_comes_with_the_command_or_that_it_answers()
    {
        var document = new Media(MediaKind.Document, "f1", "customers.csv", 100);
        var message = new ChannelMessage(1, "/import", document);

        Assert.Equal(new StaffCommand.Import(document), StaffReader.Read("/import", message));
        Assert.Equal(new StaffCommand.Import(document), StaffReader.Read("/import", new ChannelMessage(2, "/import", ReplyTo: message)));
        Assert.Equal(new StaffCommand.Import(null), StaffReader.Read("/import", null));
        Assert.Equal(new StaffCommand.Import(null), StaffReader.Read("/import", new ChannelMessage(3, "/import", new Media(MediaKind.Picture, "p1"))));
        Assert.Equal(new StaffCommand.Export("tags has \"vip\""), StaffReader.Read("/export tags has \"vip\"", null));
    }

    [Theory]
    [InlineData("", "2026-11-18T00:30:00Z")]
    [InlineData("1d", "2026-11-24T00:30:00Z")]
    [InlineData("30Д", "2026-10-26T00:30:00Z")]
    [InlineData("today", "2026-11-24T21:00:00Z")]
    public void A_period_goes_back_from_now_and_today_begins_at_the_businesss_midnight(string text, string from) =>
        Assert.Equal(DateTimeOffset.Parse(from, null), Period.Read(text)!.Value.From(DateTimeOffset.Parse("2026-11-25T00:30:00Z", null), Moscow));

    [Theory]
    [InlineData("0d")]
    [InlineData("367d")]
    [InlineData("-1d")]
    [InlineData("d")]
    [InlineData("7")]
    [InlineData("99999999999d")]
    public void What_is_no_period_is_none(string text) => Assert.Null(Period.Read(text));

    [Theory]
    [InlineData("/nps", 180)]
    [InlineData("/nps 90d", 90)]
    public void Surveys_are_looked_at_over_half_a_year_unless_it_is_said_otherwise(string text, int days) =>
        Assert.Equal(new StaffCommand.Nps(new Period(days)), StaffReader.Read(text, null));

    [Theory]
    [InlineData("/survey", null, 180)]
    [InlineData("/survey nps", "nps", 180)]
    [InlineData("/survey  survey-services  30d", "survey-services", 30)]
    public void A_survey_is_named_by_its_dialog(string text, string? dialog, int days) =>
        Assert.Equal(new StaffCommand.Survey(dialog, new Period(days)), StaffReader.Read(text, null));

    [Theory]
    [InlineData("/nps x")]
    [InlineData("/survey ../x")]
    [InlineData("/survey nps 0d")]
    [InlineData("/survey nps 30d 30d")]
    public void What_cannot_be_counted_is_answered_by_how_to_write_it(string text) => Assert.IsType<StaffCommand.Hint>(StaffReader.Read(text, null));

    [Fact]
    public void Each_button_brings_back_what_it_stands_for_within_sixty_four_bytes()
    {
        var last = new ProfileId(long.MaxValue);
        (string Data, StaffCommand Command)[] buttons =
        [
            (StaffPress.Card(last), new StaffCommand.Card(last)),
            (StaffPress.Tag(last), new StaffCommand.Hint(Phrase.AdminTagUsage, last)),
            (StaffPress.Note(last), new StaffCommand.Hint(Phrase.AdminNoteUsage, last)),
            (StaffPress.Why(last), new StaffCommand.Why("9223372036854775807")),
            (StaffPress.Case(new CaseId(long.MaxValue)), new StaffCommand.ShowCase(new CaseId(long.MaxValue))),
            (StaffPress.MarkCase(new CaseId(long.MaxValue), CaseMark.Called), new StaffCommand.MarkCase(new CaseId(long.MaxValue), CaseMark.Called)),
            (StaffPress.MarkCase(new CaseId(5), CaseMark.WrittenBack), new StaffCommand.MarkCase(new CaseId(5), CaseMark.WrittenBack)),
            (StaffPress.MarkCase(new CaseId(5), CaseMark.Solved), new StaffCommand.MarkCase(new CaseId(5), CaseMark.Solved)),
            (StaffPress.Survey("a23456789012345678901234567890-2"), new StaffCommand.Survey("a23456789012345678901234567890-2", Period.OfSurveys)),
            (StaffPress.Remove(5), new StaffCommand.Remove(5, IsConfirmed: false)),
            (StaffPress.RemoveConfirmed(5), new StaffCommand.Remove(5, IsConfirmed: true)),
            (StaffPress.MakeExport(long.MaxValue), new StaffCommand.MakeExport(long.MaxValue)),
            (StaffPress.ApplyImport(long.MaxValue), new StaffCommand.ApplyImport(long.MaxValue)),
            (StaffPress.DropImport(long.MaxValue), new StaffCommand.DropImport(long.MaxValue)),
            (StaffPress.DropAside, new StaffCommand.DropAside(IsConfirmed: false)),
            (StaffPress.DropAsideConfirmed, new StaffCommand.DropAside(IsConfirmed: true)),
        ];

        Assert.All(buttons, button =>
        {
            Assert.Equal(button.Command, StaffPress.Read(button.Data));
            Assert.True(StaffPress.IsOurs(button.Data));
            Assert.InRange(Encoding.UTF8.GetByteCount(button.Data), 1, 64);
        });
    }

    [Theory]
    [InlineData("s")]
    [InlineData("s.")]
    [InlineData("s.card")]
    [InlineData("s.card.-1")]
    [InlineData("s.card.99999999999999999999")]
    [InlineData("s.drop.no")]
    [InlineData("s.survey")]
    [InlineData("s.survey.NPS")]
    [InlineData("s.survey.nps.nps")]
    [InlineData("s.solved")]
    [InlineData("s.solved.-5")]
    [InlineData("s.owner.5")]
    [InlineData("a.menu")]
    public void A_button_that_nobody_made_is_none(string data) => Assert.Null(StaffPress.Read(data));

    [Fact]
    public void What_decides_who_is_staff_what_deletes_and_what_leaves_is_for_owners_alone() =>
        Assert.Equal(["aside.drop", "backup", "export", "export.make", "import", "import.apply", "import.drop", "operator", "staff.remove"],
            new StaffCommand[]
            {
                new StaffCommand.Help(), new StaffCommand.Find("x"), new StaffCommand.Card(default), new StaffCommand.Why("x"),
                new StaffCommand.Tag(default, [], []), new StaffCommand.Note(default, "x"), new StaffCommand.Leads(default), new StaffCommand.Segments(),
                new StaffCommand.Stats(default), new StaffCommand.Aside(), new StaffCommand.DropAside(true), new StaffCommand.Backup(), new StaffCommand.List(),
                new StaffCommand.Nps(default), new StaffCommand.Survey(null, default), new StaffCommand.Cases(), new StaffCommand.ShowCase(default),
                new StaffCommand.MarkCase(default, CaseMark.Solved), new StaffCommand.AddOperator(5), new StaffCommand.Remove(5, true),
                new StaffCommand.Export(""), new StaffCommand.MakeExport(1), new StaffCommand.Import(null), new StaffCommand.ApplyImport(1),
                new StaffCommand.DropImport(1), new StaffCommand.Hint(Phrase.AdminTagUsage),
            }.Where(command => command.Needs == StaffRole.Owner).Select(command => command.Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("/today", "today", 0)]
    [InlineData("/tomorrow", "tomorrow", 1)]
    public void Days_near_are_asked_for_by_a_word(string text, string name, int ahead) =>
        Assert.Equal(new BookingCommand.Day(name, ahead), StaffReader.Read(text, null));

    [Theory]
    [InlineData("27.11", "2026-11-27")]
    [InlineData("5", "2026-11-05")]
    [InlineData("2026-12-01", "2026-12-01")]
    [InlineData("1/2/2027", "2027-02-01")]
    [InlineData("31.2", null)]
    [InlineData("2026-13-01", null)]
    public void A_day_is_typed_in_any_of_the_usual_ways(string typed, string? day)
    {
        var asked = Assert.IsType<BookingCommand.Day>(StaffReader.Read($"/bookings {typed}", null));

        Assert.Equal(day, asked.Typed.From(new DateOnly(2026, 11, 21))?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("/bookings", Phrase.AdminBookingsUsage)]
    [InlineData("/bookings tomorrow", Phrase.AdminBookingsUsage)]
    [InlineData("/book", Phrase.AdminBookUsage)]
    public void What_is_missing_is_said_with_an_example(string text, Phrase usage) =>
        Assert.Equal(new StaffCommand.Hint(usage), StaffReader.Read(text, null));

    [Fact]
    public void Buttons_about_visits_bring_back_what_they_stand_for_in_64_bytes()
    {
        var (booking, profile) = (new BookingId(long.MaxValue), new ProfileId(long.MaxValue));
        var (service, who) = (ShortName.Of("a-service-with-a-very-long-name-1"), ShortName.Of("irina"));
        var start = new DateTimeOffset(2099, 12, 31, 23, 55, 0, TimeSpan.Zero);
        (string Data, BookingCommand Command)[] all =
        [
            (StaffPress.Visit(booking), new BookingCommand.Visit(booking)),
            (BookingPresses.Change(booking, BookingAct.Arrive), new BookingCommand.Change(booking, BookingAct.Arrive, false)),
            (BookingPresses.Change(booking, BookingAct.Cancel, true), new BookingCommand.Change(booking, BookingAct.Cancel, true)),
            (BookingPresses.Book(profile), new BookingCommand.Choose(profile, null, default)),
            (BookingPresses.Book(profile, service), new BookingCommand.Choose(profile, service, default)),
            .. ((TimeStep[])
            [
                new(TimeStep.Anyone), new(who, From: new DateOnly(2026, 11, 27)), new(who, On: new DateOnly(2026, 11, 27)), new(who, Start: start),
                new(who, Start: start, IsConfirmed: true),
            ]).SelectMany(step => ((string, BookingCommand)[])
            [
                (BookingPresses.Book(profile, service, step), new BookingCommand.Choose(profile, service, step)),
                (BookingPresses.Move(booking, step), new BookingCommand.Move(booking, step)),
            ]),
        ];

        Assert.All(all, one => Assert.InRange(one.Data.Length, 1, 64));
        Assert.All(all, one => Assert.Equal(one.Command, StaffPress.Read(one.Data)));
    }

    [Theory]
    [InlineData("s.visit.1.eaten")]
    [InlineData("s.visit.1.cancel.no")]
    [InlineData("s.visit.x")]
    [InlineData("s.book.1.aaaaaaaa.0.d20269999")]
    [InlineData("s.move.1.0.t999999999999999")]
    [InlineData("s.move.1.0.t1.y.y")]
    [InlineData("s.book")]
    public void Forged_buttons_about_visits_ask_for_nothing(string data) => Assert.Null(StaffPress.Read(data));

    private static ChannelMessage? Answering(long? sender) =>
        sender is null ? null : new ChannelMessage(2, "", ReplyTo: new ChannelMessage(1, "", Sender: sender));
}
