using System.Net;
using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Chats;

namespace Bot.EndToEnd.Tests;

/// <summary>A visit from the first word to the thanks, by the real process over HTTP, with the demo's clock.</summary>
public class BookingTests : BotTest
{
    private const string Book = "✅ Записаться";
    private const string Reminder = "Напоминаем:";

    [Fact]
    public async Task A_visit_is_booked_reminded_of_moved_reminded_of_anew_and_done()
    {
        Settings["Demo:Enabled"] = "true";
        var bot = await RunAsync();
        using var demo = new DemoVisitor(Folder.Url);
        var chat = Chat(1);

        await BooksAsync(chat);
        var confirmed = await chat.ReceivesAsync("Ждём вас", Eventually.Patience);
        Assert.Equal(("sendDocument", "visit.ics"), (confirmed.Method, confirmed.FileName));
        var first = Start();
        Assert.Contains(await demo.AdminAsync(), line => line.Contains("Мытьё окон", StringComparison.Ordinal) && line.Contains("Анна", StringComparison.Ordinal));

        // To another day, and killed in between: the old reminder is gone with the old time.
        chat.Presses("🔁 Перенести");
        var calendar = await chat.ReceivesAsync("В какой день?", Eventually.Patience);
        await bot.KillAsync();
        await RunAsync();
        await ChoosesTheLastDayAsync(chat, calendar);
        await Eventually.TrueAsync(() => Start() > first, "the visit is moved");
        var moved = Start();
        await demo.AdvanceToAsync(first);
        Assert.DoesNotContain(chat.Texts(), text => text.Contains(Reminder, StringComparison.Ordinal));

        // The day before, or when the night is over.
        await demo.AdvanceToAsync(moved.AddHours(-12));
        await chat.ReceivesAsync(Reminder, Eventually.Patience);
        chat.Presses("👍 Приду");
        await chat.ReceivesAsync("Спасибо, ждём вас", Eventually.Patience);
        await demo.AdvanceToAsync(moved.AddHours(1));
        Assert.Single(chat.Texts(), text => text.Contains(Reminder, StringComparison.Ordinal));
        Assert.DoesNotContain(chat.Texts(), text => text.Contains("Всё в силе?", StringComparison.Ordinal));

        // Staff find it in their list and say that it took place.
        await StaffAsync(demo, "text", "/today");
        await Eventually.TrueAsync(async () => (await demo.AdminAsync()).Any(line => line.Contains("1 визит", StringComparison.Ordinal)), () => "the list of the day");
        await StaffAsync(demo, "press", $"s.visit.{Database.Number("SELECT id FROM bookings")}.done");
        await Eventually.TrueAsync(() => Database.Number("SELECT state FROM bookings") == 3, "it is done");
        Assert.Equal(1, Database.Number("SELECT count(*) FROM events WHERE event = 'booking.done'"));
        await demo.AdvanceAsync("P1D");
        await chat.ReceivesAsync("спасибо, что выбрали", Eventually.Patience);
        Assert.Equal(0, Database.Number("SELECT count(*) FROM aside"));
    }

    private static async Task BooksAsync(FakeChat chat)
    {
        await chat.IsAnsweredAsync("/book", Customer.Asked);
        chat.Presses(Customer.Agree);
        await chat.ReceivesAsync(Customer.AskedName, Eventually.Patience);
        await chat.IsAnsweredAsync("Анна", Customer.AskedPhone);
        chat.SharesContact("+79991234567");
        await chat.ReceivesAsync("Что сделать?", Eventually.Patience);
        await chat.IsAnsweredAsync("Мытьё окон", "К кому записать?");
        chat.Says("Ирина");
        var calendar = await chat.ReceivesAsync("В какой день?", Eventually.Patience);
        await ChoosesAsync(chat, Days(calendar)[0]);
    }

    /// <summary>A day, its first time, and that it is right.</summary>
    private static async Task ChoosesAsync(FakeChat chat, string day)
    {
        chat.Presses(day);
        var times = await chat.ReceivesAsync("Во сколько?", Eventually.Patience);
        chat.Presses(times.Labels.First(static label => label.Contains(':', StringComparison.Ordinal)));
        await chat.ReceivesAsync("Всё верно?", Eventually.Patience);
        chat.Presses(Book);
    }

    /// <summary>The last day that can be booked, far from the first.</summary>
    private static async Task ChoosesTheLastDayAsync(FakeChat chat, LoggedCall calendar)
    {
        while (calendar.Labels.Contains("›"))
        {
            chat.Presses("›");
            calendar = await chat.ReceivesAsync("В какой день?", Eventually.Patience);
        }

        await ChoosesAsync(chat, Days(calendar)[^1]);
    }

    private static List<string> Days(LoggedCall calendar) => [.. calendar.Labels.Where(static label => label.All(char.IsAsciiDigit))];

    private DateTimeOffset Start() => DateTimeOffset.FromUnixTimeMilliseconds(Database.Number("SELECT start_at FROM bookings"));

    private static async Task StaffAsync(DemoVisitor demo, string what, string value)
    {
        var (status, body) = await demo.PostAsync("demo/admin", $$"""{"{{what}}":"{{value}}"}""");
        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.NoContent, body);
    }
}
