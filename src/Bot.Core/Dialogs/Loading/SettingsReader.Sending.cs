using System.Collections.Immutable;
using Bot.Core.Automations;
using Bot.Core.Expressions;
using Bot.Core.Gate;

namespace Bot.Core.Dialogs.Loading;

/// <summary>What the settings say of messages that the bot sends of its own accord.</summary>
internal sealed partial class SettingsReader
{
    private const int MostReasons = 6;
    private static readonly TimeSpan UsuallyLate = TimeSpan.FromHours(6);
    private static readonly TimeSpan LeastLate = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MostLate = TimeSpan.FromDays(7);
    private static readonly TimeSpan UsualTalk = TimeSpan.FromHours(48);
    private static readonly TimeSpan LeastTalk = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MostTalk = TimeSpan.FromDays(30);
    private static readonly TimeSpan UsuallyDue = TimeSpan.FromHours(24);
    private static readonly TimeSpan LeastDue = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MostDue = TimeSpan.FromDays(30);
    private static readonly TimeSpan LeastErasure = TimeSpan.FromHours(1);

    /// <summary>The law gives a month.</summary>
    private static readonly TimeSpan MostErasure = TimeSpan.FromDays(30);

    private ImmutableSortedDictionary<string, Text> Topics(FileReader knowing) =>
        Labels("topics", "topic", knowing).ToImmutableSortedDictionary(topic => topic.Id, topic => topic.Label, StringComparer.Ordinal);

    private ImmutableArray<ChoiceOption> Reasons(FileReader knowing)
    {
        var reasons = Labels("reasons", "reason", knowing);
        if (reasons.Length > MostReasons)
        {
            knowing.Faults.Add(root["reasons"]!, $"One tap should do: name at most {MostReasons} reasons.");
        }

        return reasons;
    }

    /// <summary>What is listed under a key with the words that customers see, in the order of the file.</summary>
    private ImmutableArray<ChoiceOption> Labels(string key, string what, FileReader knowing)
    {
        var labels = ImmutableArray.CreateBuilder<ChoiceOption>();
        if (root[key] is not { } node || knowing.Map(node, $"`{key}:`") is not { } map)
        {
            return [];
        }

        foreach (var (name, value) in map.Pairs)
        {
            if (knowing.Id(name, $"the name of a {what}") is not { } id
                || knowing.Text(value, new Vocabulary { Business = knowing.Around.Business }, TextUse.Label) is not { } label)
            {
                continue;
            }

            if (label.ByLanguage.Values.Any(t => !t.IsConstant) && knowing.Around.Business is not null)
            {
                knowing.Faults.Add(value, $"The words for a {what} can use `business.` values only.");
            }

            labels.Add(new(id, label));
        }

        return labels.ToImmutable();
    }

    private QuietHours? Quiet()
    {
        if (root["quiet"] is not { } node || file.Map(node, Keys.Quiet, "`quiet:`") is not { } map)
        {
            return null;
        }

        if (map["from"] is not { } fromNode || map["to"] is not { } toNode)
        {
            file.Faults.Add(node, "Quiet hours have a beginning and an end: `quiet: { from: \"21:00\", to: \"09:00\" }`.");
            return null;
        }

        if (file.Clock(fromNode, "`from:`") is not { } from || file.Clock(toNode, "`to:`") is not { } to)
        {
            return null;
        }

        if (from == to)
        {
            file.Faults.Add(toNode, "Quiet hours that end when they begin are none or all of the day. Give them another end, or take `quiet:` away.");
        }

        return new(from, to);
    }

    private AutomationTrigger.Daily? Digest()
    {
        var usual = new AutomationTrigger.Daily(DayRule.Monday, new TimeOnly(9, 0));
        switch (root["digest"])
        {
            case null:
                return usual;
            case YamlNode.Scalar scalar:
                if (file.Flag(scalar, "`digest:`") == true)
                {
                    file.Faults.Add(scalar, "Say when it is to come, for example `digest: { every: monday, at: \"09:00\" }`, or `digest: false` for never.");
                }

                return null;
            case { } node when file.Map(node, Keys.Digest, "`digest:`") is { } map:
                var day = map["every"] is { } every
                    ? file.Word(every, Keys.Weekdays, "day of the week") is { } word ? DayRule.Monday + Keys.Weekdays.Known.IndexOf(word) : usual.Days
                    : usual.Days;
                var at = map["at"] is { } time ? file.Clock(time, "`at:`") ?? usual.At : usual.At;
                return new AutomationTrigger.Daily(day, at);
            default:
                return null;
        }
    }

    private TimeSpan FeedbackDue() =>
        root["feedback"] is { } node && file.Map(node, Keys.Feedback, "`feedback:`") is { } map && map["due"] is { } due
            ? file.Duration(due, "`due:`", LeastDue, MostDue) ?? UsuallyDue
            : UsuallyDue;

    private TimeSpan ErasureAfter() =>
        root["erasure"] is { } node && file.Map(node, Keys.Erasure, "`erasure:`") is { } map && map["after"] is { } after
            ? file.Duration(after, "`after:`", LeastErasure, MostErasure) ?? MostErasure
            : MostErasure;

    private TimeSpan MarketingLate() =>
        root["late"] is { } node && file.Map(node, Keys.Late, "`late:`") is { } map && map["marketing"] is { } marketing
            ? file.Duration(marketing, "`marketing:`", LeastLate, MostLate) ?? UsuallyLate
            : UsuallyLate;

    private TimeSpan TalkCloseAfter() =>
        root["talk"] is { } node && file.Map(node, Keys.Talk, "`talk:`") is { } map && map["close-after"] is { } after
            ? file.Duration(after, "`close-after:`", LeastTalk, MostTalk) ?? UsualTalk
            : UsualTalk;
}
