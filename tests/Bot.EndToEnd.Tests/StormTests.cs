using System.Globalization;
using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Chats;

namespace Bot.EndToEnd.Tests;

/// <summary>Many customers at once, while the process dies again and again.</summary>
public class StormTests : BotTest
{
    private const int AtOnce = 25;
    private const int InFlight = 64;
    private const int InputsEach = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Case_04_Killed_at_random_moments_every_conversation_ends_where_the_model_says()
    {
        var kills = Size("BOT_E2E_KILLS", 15);
        var conversations = Size("BOT_E2E_CONVERSATIONS", 300);
        var seed = Size("BOT_E2E_SEED", Environment.ProcessId);
        TestContext.Current.TestOutputHelper?.WriteLine($"BOT_E2E_SEED={seed} BOT_E2E_KILLS={kills} BOT_E2E_CONVERSATIONS={conversations}");
        var random = new Random(seed);
        var bot = await RunAsync();
        var done = 0;

        var customers = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async first =>
        {
            for (var id = first + 1; id <= conversations; id += AtOnce)
            {
                await TalkAsync(Chat(id));
                Interlocked.Increment(ref done);
            }
        }));
        for (var kill = 0; kill < kills; kill++)
        {
            // After some more inputs or, every third time, as soon as it is ready; then at any moment of whatever is being done.
            var share = Database.Number("SELECT count(*) FROM inbox") + (kill % 3 == 2 ? 0 : random.Next(1, InputsEach * conversations / kills));
            await Eventually.TrueAsync(
                () => customers.IsCompleted || Database.Number("SELECT count(*) FROM inbox") >= share, () => $"{share} inputs", Patience);
            await Task.Delay(random.Next(30));
            await bot.KillAsync();
            bot = await RunAsync();
        }

        try
        {
            await customers.WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            var aside = Database.Texts("SELECT kind || ' ' || key || ' ' || error FROM aside");
            throw new TimeoutException($"{done} of {conversations} are done, {Server.Bot().Pending} updates wait, aside: {string.Join("; ", aside)}", exception);
        }

        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 0, "everything is sent");

        Assert.Equal(["ok"], Database.Texts("PRAGMA integrity_check"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM aside"));
        var doubled = 0;
        for (var id = 1; id <= conversations; id++)
        {
            EndsAsTheModelSays(Chat(id));
            var texts = Chat(id).Texts();
            doubled += texts.Count - texts.Distinct().Count();
        }

        Assert.InRange(doubled, 0, kills * InFlight);
        TestContext.Current.TestOutputHelper?.WriteLine($"{doubled} messages came twice in {kills} kills.");
    }

    private static string NameOf(FakeChat chat) => $"Анна {(char)('А' + (chat.Id % 30))}";

    private static string PhoneOf(FakeChat chat) => $"+7999{chat.Id.ToString("0000000", CultureInfo.InvariantCulture)}";

    private static bool Accepts(FakeChat chat) => chat.Id % 3 != 0;

    private static async Task TalkAsync(FakeChat chat)
    {
        await chat.GetsToTheNameAsync(Patience);
        await chat.GivesNameAndPhoneAsync(NameOf(chat), PhoneOf(chat), Patience);
        await chat.ReceivesAsync(Customer.AskedOffers, Patience);
        chat.Presses(Accepts(chat) ? Customer.Accept : Customer.Refuse);
        await chat.ReceivesAsync(Accepts(chat) ? Customer.Accepted : Customer.Refused, Patience);
    }

    private void EndsAsTheModelSays(FakeChat chat)
    {
        var known = Database.Of(chat.Id);
        Assert.Equal(["guide"], known.Tags);
        Assert.Equal(Accepts(chat) ? ["marketing", "personal-data"] : ["personal-data"], known.Consents);
        Assert.Equal(1, known.Delivered);
        Assert.Equal(NameOf(chat), known.Fields["name"]);
        Assert.Equal(PhoneOf(chat), known.Fields["phone"]);
        Assert.True(chat.Magnets() >= 1);
        Assert.Equal(6, chat.Texts().Distinct().Count());
    }

    private static int Size(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var size) ? size : otherwise;
}
