using System.Collections.Immutable;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Dialogs.Loading;

/// <summary>What is known after actions, in a dialog or an automation, and what they use or store that they must not.</summary>
internal static class ActionChecks
{
    private static readonly ImmutableHashSet<string> ContactFields =
        [.. new[] { ProfileFields.Name, ProfileFields.Phone, ProfileFields.Email, ProfileFields.Birthday, ProfileFields.City }.Select(Facts.Field)];

    /// <param name="report">Where faults go; <see langword="null"/> while nothing is to be reported.</param>
    /// <param name="consentFirst">What to do where somebody's contact would be stored without a consent.</param>
    public static Facts After(ImmutableArray<DialogAction> actions, Facts facts, FileReader? report, string consentFirst)
    {
        foreach (var action in actions)
        {
            facts = action switch
            {
                DialogAction.Consent consent => facts.With([Facts.Consent(consent.Purpose)]),
                DialogAction.Withdraw withdraw => facts.Without(Withdrawn(withdraw)),
                DialogAction.Set set => Set(set, facts, report, consentFirst),
                DialogAction.Record record => Recorded(record, facts, report),
                DialogAction.Code code => facts.With([code.Into]),
                DialogAction.Hold hold => Booked(hold.Time, [GivenValues.Specialist], facts, report),
                DialogAction.Book book => Booked(book.Time, [GivenValues.Specialist, GivenValues.Booking], facts, report),
                DialogAction.Confirm confirm => Used(confirm.Booking, facts, report),
                DialogAction.Cancel cancel => Used(cancel.Booking, facts, report),
                DialogAction.Case opened => Opened(opened, facts, report),
                _ => facts,
            };
        }

        return facts;
    }

    /// <summary>A value that no path has set before is a slip; one that some path has not set is simply missing there.</summary>
    public static void Use(Expression expression, Facts facts, FileReader? report)
    {
        if (report is not null && Knowledge.Remembered(expression.Tree).FirstOrDefault(r => !facts.Perhaps.Contains(r)) is { } unset)
        {
            report.Add(expression, 0, $"`{unset}` is used before anything sets it. Let a question or a code set it on the way here (`into: {unset}`).");
        }
    }

    public static bool IsConsented(Facts facts) => facts.Sure.Contains(Facts.Consent(Purpose.PersonalData));

    /// <summary>What is not known any more.</summary>
    public static ImmutableHashSet<string> Withdrawn(DialogAction.Withdraw withdraw) => withdraw.Purpose == Purpose.PersonalData
        ? ContactFields.Add(Facts.Consent(withdraw.Purpose))
        : [Facts.Consent(withdraw.Purpose)];

    private static Facts Booked(Expression time, string[] gained, Facts facts, FileReader? report)
    {
        Use(time, facts, report);
        if (!facts.Sure.Contains(GivenValues.Service))
        {
            report?.Add(time, 0, "On some path nobody has chosen a service before this. Ask for it first: `ask: { as: service, into: service }`.");
        }

        return facts.With(gained);
    }

    private static Facts Used(Expression value, Facts facts, FileReader? report)
    {
        Use(value, facts, report);
        return facts;
    }

    private static Facts Set(DialogAction.Set set, Facts facts, FileReader? report, string consentFirst)
    {
        foreach (var (name, value) in set.Fields)
        {
            Use(value, facts, report);
            var field = Facts.Field(name);
            if (ContactFields.Contains(field) && !IsConsented(facts))
            {
                report?.Add(value, 0, $"`{name}` is stored here, and on some path nobody has consented to it. {consentFirst}");
            }

            facts = Knowledge.MayMiss(value.Tree, facts) is null ? facts.With([field]) : facts.Without([field]);
        }

        return facts;
    }

    private static Facts Opened(DialogAction.Case opened, Facts facts, FileReader? report)
    {
        foreach (var value in new[] { opened.Score, opened.Words }.OfType<Expression>())
        {
            Use(value, facts, report);
        }

        return facts;
    }

    private static Facts Recorded(DialogAction.Record record, Facts facts, FileReader? report)
    {
        foreach (var (_, value) in record.With)
        {
            Use(value, facts, report);
        }

        return facts;
    }
}
