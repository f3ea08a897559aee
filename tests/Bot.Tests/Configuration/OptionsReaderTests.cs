using Bot.Configuration;
using Bot.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Bot.Tests.Configuration;

public sealed class OptionsReaderTests
{
    private const string WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void The_sample_names_every_setting_and_loads()
    {
        using var sample = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "appsettings.sample.json"));
        var configuration = new ConfigurationBuilder().AddJsonStream(sample).Build();

        var (options, faults) = OptionsReader.Read(configuration);

        Assert.Empty(faults);
        Assert.Equal(OptionsReader.KnownKeys.Order(), configuration.AsEnumerable().Select(pair => pair.Key).Where(key => key.Contains(':', StringComparison.Ordinal)).Order());
        Assert.Equivalent(Read().Options, options);
    }

    [Fact]
    public void Without_any_setting_the_defaults_hold()
    {
        var (options, _) = Read();

        Assert.Equal("", options!.Telegram.Token);
        Assert.Equal(30, options.Telegram.Limits.BulkPerSecond);
        Assert.Equal("http://127.0.0.1:8080/", options.WebUrl.ToString());
    }

    [Theory]
    [InlineData("", "", true, "demo.db")]
    [InlineData("", "false", false, "bot.db")]
    [InlineData("1:a", "", false, "bot.db")]
    [InlineData("1:a", "False", false, "bot.db")]
    public void Without_a_token_it_is_a_demo_with_a_file_of_its_own(string token, string enabled, bool isDemo, string file)
    {
        var (options, _) = Read(("Telegram:Token", token), ("Demo:Enabled", enabled));

        Assert.Equal(new DemoOptions(isDemo, isDemo), options!.Demo);
        Assert.Equal(Path.GetFullPath(Path.Combine("data", file)), options.Database.DatabasePath);
        Assert.Equal(Path.GetFullPath("data/bot.db"), options.ToBackup().Database.DatabasePath);
    }

    [Fact]
    public void A_demo_is_beside_the_database_that_is_configured()
    {
        var (options, _) = Read(("Storage:ConnectionString", "Data Source=/var/lib/my bots/a=b.db;Cache=Shared"));

        Assert.Equal(Path.GetFullPath("/var/lib/my bots/demo.db"), options!.Database.DatabasePath);
    }

    [Fact]
    public void With_a_token_a_demo_is_for_a_Bot_API_on_this_machine_alone_and_keeps_the_database()
    {
        (string, string)[] demo = [("Telegram:Token", "1:a"), ("Demo:Enabled", "true")];

        Assert.StartsWith("Demo:Enabled: in a demo the clock is moved", Assert.Single(Read(demo).Faults), StringComparison.Ordinal);
        Assert.Single(Read([.. demo, ("Telegram:ApiUrl", "http://192.168.0.1:8081")]).Faults);
        var (options, faults) = Read([.. demo, ("Telegram:ApiUrl", "http://127.0.0.1:8081")]);
        Assert.Empty(faults);
        Assert.Equal(new DemoOptions(IsOn: true, HasOwnDatabase: false), options!.Demo);
        Assert.Equal(options.Configured, options.Database);
    }

    [Fact]
    public void Commands_look_at_the_configured_database_where_there_is_one_whether_or_not_the_shell_knows_the_token()
    {
        var folder = Directory.CreateTempSubdirectory("bot-test-");
        var (options, _) = Read(("Storage:ConnectionString", Path.Combine(folder.FullName, "bot.db")));
        Assert.Equal(Path.Combine(folder.FullName, "demo.db"), options!.Existing.DatabasePath);

        File.WriteAllText(Path.Combine(folder.FullName, "bot.db"), "");

        Assert.Equal(Path.Combine(folder.FullName, "bot.db"), options.Existing.DatabasePath);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_bot_that_serves_customers_never_has_the_file_that_a_fresh_demo_deletes()
    {
        (string, string) file = ("Storage:ConnectionString", "Data Source=data/demo.db");
        string[] fault = ["Storage:ConnectionString: demo.db is the demo's own file, which a fresh demo deletes; take another name, for example data/bot.db."];

        Assert.Equal(fault, Read(file, ("Telegram:Token", "1:a")).Faults);
        Assert.Equal(fault, Read(file, ("Demo:Enabled", "false")).Faults);
        Assert.Empty(Read(file).Faults);
    }

    [Theory]
    [InlineData("Telegram:Token", "secret", "Telegram:Token: A bot token looks like 123456789:AbC-def_123; copy it whole from @BotFather.")]
    [InlineData("Telegram:Mode", "push", "Telegram:Mode: \"push\" is not one of Polling, Webhook.")]
    [InlineData("Telegram:Mode", "1", "Telegram:Mode: \"1\" is not one of Polling, Webhook.")]
    [InlineData("Telegram:ApiUrl", "api.telegram.org", "Telegram:ApiUrl: \"api.telegram.org\" is not an address such as https://example.com.")]
    [InlineData("Telegram:MessagesPerSecond", "lots", "Telegram:MessagesPerSecond: \"lots\" is not a whole number from 1 to 100000.")]
    [InlineData("Telegram:TimeoutSeconds", "0", "Telegram:TimeoutSeconds: \"0\" is not a whole number from 1 to 300.")]
    [InlineData("Telegram:WebhookSecret", "не секрет", "Telegram:WebhookSecret: use 1 to 256 of the characters A-Z a-z 0-9 _ -, or leave it out and one is made at each start.")]
    [InlineData("Telegram:Tokn", "1:a", "Telegram:Tokn: there is no such setting; docs/configuration.md lists them all.")]
    [InlineData("Web:Url", "8080", "Web:Url: \"8080\" is not an address such as https://example.com.")]
    [InlineData("Web:AllowedOrigins", "https://example.com, https://example.com/shop", "Web:AllowedOrigins: \"https://example.com/shop\" is not a site such as https://example.com, without a path.")]
    [InlineData("Web:AllowedOrigins", "*", "Web:AllowedOrigins: \"*\" is not a site such as https://example.com, without a path.")]
    [InlineData("Web:TrustedProxies", "nginx", "Web:TrustedProxies: \"nginx\" is not an address such as 10.0.0.2 or a network such as 172.16.0.0/12.")]
    [InlineData("Web:Url", "https://127.0.0.1:8443", "Web:Url: the bot itself speaks http; put a proxy with a certificate in front of it for https.")]
    [InlineData("Demo:Enabled", "maybe", "Demo:Enabled: \"maybe\" is neither true nor false.")]
    [InlineData("Log:Level", "Loud", "Log:Level: \"Loud\" is not one of Verbose, Debug, Information, Warning, Error, Fatal.")]
    public void A_mistake_is_told_in_one_line(string key, string value, string line) => Assert.Equal([line], Read((key, value)).Faults);

    [Theory]
    [InlineData("https://crm.example.com/hooks?key=PLANTED")]
    [InlineData("http://127.0.0.1:3000/hooks")]
    [InlineData("http://localhost:3000")]
    [InlineData("http://[::1]:3000")]
    [InlineData("http://192.168.0.10/hooks")]
    [InlineData("http://10.1.2.3/hooks")]
    [InlineData("http://172.31.0.1")]
    [InlineData("http://[fd00::1]/hooks")]
    [InlineData("http://crm:3000/hooks")]
    public void Webhooks_go_over_https_or_stay_in_the_house(string url)
    {
        var (options, faults) = Read(("Webhooks:Url", url), ("Webhooks:Secret", WebhookSecret), ("Webhooks:Events", "booking.*, purchase"));

        Assert.Empty(faults);
        Assert.Equal(new Uri(url), options!.Webhooks.Url);
        Assert.Equal(["booking.*", "purchase"], options.Webhooks.Events.Names);
        Assert.DoesNotContain("PLANTED", $"{options}", StringComparison.Ordinal);
        Assert.DoesNotContain("MfKQ", $"{options}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://crm.example.com/PLANTED", "over http everybody on the way can read along")]
    [InlineData("http://172.32.0.1/PLANTED", "over http everybody on the way can read along")]
    [InlineData("http://93.184.216.34/PLANTED", "over http everybody on the way can read along")]
    [InlineData("http://[2606:2800::1]/PLANTED", "over http everybody on the way can read along")]
    [InlineData("https://anna:PLANTED@crm.example.com", "a name and password in the address are not sent")]
    [InlineData("crm.example.com/PLANTED", "is not an address such as https://crm.example.com/bot.")]
    [InlineData("ftp://crm.example.com/PLANTED", "is not an address such as https://crm.example.com/bot.")]
    public void Another_address_of_webhooks_is_refused_and_not_repeated(string url, string fault)
    {
        var line = Assert.Single(Read(("Webhooks:Url", url), ("Webhooks:Secret", WebhookSecret)).Faults);

        Assert.StartsWith($"Webhooks:Url: {fault}", line, StringComparison.Ordinal);
        Assert.DoesNotContain("PLANTED", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "missing; the receiver knows by it that events are from this bot: ")]
    [InlineData("PLANTED", "is not whsec_ and the Base64 of 24 to 64 bytes; ")]
    [InlineData("whsec_PLANTED=", "is not whsec_ and the Base64 of 24 to 64 bytes; ")]
    public void Webhooks_need_a_secret_and_are_told_how_to_make_one(string secret, string fault) => Assert.Equal(
        [$"Webhooks:Secret: {fault}make one with \"openssl rand -base64 32\" and write whsec_ before it."],
        Read(("Webhooks:Url", "https://crm.example.com"), ("Webhooks:Secret", secret)).Faults);

    [Fact]
    public void Webhooks_are_off_without_an_address()
    {
        Assert.Null(Read().Options!.Webhooks.Url);
        Assert.True(Read().Options!.Webhooks.Events.Fits("anything"));
        Assert.Equal(["Webhooks:Events: \"Booking\" is not an event's name such as purchase, or the beginning of some such as booking.*."], Read(("Webhooks:Events", "purchase,Booking")).Faults);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef 0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef, ключ-ключ-ключ-ключ-ключ-ключ-ключ")]
    public void A_key_of_the_api_that_is_none_is_told_without_repeating_it(string keys)
    {
        var fault = Assert.Single(Read(("Web:ApiKey", keys)).Faults);

        Assert.StartsWith("Web:ApiKey: each key has at least 32 of the characters A-Z a-z 0-9 _ -", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_the_api_are_known_by_their_hashes_alone()
    {
        const string Key = "0123456789abcdef0123456789ABC_-f";
        var (options, faults) = Read(("Web:ApiKey", $"{Key}, {Key},0123456789abcdef0123456789abcdef"));

        Assert.Empty(faults);
        Assert.Equal(2, options!.Api.KeyHashes.Length);
        Assert.DoesNotContain(Key, options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(options.Api.KeyHashes[0], options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sites_and_proxies_are_lists()
    {
        var (options, _) = Read(
            ("Web:AllowedOrigins", "https://Example.com/, https://салон.рф,http://127.0.0.1:5000,"), ("Web:TrustedProxies", "127.0.0.1, 172.16.0.0/12, ::1"));

        Assert.Equal(["https://example.com", "https://xn--80awgdm.xn--p1ai", "http://127.0.0.1:5000"], options!.WebChat.AllowedOrigins);
        Assert.Equal(["127.0.0.1/32", "172.16.0.0/12", "::1/128"], options.WebChat.TrustedProxies.Select(network => network.ToString()));
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(2, Read(("Backup:Keep", "-1"), ("Log:Level", "x")).Faults.Count);

    [Fact]
    public void Webhook_mode_wants_its_address() => Assert.Equal(
        ["Telegram:WebhookUrl: missing; webhook mode needs the public address of this bot, for example https://bot.example.com/telegram."],
        Read(("Telegram:Token", "1:a"), ("Telegram:Mode", "webhook")).Faults);

    [Fact]
    public void Telegram_itself_posts_to_https_only_and_a_server_of_ones_own_to_anything()
    {
        (string, string)[] webhook = [("Telegram:Token", "1:a"), ("Telegram:Mode", "webhook"), ("Telegram:WebhookUrl", "http://bot.example.com/telegram")];

        Assert.Equal(
            ["Telegram:WebhookUrl: Telegram posts to https addresses only; put a proxy with a certificate in front of the bot."], Read(webhook).Faults);
        Assert.Empty(Read([.. webhook, ("Telegram:ApiUrl", "http://127.0.0.1:8081")]).Faults);
    }

    [Fact]
    public void Printed_options_give_no_secret_away()
    {
        var (options, _) = Read(("Telegram:Token", "1000:PLANTED"), ("Telegram:WebhookSecret", "PLANTED"), ("Backup:Password", "PLANTED-PLANTED"));

        Assert.DoesNotContain("PLANTED", options!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_json_is_told_as_such()
    {
        var folder = Directory.CreateTempSubdirectory("bot-test-");
        File.WriteAllText(Path.Combine(folder.FullName, "appsettings.json"), "{ \"Telegram\": ");

        var exception = Assert.Throws<FormatException>(() => OptionsReader.Sources(folder.FullName, []));

        Assert.StartsWith("appsettings.json is not valid JSON", exception.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_page_of_settings_lists_every_one()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));

        Assert.All(OptionsReader.KnownKeys, key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
    }

    private static (BotOptions? Options, IReadOnlyList<string> Faults) Read(params (string Key, string Value)[] settings) => OptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build());
}
