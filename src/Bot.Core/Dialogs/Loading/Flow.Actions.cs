using System.Collections.Immutable;
using Bot.Core.Consents;

namespace Bot.Core.Dialogs.Loading;

internal sealed partial class Flow
{
    private Facts After(ImmutableArray<DialogAction> actions, Facts facts)
    {
        foreach (var action in actions)
        {
            facts = action switch
            {
                DialogAction.Consent consent => facts.With([Facts.Consent(consent.Purpose)]),
                DialogAction.Withdraw withdraw => facts.Without(Withdrawn(withdraw)),
                DialogAction.Set set => Set(set, facts),
                DialogAction.Record record => Recorded(record, facts),
                _ => facts,
            };
        }

        return facts;
    }

    private Facts Set(DialogAction.Set set, Facts facts)
    {
        foreach (var (name, value) in set.Fields)
        {
            Use(value, facts);
            var field = Facts.Field(name);
            if (ContactFields.Contains(field) && !IsConsented(facts) && _isFinal)
            {
                draft.File.Add(value, 0, $"`{name}` is stored here, and on some path nobody has consented to it. Ask for `consent: {Purpose.PersonalData}` first, or call the dialog `contact`.");
            }

            facts = Knowledge.MayMiss(value.Tree, facts) is null ? facts.With([field]) : facts.Without([field]);
        }

        return facts;
    }

    private Facts Recorded(DialogAction.Record record, Facts facts)
    {
        foreach (var (_, value) in record.With)
        {
            Use(value, facts);
        }

        return facts;
    }

    private static ImmutableHashSet<string> Withdrawn(DialogAction.Withdraw withdraw) => withdraw.Purpose == Purpose.PersonalData
        ? ContactFields.Add(Facts.Consent(withdraw.Purpose))
        : [Facts.Consent(withdraw.Purpose)];
}
