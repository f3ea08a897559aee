using Bot.Core.Expressions;
using Bot.Core.Loyalty;

namespace Bot.Core.Dialogs.Loading;

internal static partial class ActionReader
{
    /// <summary>A thank-you, not a fortune: a slip of the hand is noticed.</summary>
    private const int MostAdded = 100_000;

    private static DialogAction.Points? Points(YamlNode.Scalar name, YamlNode node, Vocabulary vocabulary, FileReader file)
    {
        if (file.Map(node, Keys.Points, "`points:`") is not { } map)
        {
            return null;
        }

        if (vocabulary.Loyalty is null)
        {
            file.Faults.Add(name, "There are no points to give: the folder has no loyalty.yaml. Take this away, or take that file from the folder `dialogs` that the bot came with.");
            return null;
        }

        if (map["add"] is not { } add)
        {
            file.Faults.Add(map, "It is not said how many. Add `add:`, for example `points: { add: 100 }`.");
            return null;
        }

        var count = file.Number(add);
        if (count is { } number && (number < 1 || number > MostAdded || decimal.Truncate(number) != number))
        {
            file.Faults.Add(add, $"`add:` is a whole number from 1 to {MostAdded}.");
            return null;
        }

        return count is { } points ? new(new Points((long)points)) : null;
    }
}
