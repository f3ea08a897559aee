using System.Collections.Immutable;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Turns;

namespace Bot.Core.Gate;

/// <summary>Puts before the gate what a turn knows of the customer.</summary>
internal static class Gatekeeper
{
    public static GateDecision Ask(Draft draft, MessageKind kind, string? topic, DateTimeOffset due, DateTimeOffset? usefulUntil = null)
    {
        var (settings, chat, profile) = (draft.Content.Settings, draft.Chat, draft.Profile);
        return SendGate.Decide(new Proposal(
            kind,
            due,
            draft.Now,
            draft.Zone,
            settings.Quiet,
            settings.MarketingLate,
            IsBlocked: chat.BlockedAt is not null,
            HasConsent: draft.HasConsent(Purpose.Marketing),
            IsTopicOff: topic is not null && profile.TopicsOff.Contains(topic),
            PausedUntil: profile.PausedUntil,
            IsTalking: chat.TalkingSince is not null,
            UsefulUntil: usefulUntil)
        {
            Caps = kind == MessageKind.Marketing ? Caps(draft) : [],
        });
    }

    private static ImmutableArray<CapUse> Caps(Draft draft) =>
    [
        .. from cap in draft.Content.Caps
           where cap.For is null || cap.For.Holds(draft.Scope())
           select new CapUse(cap.In, (draft.Fact(new Query.LatestMarketing(cap.AtMost)) as Value.Moment)?.At),
    ];
}
