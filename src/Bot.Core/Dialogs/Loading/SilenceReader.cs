using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads what a dialog says to who falls silent in it.</summary>
internal static class SilenceReader
{
    private static readonly TimeSpan Soonest = TimeSpan.FromMinutes(10);

    /// <summary>Later it would no longer be about the customer's own act.</summary>
    private static readonly TimeSpan Latest = TimeSpan.FromHours(24);

    public static Silence? Read(YamlNode node, Vocabulary vocabulary, FileReader file)
    {
        if (file.Map(node, Keys.Silence, "`silence:`") is not { } map)
        {
            return null;
        }

        var condition = map["if"] is { } conditionNode ? file.Condition(conditionNode, vocabulary) : null;
        var say = map["say"] is { } sayNode ? file.Text(sayNode, vocabulary, TextUse.Message) : null;
        if (say is not null)
        {
            // The customer may have fallen silent anywhere, so nothing is certain but the condition.
            file.DemandElse(say, condition is null ? Facts.None : Facts.None.With(Knowledge.Proven(condition.Tree, holds: true)));
        }
        else if (map["say"] is null)
        {
            file.Faults.Add(map, "There is nothing to say to who falls silent. Add `say:`.");
        }

        return After(map, file) is { } after && say is not null ? new(after, say, condition) : null;
    }

    private static TimeSpan? After(YamlNode.Map map, FileReader file)
    {
        if (map["after"] is not { } node)
        {
            file.Faults.Add(map, "It is not said after how long. Add `after: 1h`.");
            return null;
        }

        return file.Duration(node, "`after:`", Soonest, Latest);
    }
}
