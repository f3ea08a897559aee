using System.Collections.Immutable;
using System.Text;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Profiles;
using Bot.Core.Webhooks;

namespace Bot.Core.Tests.Webhooks;

/// <summary>What is posted, what it is signed with, which events, and where it begins.</summary>
public sealed class WebhookTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 32, 0, TimeSpan.Zero);
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", "webhooks.md"));

    /// <summary>
    /// The example of Standard Webhooks, and what openssl makes of it:
    /// <code>
    /// key=$(printf MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | base64 -d | od -An -tx1 | tr -d ' \n')
    /// printf 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$key -binary | base64
    /// </code>
    /// </summary>
    [Fact]
    public void A_signature_is_what_others_make_of_the_same() => Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSecret.Read(Secret)!.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(32, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(200, false)]
    public void A_secret_has_24_to_64_bytes(int bytes, bool isOne) =>
        Assert.Equal(isOne, WebhookSecret.Read($"whsec_{Convert.ToBase64String(new byte[bytes])}") is not null);

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_не секрет")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Anything_else_is_no_secret(string text) => Assert.Null(WebhookSecret.Read(text));

    [Fact]
    public void A_secret_that_is_printed_gives_nothing_away() => Assert.DoesNotContain("MfKQ", $"{WebhookSecret.Read(Secret)}", StringComparison.Ordinal);

    [Fact]
    public void The_body_says_what_happened_when_to_whom_and_with_what() => Assert.Equal(
        """
        {"type":"some.event","timestamp":"2026-11-27T09:32:00.007Z","data":{"profile":"9007199254740993","with":{"a-number":-12.3456,"booking":"9223372036854775807","choice":"red","date":"2028-02-29","duration":"P1DT2H30M","file":"чек-лист.pdf","magnet":"guide","moment":"2026-11-27T07:00:00.000Z","money":3200,"no":false,"service":"windows","specialist":"irina","text":"Ёлка \"q\" <b>\n","yes":true}}}
        """,
        Encoding.UTF8.GetString(WebhookBody.Of(Some("some.event",
            ("yes", new Value.Boolean(true)), ("no", new Value.Boolean(false)), ("a-number", new Value.Number(-12.3456m)), ("money", new Value.Number(3_200m)),
            ("text", new Value.Text("Ёлка \"q\" <b>\n")), ("date", new Value.Date(new DateOnly(2028, 2, 29))),
            ("moment", new Value.Moment(new DateTimeOffset(2026, 11, 27, 10, 0, 0, TimeSpan.FromHours(3)))), ("duration", new Value.Duration(TimeSpan.FromHours(26.5))),
            ("choice", new Value.Choice("red")), ("file", new Value.File("чек-лист.pdf", "made for one customer")), ("magnet", new Value.Magnet("guide")),
            ("service", new Value.Service("windows")), ("specialist", new Value.Specialist("irina")), ("booking", new Value.Booking(new BookingId(long.MaxValue)))))));

    [Fact]
    public void An_event_that_comes_with_nothing_says_so() => Assert.EndsWith("""
        "with":{}}}
        """, Encoding.UTF8.GetString(WebhookBody.Of(Some("stopped"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("purchase", "purchase", true)]
    [InlineData("purchase", "purchases", false)]
    [InlineData("booking.*", "booking.created", true)]
    [InlineData("booking.*", "booking", false)]
    [InlineData("book*", "booking.created", true)]
    [InlineData("booking.created", "booking.created.twice", false)]
    [InlineData("*", "anything", true)]
    [InlineData("refund,purchase", "purchase", true)]
    [InlineData("", "anything", true)]
    public void A_filter_names_events_or_how_they_begin(string names, string @event, bool fits)
    {
        var filter = new EventFilter([.. names.Split(',', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.All(filter.Names, name => Assert.True(EventFilter.IsName(name)));
        Assert.Equal(fits, filter.Fits(@event));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Purchase")]
    [InlineData("booking.")]
    [InlineData("booking.*.created")]
    [InlineData("**")]
    [InlineData(".*")]
    [InlineData("покупка")]
    [InlineData("purchase;refund")]
    public void What_no_event_can_be_called_is_no_name(string text) => Assert.False(EventFilter.IsName(text));

    [Fact]
    public void Where_webhooks_never_were_they_begin_behind_all_that_ever_happened() =>
        Assert.Equal(new WebhookCursor(77, IsOff: false), WebhookCursor.Begin(null, latest: 77, Now));

    [Fact]
    public void A_bot_that_was_down_goes_on_where_it_was_however_long_that_is_ago() =>
        Assert.Equal(new WebhookCursor(5, IsOff: false), WebhookCursor.Begin(new WebhookCursor(5, IsOff: false), latest: 77, Now));

    [Fact]
    public void After_a_time_without_webhooks_three_days_are_told()
    {
        var (old, fresh) = (IdSource.FirstAt(Now.AddDays(-3).AddMilliseconds(-1)), IdSource.FirstAt(Now.AddDays(-3)));

        var cursor = WebhookCursor.Begin(new WebhookCursor(5, IsOff: true), latest: 77, Now);

        Assert.False(cursor.IsOff);
        Assert.True(cursor.Event >= old && cursor.Event < fresh);
        Assert.Equal(fresh + 9, WebhookCursor.Begin(new WebhookCursor(fresh + 9, IsOff: true), latest: 77, Now).Event);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cursor_is_stored_as_it_is(bool isOff)
    {
        var cursor = new WebhookCursor(long.MaxValue, isOff);

        Assert.Equal(cursor, WebhookCursor.Read(cursor.ToString()));
        Assert.Null(WebhookCursor.Read(null));
    }

    [Fact]
    public void The_page_has_a_row_for_each_event_of_the_bot_and_for_no_other()
    {
        var rows = Page.SkipWhile(line => !line.StartsWith("| event |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[1].Trim(' ', '`'));

        Assert.Equal(BuiltInEvents.All.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_example_of_the_page_is_signed_with_its_secret_and_looks_as_the_bot_writes_it()
    {
        var secret = WebhookSecret.Read(After("Webhooks__Secret="));
        var body = Page.First(line => line.StartsWith("    {\"type\"", StringComparison.Ordinal)).Trim();

        Assert.Equal(After("webhook-signature: "), secret!.Sign(After("webhook-id: "), long.Parse(After("webhook-timestamp: "), null), Encoding.UTF8.GetBytes(body)));
        Assert.Equal(body, Encoding.UTF8.GetString(WebhookBody.Of(new RecordedEvent(1, new ProfileId(119731612811264000), "booking.created", Now, With(
            ("booking", new Value.Booking(new BookingId(119731944161280002))), ("service", new Value.Service("windows")), ("specialist", new Value.Specialist("irina")),
            ("start", new Value.Moment(new DateTimeOffset(2026, 11, 29, 7, 0, 0, TimeSpan.Zero))), ("price", new Value.Number(3_200)))))));
    }

    private static string After(string beginning) => Page.Select(line => line.Trim()).First(line => line.StartsWith(beginning, StringComparison.Ordinal))[beginning.Length..];

    private static RecordedEvent Some(string @event, params (string Name, Value Value)[] with) =>
        new(1, new ProfileId(9_007_199_254_740_993), @event, Now.AddMilliseconds(7), With(with));

    private static ImmutableSortedDictionary<string, Value> With(params (string Name, Value Value)[] with) =>
        with.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
}
