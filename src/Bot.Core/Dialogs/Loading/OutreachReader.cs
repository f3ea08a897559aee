using System.Collections.Immutable;
using Bot.Core.Automations;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Messages;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads what the bot does and says of its own accord: a step of a sequence, or an automation.</summary>
internal static class OutreachReader
{
    private const string ConsentFirst = $"Let its condition say `consent({Purpose.PersonalData})`.";

    /// <param name="map">The step or automation, in which <c>do</c>, <c>say</c>, <c>open</c> and <c>buttons</c> stand.</param>
    /// <param name="condition">What holds whenever it is done.</param>
    /// <param name="place">Its name in the file, for faults.</param>
    /// <param name="hasBooking">It is about a visit.</param>
    public static Outreach Read(YamlNode.Map map, Expression? condition, YamlNode place, FileReader file, bool hasBooking = false)
    {
        Combination(map, place, file);
        var vocabulary = file.Around.Vocabulary with { Remembered = Codes(map["do"]), HasBooking = hasBooking };
        var outreach = new Outreach(
            ActionReader.ReadAll(map["do"], [], vocabulary, file, ActionPlace.Outreach),
            map["say"] is { } say ? file.Text(say, vocabulary, TextUse.Message) : null,
            map["open"] is { } open ? StateReader.Dialog(open, "opened", file, hasBooking) : null,
            ButtonReader.ReadAll(map["buttons"], null, vocabulary, file));
        var known = hasBooking ? Facts.None.With([GivenValues.Booking]) : Facts.None;
        var facts = condition is null ? known : known.With(Knowledge.Proven(condition.Tree, holds: true));
        Demand(outreach, ActionChecks.After(outreach.Do, facts, file, ConsentFirst), file);
        return outreach;
    }

    /// <summary>Whether the customer is to hear something, so that its kind must be known.</summary>
    public static bool IsHeard(YamlNode.Map map) => map["say"] is not null || map["open"] is not null;

    /// <summary>Of which kind what is said is, and what about.</summary>
    public static (MessageKind Kind, string? Topic) Manner(YamlNode.Map map, bool isHeard, YamlNode place, FileReader file)
    {
        var topic = map["topic"] is { } topicNode ? Topic(topicNode, file) : null;
        if (map["kind"] is not { } kindNode)
        {
            if (isHeard)
            {
                file.Faults.Add(place, "It is not said what kind of message this is. Add `kind: marketing`, or `kind: service` if it is about the customer's own visit, booking or points.");
            }

            return (MessageKind.Service, topic);
        }

        if (file.Word(kindNode, Keys.MessageKinds, "kind of message") is not "marketing")
        {
            return (MessageKind.Service, topic);
        }

        if (map["topic"] is null)
        {
            file.Faults.Add(kindNode, "Marketing needs a `topic:`, so that customers can switch it off. Topics are listed under `topics:` in settings.yaml.");
        }
        else if (topic == Dialogs.Topic.Reminders)
        {
            file.Faults.Add(map["topic"]!, $"`{topic}` are about the customer's own visits, and come with `kind: service`. Marketing needs another topic.");
        }

        if (file.Around.Purposes is { } purposes && !purposes.Contains(Purpose.Marketing))
        {
            file.Faults.Add(kindNode, $"Nobody can agree to Marketing: settings.yaml has no such purpose. Add `{Purpose.Marketing}: {{}}` under `consents:` there, and let a dialog ask for it.");
        }

        return (MessageKind.Marketing, topic);
    }

    private static string? Topic(YamlNode node, FileReader file)
    {
        if (file.Id(node, "the name of a topic") is not { } topic)
        {
            return null;
        }

        if (file.Around.Topics is { } topics && !topics.Contains(topic))
        {
            var suggestion = Suggestion.For(topic, topics);
            file.Faults.Add(node, $"There is no topic `{topic}` in settings.yaml.{(suggestion.Length > 0 ? suggestion : " Add it there under `topics:`.")}");
        }

        return topic;
    }

    private static void Combination(YamlNode.Map map, YamlNode place, FileReader file)
    {
        if (map["say"] is not null && map.Pairs.FirstOrDefault(p => p.Key.Value == "open").Key is { } open)
        {
            file.Faults.Add(open, "Either the bot says something or it opens a dialog, which says something itself. Take `say:` or `open:` away.");
        }
        else if (!IsHeard(map) && map["do"] is null or YamlNode.List { Items.IsEmpty: true })
        {
            file.Faults.Add(place, "Here nothing is done or said. Add `say:`, `open:` or `do:`.");
        }

        if (map["say"] is null && map.Pairs.FirstOrDefault(p => p.Key.Value == "buttons").Key is { } buttons)
        {
            file.Faults.Add(buttons, "Buttons hang on a message. Add `say:` above them.");
        }
    }

    /// <summary>The names that codes get here, for the texts that show them.</summary>
    private static ImmutableDictionary<string, ValueKind> Codes(YamlNode? actions) =>
        (actions is YamlNode.List list ? list.Items : [])
        .Select(action => ((action as YamlNode.Map)?["code"] as YamlNode.Map)?["into"])
        .OfType<YamlNode.Scalar>()
        .Select(name => name.Value)
        .Distinct()
        .ToImmutableDictionary(name => name, _ => ValueKind.Text);

    private static void Demand(Outreach outreach, Facts facts, FileReader file)
    {
        if (outreach.Say is { } say)
        {
            file.DemandElse(say, facts);
        }

        foreach (var button in outreach.Buttons)
        {
            file.DemandElse(button.Label, button.If is { } shown ? facts.With(Knowledge.Proven(shown.Tree, holds: true)) : facts);
        }
    }
}
