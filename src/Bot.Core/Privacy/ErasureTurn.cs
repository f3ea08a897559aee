using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Chats;
using Bot.Core.Consents;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Loyalty;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Sequences;
using Bot.Core.Talks;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Privacy;

/// <summary>
/// A customer wants to be forgotten. Marketing ends at once; staff hear of it and can do the rest at once, and after
/// <see cref="Settings.ErasureAfter"/> it is done by itself, unless the customer takes it back. Whether it is asked for stands in the profile's
/// events, so that no turn must look for it.
/// </summary>
internal static class ErasureTurn
{
    /// <summary>What lies behind what the customer is told of it, and where a consent that ends with it was taken back.</summary>
    private const string Cause = "erasure";

    /// <summary>The last message has so long to arrive before nobody knows any more where to.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromMinutes(1);

    /// <summary>Staff are reminded so long before it is done by itself.</summary>
    private static readonly ImmutableArray<TimeSpan> Reminders = [TimeSpan.FromDays(7), TimeSpan.FromDays(1)];

    /// <summary>Since when a customer's data is to be deleted; <see langword="null"/> if it is not.</summary>
    public static DateTimeOffset? AskedAt(Profile profile) =>
        profile.Events.TryGetValue(BuiltInEvents.ErasureRequested, out var asked)
        && !(profile.Events.TryGetValue(BuiltInEvents.ErasureWithdrawn, out var withdrawn) && withdrawn.Last >= asked.Last)
            ? asked.Last
            : null;

    /// <summary>The customer asks for it.</summary>
    public static void Ask(Draft draft)
    {
        draft.Acknowledge();
        if (AskedAt(draft.Profile) is { } asked)
        {
            if (DueOf(draft, asked) > draft.Now)
            {
                Say(draft, Phrase.ErasureAlready, DueOf(draft, asked));
            }
            else
            {
                // It should be done, or is about to be: nobody is put off for another month.
                Begin(draft, asked, isTold: true);
            }

            return;
        }

        StopMarketing(draft);
        draft.Record(BuiltInEvents.ErasureRequested);
        Await(draft, draft.Now);
        Say(draft, Phrase.ErasureAsked, DueOf(draft, draft.Now));
        Tell(draft, Phrase.AdminErasureAsked, DueOf(draft, draft.Now));
    }

    /// <summary>The customer takes it back. Marketing does not begin again by that.</summary>
    public static void Withdraw(Draft draft)
    {
        draft.Record(BuiltInEvents.ErasureWithdrawn);
        draft.Acknowledge(isUsed: true);
        draft.Say(Phrase.ErasureKept);
        AdminNotices.Tell(draft, null, AdminNotices.Card(draft), Phrase.AdminErasureKept, [.. AdminNotices.Who(draft)]);
    }

    /// <summary>Staff have it done now, also of who told them so by phone.</summary>
    public static void Order(Draft draft)
    {
        if (AskedAt(draft.Profile) is null)
        {
            draft.Record(BuiltInEvents.ErasureRequested);
        }

        Begin(draft, AskedAt(draft.Profile)!.Value, isTold: true);
    }

    /// <summary>Time has passed: staff are reminded, or it is done.</summary>
    public static void Fire(Draft draft, Timer timer, TimerCause.Erasure cause)
    {
        if (AskedAt(draft.Profile) != cause.Asked)
        {
            return;
        }

        if (cause.IsFarewellSaid)
        {
            Erase(draft, cause.Asked);
        }
        else if (DueOf(draft, cause.Asked) is var due && due > draft.Now)
        {
            Tell(draft, Phrase.AdminErasureSoon, due);
            Await(draft, cause.Asked);
        }
        else
        {
            Begin(draft, cause.Asked, isTold: !timer.IsExpired);
        }
    }

    /// <summary>Says farewell, and leaves all else for when that has arrived: until then a change of mind still finds everything as it was.</summary>
    /// <param name="isTold">Whether the customer is told; after a restore nothing is sent.</param>
    private static void Begin(Draft draft, DateTimeOffset asked, bool isTold)
    {
        StopMarketing(draft);
        TalkTurn.End(draft);
        if (isTold && draft.Chat.BlockedAt is null && draft.Chat.Address.Channel != ChatAddress.Staff)
        {
            draft.SpeakAs(MessageKind.Service, null, Cause, draft.Now + Farewell);
            draft.Say(Phrase.ErasureFarewell);
        }

        draft.Schedule(draft.Now + Farewell, new TimerCause.Erasure(asked, IsFarewellSaid: true), MessageKind.Service);
    }

    /// <summary>Deletes what says who this is. Points that are left lapse, so that the sums of the ledger stay those of living accounts.</summary>
    private static void Erase(Draft draft, DateTimeOffset asked)
    {
        draft.Close(ConversationEnd.Left);
        foreach (var run in draft.Profile.Sequences.Values.Where(run => run.IsRunning))
        {
            new SequenceRuns(draft).End(run.Sequence, SequenceEnd.Unsubscribed);
        }

        WithdrawConsents(draft, _ => true);
        var account = draft.Fact(new Query.Account()) as Account;
        if (account is { Balance: var left } && left > Points.None)
        {
            draft.Post(account.Lapse());
            draft.Record(BuiltInEvents.PointsExpired, new KeyValuePair<string, Value>("points", new Value.Number(left.Count)));
            draft.Add(new Effect.KeepAccount(account.Tier, null));
        }

        var open = draft.Profile.Bookings.Values.Where(booking => booking.IsOpen && booking.Start > draft.Now).OrderBy(booking => booking.Start);
        List<Booking> cancelled = [.. open.ToList().Select(booking => new BookingTurn(draft).Do(booking, BookingAct.Cancel)).OfType<Booking>()];
        draft.Record(BuiltInEvents.DataErased);
        draft.Add(new Effect.CancelMessages(draft.Chat.Id, Cause));
        draft.Add(new Effect.Erase());

        // From here on nobody has a name, so that what staff are told has none.
        draft.Profile = draft.Profile with { Fields = ImmutableDictionary<string, Value>.Empty, Tags = [] };
        foreach (var booking in cancelled)
        {
            BookingNotices.Add(draft, Phrase.AdminVisitCancelled, booking);
        }

        AdminNotices.Tell(draft, null, null, Phrase.AdminErased,
            ("id", new Value.Text(draft.Profile.Id.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))), ("asked", new Value.Moment(asked)));
    }

    private static void StopMarketing(Draft draft)
    {
        WithdrawConsents(draft, consent => consent.Purpose == Purpose.Marketing);
        Unsubscription.End(draft, isMarketingOnly: true);
    }

    private static void WithdrawConsents(Draft draft, Func<ConsentInForce, bool> which)
    {
        var ended = draft.Profile.Consents.Where(which).ToList();
        draft.Profile = draft.Profile with { Consents = draft.Profile.Consents.Except(ended) };
        foreach (var purpose in ended.Select(consent => consent.Purpose).Distinct())
        {
            draft.Add(new Effect.WithdrawConsent(purpose, Cause));
        }
    }

    private static void Await(Draft draft, DateTimeOffset asked)
    {
        var due = DueOf(draft, asked);
        var next = Reminders.Select(before => due - before).Append(due).First(at => at > draft.Now || at == due);
        draft.Schedule(next, new TimerCause.Erasure(asked, IsFarewellSaid: false), MessageKind.Service);
    }

    private static DateTimeOffset DueOf(Draft draft, DateTimeOffset asked) => asked + draft.Content.Settings.ErasureAfter;

    private static void Say(Draft draft, Phrase phrase, DateTimeOffset due) => draft.Say(phrase,
        new Keyboard.Inline([[new InlineButton(draft.Label(Phrase.ErasureKeepButton), new PressData.Keep().ToString())]]),
        ImmutableDictionary<string, Value>.Empty.Add("due", new Value.Moment(due)));

    private static void Tell(Draft draft, Phrase phrase, DateTimeOffset due) => AdminNotices.Tell(draft, null, new Keyboard.Inline(
        [
            [AdminNotices.Button(draft, Phrase.AdminEraseButton, Staff.StaffPress.Erase(draft.Profile.Id))],
            AdminNotices.Card(draft).Rows[0],
        ]),
        phrase, [.. AdminNotices.Who(draft), ("due", new Value.Moment(due))]);
}
