using System.Collections.Immutable;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Dialogs.Loading;

/// <summary>
/// Follows a dialog along all its paths and keeps what is known at each state whichever way one came: a data-flow analysis that repeats
/// until nothing changes.
/// </summary>
/// <param name="handed">Where what is known at calls is noted, or <see langword="null"/>.</param>
internal sealed class Flow(DialogDraft draft, IReadOnlyDictionary<string, Summary> summaries, Dictionary<string, Facts>? handed)
{
    private const string ConsentFirst = $"Ask for `consent: {Purpose.PersonalData}` first, or call the dialog `contact`.";

    private readonly Dictionary<string, Facts> _at = [];
    private readonly Queue<string> _again = [];
    private Facts? _atEnd;
    private Facts? _whenLeft;
    private bool _isFinal;

    private Dialog Dialog => draft.Dialog;

    /// <summary>What the dialog means to its callers, whatever they know.</summary>
    public Summary Summarise()
    {
        Run(Facts.None);
        var (endsAtOnce, leavesAtOnce) = PathChecks.AtOnce(Dialog, summaries);
        return new(Own(_atEnd), Own(_whenLeft), Loses(), endsAtOnce, leavesAtOnce);
    }

    /// <summary>Reports what is used or stored where it must not be.</summary>
    public void Check(Facts entry)
    {
        if (Dialog.Moved.IsEmpty)
        {
            Report(entry);
            return;
        }

        var still = draft with { Dialog = Dialog with { Moved = Dialog.Moved.Clear() } };
        var otherwise = draft.File.Faults.Rehearse(() => new Flow(still, summaries, null).Report(entry));
        draft.File.Faults.Note(" The path is that of `moved:`, on which customers go on whose state was taken away.", otherwise, () => Report(entry));
    }

    private void Report(Facts entry)
    {
        Run(entry);
        _isFinal = true;
        foreach (var state in Dialog.States)
        {
            if (_at.TryGetValue(state.Id, out var facts))
            {
                Pass(state, facts);
            }
        }
    }

    private void Run(Facts entry)
    {
        // What customers cannot open themselves may be opened by an automation, which brings the booking that it is about.
        var mayBeBrought = Dialog.Opens.IsEmpty && Dialog.Remember.ContainsKey(GivenValues.Booking);
        Arrive(Target.To(Dialog.States[0].Id),
            Dialog.Takes == ValueKind.Booking ? entry.With([GivenValues.Booking]) : mayBeBrought ? entry.WithPerhaps([GivenValues.Booking]) : entry);
        foreach (var opening in Dialog.Opens.OfType<Opening.Button>())
        {
            Arrive(Target.To(opening.At ?? Dialog.States[0].Id), BookingChecks.Brought(Dialog));
        }

        foreach (var opening in Dialog.Opens.Where(o => o.At is not null && o is not Opening.Button))
        {
            Arrive(Target.To(opening.At!), Facts.None);
        }

        foreach (var moved in Dialog.Moved.Values)
        {
            // Whoever is moved may remember anything, and nothing for certain.
            Arrive(moved, new([], [.. Dialog.Remember.Keys]));
        }

        while (_again.TryDequeue(out var id))
        {
            Pass(Dialog.Find(id)!, _at[id]);
        }
    }

    private void Arrive(Target target, Facts facts)
    {
        switch (target.Kind)
        {
            case TargetKind.End:
                _atEnd = _atEnd?.Or(facts) ?? facts;
                return;
            case TargetKind.Leave:
                _whenLeft = _whenLeft?.Or(facts) ?? facts;
                return;
            case TargetKind.State:
                if (_isFinal)
                {
                    return;
                }

                var met = _at.TryGetValue(target.State!, out var before) ? before.Or(facts) : facts;
                if (before is null || !before.Same(met))
                {
                    _at[target.State!] = met;
                    _again.Enqueue(target.State!);
                }

                return;
        }
    }

    private void Pass(State state, Facts facts)
    {
        if (state.SkipIf is { } skip)
        {
            Use(skip, facts);
            GoOn(state, facts.With(Knowledge.Proven(skip.Tree, holds: true)));
            facts = facts.With(Knowledge.Proven(skip.Tree, holds: false));
        }

        if (state.Call is { } call)
        {
            Call(state, call, facts);
            return;
        }

        foreach (var taken in state.Do.Select(DialogAction.WayOut).OfType<Target>())
        {
            // What the customer chose is still known, and the time that they did not get was theirs for a moment.
            Arrive(taken, facts);
        }

        facts = After(state.Do, facts);
        if (state.IfNone is { } none)
        {
            Arrive(none, facts);
        }

        if (state.Timeout is { } timeout)
        {
            Arrive(timeout.To, facts);
        }

        Show(state, facts);
        foreach (var button in state.Buttons)
        {
            Press(state, button, facts);
        }

        if (state.Ask is { } ask)
        {
            Store(state, ask, facts);
            var gained = Gained(ask, facts);
            var answered = After(state.OnAnswer, gained);

            // Who skips leaves the value missing, and what is done with the answer does without it.
            GoOn(state, ask.CanSkip ? answered.Or(After(state.OnAnswer, facts.WithPerhaps(gained.Perhaps))) : answered);
        }
        else if (!state.Waits)
        {
            GoOn(state, facts);
        }
    }

    private void Call(State state, string call, Facts facts)
    {
        if (!summaries.TryGetValue(call, out var summary))
        {
            return;
        }

        if (_isFinal && handed is not null)
        {
            var own = Own(facts)!;
            handed[call] = handed.TryGetValue(call, out var other) ? other.Or(own) : own;
        }

        var kept = facts.Without(summary.Loses);
        if (summary.AtEnd is { } end)
        {
            GoOn(state, kept.With(end.Sure));
        }

        if (summary.WhenLeft is { } left && state.IfLeft is { } target)
        {
            Arrive(target, kept.With(left.Sure));
        }
        else if (summary.WhenLeft is not null && summary != Summary.Unknown && state.IfLeft is null)
        {
            Report(state, $"The dialog `{call}` can be left, and this state does not say what then. Add `if-left:` after `call:`.");
        }
    }

    private void Press(State state, Button button, Facts facts)
    {
        if (button.If is { } condition)
        {
            Use(condition, facts);
            facts = facts.With(Knowledge.Proven(condition.Tree, holds: true));
        }

        Demand(button.Label, facts);
        var after = After(button.Do, facts);
        if (button.Leads is ButtonLeads.GoTo goTo)
        {
            Arrive(goTo.To, after);
        }

        if (button.Do.Any(a => a is DialogAction.Consent) && state.Say is null)
        {
            Report(state, "A consent needs the words that are agreed to. Add `say:`.");
        }
    }

    private void GoOn(State state, Facts facts)
    {
        foreach (var branch in state.Goto)
        {
            if (branch.If is not { } condition)
            {
                Arrive(branch.To, facts);
                return;
            }

            Use(condition, facts);
            Arrive(branch.To, facts.With(Knowledge.Proven(condition.Tree, holds: true)));
            facts = facts.With(Knowledge.Proven(condition.Tree, holds: false));
        }
    }

    private void Show(State state, Facts facts)
    {
        if (state.Say is { } say)
        {
            Demand(say, facts);
        }

        if (state.File?.Expression is { } used)
        {
            Use(used, facts);
        }

        if (state.File?.Expression is { } file && Knowledge.MayMiss(file.Tree, facts) is { } missing && _isFinal)
        {
            draft.File.Add(file, 0, $"{missing} may be unknown here, and then there is no file to send.");
        }
    }

    private void Store(State state, Ask ask, Facts facts)
    {
        if (ask.Skip is { } skip)
        {
            Demand(skip, facts);
        }

        if (BookingChecks.Missing(ask, Dialog, facts) is { } missing)
        {
            Report(state, missing);
        }

        var isPersonal = ask.Into is { IsProfile: true } || ask.Kinds.Any(k => k is AskKind.Name || AskReader.IsContact(k));
        if (isPersonal && !ActionChecks.IsConsented(facts))
        {
            Report(state, $"The answer to this question is personal, and on some path nobody has consented to storing it. {ConsentFirst}");
        }
    }

    /// <summary>What is known after an answer, whichever of the kinds it was.</summary>
    private static Facts Gained(Ask ask, Facts facts)
    {
        var fields = ask.Kinds
            .Select(k => k switch
            {
                AskKind.Contact or AskKind.Phone => Facts.Field(ProfileFields.Phone),
                AskKind.Email => Facts.Field(ProfileFields.Email),
                AskKind.City when ActionChecks.IsConsented(facts) => Facts.Field(ProfileFields.City),
                AskKind.Text or AskKind.Name or AskKind.Number or AskKind.Date or AskKind.Scale or AskKind.Choice
                    or AskKind.Language or AskKind.City or AskKind.Topics or AskKind.Service or AskKind.Specialist or AskKind.FreeDay
                    or AskKind.FreeTime or AskKind.MyBooking => ask.Into is { } into ? into.IsProfile ? Facts.Field(into.Name) : into.Name : "",
            })
            .ToHashSet();
        if (ask.CanBeAnyone)
        {
            // "Anyone" is nobody yet.
            return facts.Without(fields).WithPerhaps(fields);
        }

        return fields.Count == 1 ? facts.With(fields) : facts.WithPerhaps(fields);
    }

    private void Use(Expressions.Expression expression, Facts facts) => ActionChecks.Use(expression, facts, Reporting);

    /// <summary>The file to report faults in, once what is known no longer changes.</summary>
    private FileReader? Reporting => _isFinal ? draft.File : null;

    private Facts After(ImmutableArray<DialogAction> actions, Facts facts) => ActionChecks.After(actions, facts, Reporting, ConsentFirst);

    private void Demand(Text text, Facts facts)
    {
        if (_isFinal)
        {
            draft.File.DemandElse(text, facts);
        }
    }

    private void Report(State state, string message)
    {
        if (_isFinal)
        {
            draft.File.Faults.Add(draft.Place(state), message);
        }
    }

    /// <summary>Without the conversation's values, which no other dialog sees.</summary>
    private Facts? Own(Facts? facts) => facts is null
        ? null
        : new(facts.Sure.Except(Dialog.Remember.Keys), facts.Perhaps.Except(Dialog.Remember.Keys));

    private ImmutableHashSet<string> Loses()
    {
        var actions = Dialog.States.SelectMany(s => s.Do.Concat(s.OnAnswer).Concat(s.Buttons.SelectMany(b => b.Do)));
        var lost = actions.SelectMany(a => a switch
        {
            DialogAction.Withdraw withdraw => ActionChecks.Withdrawn(withdraw),
            DialogAction.Set set => set.Fields.Select(f => Facts.Field(f.Key)),
            _ => [],
        });
        var called = Dialog.States.Select(s => s.Call is { } call ? summaries.GetValueOrDefault(call) : null).OfType<Summary>();
        return [.. lost.Concat(called.SelectMany(c => c.Loses))];
    }
}
