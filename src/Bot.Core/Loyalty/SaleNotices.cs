using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>What who stands at the desk is told of a sale, a refund or a code, in the same turn that decides it.</summary>
internal static class SaleNotices
{
    /// <param name="by">Who did it; a till or a site is told nothing here.</param>
    public static void Tell(Draft draft, long? by, Phrase phrase, params ReadOnlySpan<(string Name, Value? Value)> values)
    {
        if (by is not null)
        {
            AdminNotices.AboutCustomer(draft, phrase, [("name", draft.Profile.Fields.GetValueOrDefault(Profiles.ProfileFields.Name)), .. values]);
        }
    }
}
