using Bot.Core.Ids;
using Bot.Core.Profiles;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>Points without a purchase: a dialog says thank you with them, and says so itself.</summary>
internal static class Reward
{
    /// <summary>Gives points that can be used at once and expire as those for purchases do. Without loyalty.yaml there are none to give.</summary>
    public static void Give(Draft draft, Points points)
    {
        if (draft.Content.Loyalty is not { } rules || draft.Fact(new Query.Account()) is not Account account)
        {
            return;
        }

        var ledger = new Ledger(draft, rules, account);
        ledger.Post(account.Grant(new Lot(new LotId(draft.Ids.Next()), points, points, draft.Now, draft.Now + rules.Expires)));
        ledger.Record(BuiltInEvents.PointsGranted, points);
        ledger.Plan();
    }
}
