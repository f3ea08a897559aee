using System.Collections.Immutable;
using Bot.Core.Profiles;
using Bot.Core.Turns;

namespace Bot.Core.Lists;

/// <summary>
/// Somebody whom staff brought in by a list has come: what is known under the phone that the channel vouches for becomes this customer's. Of what
/// both say the customer's own stays, and of what both want the stricter.
/// </summary>
internal static class Joining
{
    public static void TakeOver(Draft draft, string phone)
    {
        if (draft.Fact(new Query.BroughtIn(phone)) is not OtherProfile { Profile: var other } || other.Id == draft.Profile.Id)
        {
            return;
        }

        var own = draft.Profile;
        draft.Profile = own with
        {
            FirstSource = own.FirstSource ?? other.FirstSource,
            LastSource = own.LastSource ?? other.LastSource,
            Fields = other.Fields.Remove(ProfileFields.PhoneVerified).SetItems(own.Fields),
            Tags = own.Tags.Union(other.Tags),
            TopicsOff = own.TopicsOff.Union(other.TopicsOff),
            PausedUntil = own.PausedUntil is { } until && !(other.PausedUntil > until) ? until : other.PausedUntil ?? own.PausedUntil,
            Events = Together(own.Events, other.Events),
        };
        draft.Add(new Effect.TakeOver(other.Id));
    }

    private static ImmutableDictionary<string, EventStatistics> Together(
        ImmutableDictionary<string, EventStatistics> own, ImmutableDictionary<string, EventStatistics> other)
    {
        foreach (var (name, theirs) in other)
        {
            own = own.SetItem(name, own.TryGetValue(name, out var ours)
                ? new EventStatistics(ours.Count + theirs.Count, ours.First < theirs.First ? ours.First : theirs.First, ours.Last > theirs.Last ? ours.Last : theirs.Last)
                : theirs);
        }

        return own;
    }
}
