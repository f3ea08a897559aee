using System.Collections.Immutable;
using Bot.Core.Broadcasts;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Turns;
using Bot.Sending;
using Bot.Storage;
using Bot.Writing;

namespace Bot.Broadcasts;

/// <summary>
/// Takes recipients who are due to the gate and hands those whom it lets out to the sender, a handful at a time: their texts are made then and
/// are nowhere but in memory. Each is claimed just before the call, where everything is looked at once more.
/// </summary>
internal sealed class RecipientWork(Store store, Writer writer, Sender sender, Func<Content> content, TrackedLinks links, InHand inHand,
    TimeProvider clock, TimeProvider business)
{
    /// <summary>Messages that the sender has at most: some seconds at Telegram's usual limit.</summary>
    public const int Room = 100;

    /// <summary>Made for turns of which nothing is kept but the words.</summary>
    private readonly IdSource _ids = new(clock);

    /// <summary>
    /// Reaches a handful, as far as there is room; answers what keeps the whole from going on. No more at once: whether it is to go on at all is
    /// looked at in between.
    /// </summary>
    public async Task<PauseReason?> ReachAsync(Broadcast broadcast, CancellationToken cancellationToken)
    {
        if (Texts(broadcast) is not { } texts)
        {
            return PauseReason.Content;
        }

        if (inHand.Count < Room && Take(broadcast) is { Count: > 0 } taken)
        {
            var refused = new List<(Recipient Recipient, RecipientDecision Decision)>();
            foreach (var recipient in taken)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var decision = Decide(broadcast, recipient, texts[recipient.Variant], isRevision: false);
                if (decision is RecipientDecision.Send send)
                {
                    sender.Hand(MessageOf(broadcast, recipient, send.Body, null));
                }
                else
                {
                    refused.Add((recipient, decision));
                }
            }

            await RefuseAsync(refused, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Whether somebody is due who is not in hand.</summary>
    public bool HasDue(Broadcast broadcast) => Due(broadcast, 1).Any(recipient => !inHand.Has(recipient));

    /// <summary>Changes, or takes back, what was sent, as far as there is room; answers whether that is all.</summary>
    public async Task<bool> ReviseAsync(Broadcast broadcast, CancellationToken cancellationToken)
    {
        if (!broadcast.IsRevising || Texts(broadcast) is not { } texts)
        {
            return true;
        }

        var left = store.Broadcasts.ToRevise(broadcast.Id, broadcast.Revision, Room + inHand.Count);
        if (left.IsEmpty && !broadcast.IsUnderWay && !inHand.HasAny(broadcast.Id))
        {
            await writer.StepAsync(transaction =>
            {
                transaction.Broadcasts.EndRevision(broadcast.Id, broadcast.Revision);
                return true;
            }, cancellationToken).ConfigureAwait(false);
            return true;
        }

        foreach (var (recipient, messageId) in left)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (inHand.Count >= Room)
            {
                return false;
            }

            if (inHand.TryAdd(broadcast.Id, recipient))
            {
                var body = broadcast.Revision == Broadcast.Recalled ? new Body("")
                    : Decide(broadcast, recipient, texts[recipient.Variant], isRevision: true) is RecipientDecision.Send send ? send.Body
                    : null;
                sender.Hand(MessageOf(broadcast, recipient, body ?? new Body(""), messageId));
            }
        }

        return true;
    }

    private List<Recipient> Take(Broadcast broadcast) =>
        [.. Due(broadcast, Room).Where(recipient => inHand.TryAdd(broadcast.Id, recipient)).Take(Room)];

    /// <summary>Those who are due, and enough of them that so many are not in hand if there are so many; of an experiment also those who were kept back for the winner.</summary>
    private ImmutableArray<Recipient> Due(Broadcast broadcast, int count)
    {
        var now = business.GetUtcNow();
        var limit = count + inHand.Count;
        var waiting = store.Broadcasts.Draw(broadcast.Id, null, now, limit);
        return broadcast.Winner is { } winner and not Arms.HeldOut && waiting.Length < limit
            ? waiting.AddRange(store.Broadcasts.Draw(broadcast.Id, winner, now, limit - waiting.Length))
            : waiting;
    }

    /// <summary>The texts of the variants, or <see langword="null"/> if the content no longer has what they name.</summary>
    private ImmutableArray<Template>? Texts(Broadcast broadcast)
    {
        var all = content();
        var texts = broadcast.Plan.Variants.Select(variant => all.ReadText(variant.Source).Result).ToList();
        return texts.TrueForAll(text => text is not null) ? [.. texts.OfType<Template>()] : null;
    }

    private RecipientDecision Decide(Broadcast broadcast, Recipient recipient, Template text, bool isRevision)
    {
        var now = business.GetUtcNow();
        return store.Broadcasts.Look(recipient.Address, (snapshot, answer) =>
        {
            var facts = Facts.None;
            for (var round = 0; round < Facts.MaxRounds; round++)
            {
                var decision = BroadcastTurn.Decide(content(), snapshot, facts, broadcast, text, recipient, now, _ids, links.For(recipient.Id), isRevision);
                if (decision is not RecipientDecision.Need need)
                {
                    return decision;
                }

                facts = new Facts(facts.Answers.AddRange(need.Queries.Select(query => KeyValuePair.Create(query, answer(query)))));
            }

            throw new InvalidOperationException($"A recipient's turn asked for facts more than {Facts.MaxRounds} times.");
        }, now);
    }

    private OutboxMessage MessageOf(Broadcast broadcast, Recipient recipient, Body body, long? revises) => new(
        new OutboxId(recipient.Id.Value), recipient.Profile, recipient.Chat, recipient.Address, MessageKind.Marketing, broadcast.Cause, broadcast.Cause,
        revises is null ? body : body with { EditOf = new OutboxId(recipient.Id.Value) },
        Broadcast: new BroadcastMessage(broadcast.Id, recipient.Variant, broadcast.Plan.Split?.Experiment, clock.GetUtcNow(),
            revises is null ? null : broadcast.Revision))
    {
        Place = revises is { } changed ? new Place(Edits: changed) : null,
    };

    private async Task RefuseAsync(List<(Recipient Recipient, RecipientDecision Decision)> refused, CancellationToken cancellationToken)
    {
        if (refused.Count == 0)
        {
            return;
        }

        await writer.StepAsync(transaction =>
        {
            var now = business.GetUtcNow();
            foreach (var (recipient, decision) in refused)
            {
                switch (decision)
                {
                    case RecipientDecision.Wait wait:
                        transaction.Broadcasts.Wait(recipient.Id, wait.At, wait.Why.ToString());
                        break;
                    case RecipientDecision.Skip skip:
                        transaction.Broadcasts.Skip(recipient.Id, skip.Reason, now);
                        break;
                    case RecipientDecision.Fail fail:
                        transaction.Broadcasts.Fail(recipient.Id, fail.Reason, now);
                        break;
                }
            }

            return true;
        }, cancellationToken).ConfigureAwait(false);
        refused.ForEach(one => inHand.Remove(one.Recipient));
    }
}
