using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Consents;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Profiles;
using Bot.Core.Tests.Dialogs;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Expressions;

/// <summary>A customer to try expressions on.</summary>
internal static class Someone
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 20, 30, 0, TimeSpan.Zero);
    public static readonly Content Content = Sample.Content();

    public static readonly Vocabulary Vocabulary = new()
    {
        Fields = ProfileFields.BuiltIn.Add("visits", ValueKind.Number),
        Remembered = ImmutableDictionary<string, ValueKind>.Empty
            .Add("score", ValueKind.Number).Add("words", ValueKind.Text).Add("day", ValueKind.Date).Add("time", ValueKind.Moment)
            .Add("size", ValueKind.Choice).Add("unset", ValueKind.Number).Add("huge", ValueKind.Number),
        HasMagnet = true,
        Business = Content.Settings.Business,
    };

    public static readonly ImmutableDictionary<string, Value> Values = new Dictionary<string, Value>
    {
        ["score"] = new Value.Number(9),
        ["words"] = new Value.Text("Всё <b>отлично</b> & быстро"),
        ["day"] = new Value.Date(new(2026, 12, 3)),
        ["time"] = new Value.Moment(new(2026, 12, 3, 21, 30, 0, TimeSpan.Zero)),
        ["size"] = new Value.Choice("small"),
        ["huge"] = new Value.Number(Numbers.Max),
        ["magnet"] = new Value.Magnet("guide"),
    }.ToImmutableDictionary();

    public static readonly Profile Anna = Profile.New(new(1), Now.AddDays(-100)) with
    {
        LastActive = Now.AddDays(-2),
        FirstSource = "vk",
        Fields = new Dictionary<string, Value>
        {
            ["name"] = new Value.Text("Анна"),
            ["city"] = new Value.Text("Казань"),
            ["birthday"] = new Value.Date(new(1990, 11, 28)),
            ["visits"] = new Value.Number(3.5m),
            ["phone-verified"] = new Value.Boolean(true),
        }.ToImmutableDictionary(),
        Tags = ["vip"],
        Consents = [new ConsentInForce("personal-data", new(7)), new ConsentInForce("marketing", new(8))],
        Events = ImmutableDictionary<string, EventStatistics>.Empty.Add("visit", new(5, Now.AddDays(-50), Now.AddDays(-3))),
    };

    public static readonly Chat Chat = new(new(7), new(1), new("telegram", 1, 1), "ru");

    public static Scope Scope(string language = "ru", Profile? profile = null, ImmutableDictionary<string, Value>? values = null,
        DateTimeOffset? now = null, Facts? facts = null) =>
        new(Content, new(profile ?? Anna, Chat, null), values ?? Values, facts ?? Facts.None, language, now ?? Now);

    public static Scope Stranger() => new(Content, Snapshot.None, ImmutableDictionary<string, Value>.Empty, Facts.None, "ru", Now);

    public static Expression Expression(string source)
    {
        var parsed = Core.Expressions.Expression.Parse(source, Vocabulary);
        Assert.Null(parsed.Fault);
        return parsed.Result!;
    }

    public static Template Template(string source, string language = "ru")
    {
        var parsed = Core.Expressions.Template.Parse(source, Vocabulary with { Language = language });
        Assert.Null(parsed.Fault);
        return parsed.Result!;
    }
}
