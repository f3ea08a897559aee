using System.Collections.Immutable;
using Bot.Core.Broadcasts;
using Bot.Core.Gate;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Bot.Storage.Timers;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Broadcasts;

/// <summary>Writes broadcasts, their recipients and what became of them.</summary>
public sealed class BroadcastWriter : IDisposable
{
    private readonly IdSource _ids;
    private readonly Statement _create;
    private readonly Statement _find;
    private readonly Statement _latestDraft;
    private readonly Statement _zones;
    private readonly Statement _save;
    private readonly Statement _advance;
    private readonly Statement _revisedAll;
    private readonly Statement _reported;
    private readonly Statement _add;
    private readonly Statement _arm;
    private readonly Statement _setArm;
    private readonly Statement _claim;
    private readonly Statement _end;
    private readonly Statement _insertDelivery;
    private readonly Statement _refuse;
    private readonly Statement _wait;
    private readonly Statement _postpone;
    private readonly Statement _giveUp;
    private readonly Statement _click;
    private readonly Statement _revised;
    private bool _hasChanged;

    internal BroadcastWriter(SqliteConnection connection, IdSource ids)
    {
        _ids = ids;
        _create = new Statement(connection, """
            INSERT INTO broadcasts (id, state, staff_id, created_at, plan, topic, room, written, revision)
            VALUES ((SELECT coalesce(max(id), 0) + 1 FROM broadcasts), 0, ?1, ?2, ?3, ?4, 0, 0, 0) RETURNING id
            """);
        _find = new Statement(connection, $"SELECT {BroadcastRows.Columns} FROM broadcasts WHERE id = ?1");
        _latestDraft = new Statement(connection, $"SELECT {BroadcastRows.Columns} FROM broadcasts WHERE state = 0 ORDER BY id DESC LIMIT 1");
        _zones = new Statement(connection, TimerReader.SelectZones);
        _save = new Statement(connection, """
            UPDATE broadcasts SET state = ?2, plan = ?3, topic = ?4, line_id = ?5, starts_at = ?6, finished_at = ?7, room = ?8, winner = ?9,
                revising = (revising OR revision <> ?10), revision = ?10, paused_for = ?11
            WHERE id = ?1
            """);
        _advance = new Statement(connection, "UPDATE broadcasts SET cursor = ?2, written = ?3 WHERE id = ?1");
        _revisedAll = new Statement(connection, "UPDATE broadcasts SET revising = 0 WHERE id = ?1 AND revision = ?2");
        _reported = new Statement(connection, "UPDATE broadcasts SET reported_at = ?2 WHERE id = ?1");
        _add = new Statement(connection, """
            INSERT INTO recipients (id, broadcast_id, profile_id, chat_id, variant, state, due_at, reason, ended_at, revision)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0) ON CONFLICT DO NOTHING
            """);
        _arm = new Statement(connection, "SELECT arm FROM experiment_arms WHERE experiment = ?1 AND profile_id = ?2");
        _setArm = new Statement(connection, "INSERT INTO experiment_arms (experiment, profile_id, arm) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");

        // The last look: whatever changed since the gate let it out sends the recipient back to the gate. Of other Marketing only what came
        // after that counts, for the gate has seen the rest.
        _claim = new Statement(connection, """
            UPDATE recipients SET state = 1, variant = ?2
            WHERE id = ?1 AND state IN (0, 7)
                AND EXISTS (SELECT 1 FROM broadcasts b WHERE b.id = recipients.broadcast_id AND b.state = 2
                    AND NOT EXISTS (SELECT 1 FROM topics_off t WHERE t.profile_id = recipients.profile_id AND t.topic = b.topic))
                AND EXISTS (SELECT 1 FROM consents_in_force f
                    WHERE f.profile_id = recipients.profile_id AND f.purpose = 'marketing' AND f.chat_id = recipients.chat_id)
                AND EXISTS (SELECT 1 FROM chats c JOIN profiles p ON p.id = c.profile_id
                    WHERE c.id = recipients.chat_id AND c.blocked_at IS NULL AND c.talking_since IS NULL AND coalesce(p.paused_until, 0) <= ?3)
                AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.chat_id = recipients.chat_id AND o.kind = 2 AND o.id >= ?4)
                AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.profile_id = recipients.profile_id AND d.kind = 2 AND d.id >= ?4)
            """);
        _end = new Statement(connection, """
            UPDATE recipients SET state = ?2, reason = ?3, message_id = ?4, ended_at = ?5 WHERE id = ?1 AND state IN (1, 6)
            """);

        // Whoever decided may have read a moment ago; what is claimed since is on its way, and only the channel says what became of it.
        _refuse = new Statement(connection, "UPDATE recipients SET state = ?2, reason = ?3, ended_at = ?4 WHERE id = ?1 AND state IN (0, 7)");
        _insertDelivery = new Statement(connection, """
            INSERT INTO deliveries (id, profile_id, chat_id, kind, cause, template, status, message_id, reason, at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT DO UPDATE SET status = ?7, message_id = ?8, reason = ?9, at = ?10
            """);
        _wait = new Statement(connection, "UPDATE recipients SET due_at = ?2, reason = ?3 WHERE id = ?1 AND state IN (0, 7)");
        _postpone = new Statement(connection, "UPDATE recipients SET state = 0, due_at = ?2 WHERE id = ?1 AND state = 1");
        _giveUp = new Statement(connection, """
            UPDATE recipients SET state = 5, reason = ?2, ended_at = ?3
            WHERE id IN (SELECT id FROM recipients WHERE broadcast_id = ?1 AND state IN (7, ?5) LIMIT ?4)
            """);
        _click = new Statement(connection, "UPDATE recipients SET clicked_at = ?2 WHERE id = ?1 AND clicked_at IS NULL");
        _revised = new Statement(connection, "UPDATE recipients SET revision = ?2 WHERE id = ?1");
    }

    /// <summary>Whether this transaction changed the state of a broadcast, so that the work on it is to be looked at.</summary>
    public bool HasChanged => _hasChanged;

    /// <summary>A new draft.</summary>
    public Broadcast Create(BroadcastPlan plan, long staff, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        long id;
        using (var row = _create.Query(staff, now, StoredJson.Write(plan), plan.Topic))
        {
            row.Read();
            id = row.Number(0);
        }

        return Find(new BroadcastId(id))!;
    }

    /// <summary>The broadcast with this number.</summary>
    public Broadcast? Find(BroadcastId id)
    {
        using var row = _find.Query(id.Value);
        return row.Read() ? BroadcastRows.Read(row) : null;
    }

    /// <summary>The draft that was begun last.</summary>
    public Broadcast? LatestDraft()
    {
        using var row = _latestDraft.Query();
        return row.Read() ? BroadcastRows.Read(row) : null;
    }

    /// <summary>The zones of customers whose zone is known.</summary>
    public ImmutableArray<string> Zones()
    {
        var zones = ImmutableArray.CreateBuilder<string>();
        using var row = _zones.Query();
        while (row.Read())
        {
            zones.Add(row.Text(0));
        }

        return zones.DrainToImmutable();
    }

    /// <summary>Writes what staff, or the broadcast's own course, made of it; not how far its recipients are written down.</summary>
    public void Save(Broadcast broadcast)
    {
        ArgumentNullException.ThrowIfNull(broadcast);
        _save.Run(broadcast.Id.Value, (long)broadcast.State, StoredJson.Write(broadcast.Plan), broadcast.Plan.Topic, broadcast.Line,
            broadcast.StartsAt, broadcast.FinishedAt, (long)broadcast.Room.TotalMilliseconds, (long?)broadcast.Winner, (long)broadcast.Revision,
            broadcast.PausedFor?.ToString());
        _hasChanged = true;
    }

    /// <summary>Writes down a page of recipients and how far that has come; whoever is there already stays as they are.</summary>
    /// <param name="cursor">The last profile that was looked at, or <see langword="null"/> if that were all.</param>
    /// <param name="sample">The share of each variant of an experiment.</param>
    public void AddRecipients(Broadcast broadcast, IEnumerable<NewRecipient> page, ProfileId? cursor, decimal sample, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(broadcast);
        ArgumentNullException.ThrowIfNull(page);
        foreach (var one in page)
        {
            var (state, variant, reason) = one.Skip is { } skip
                ? (RecipientState.Skipped, (int?)null, (SkipReason?)skip)
                : broadcast.Plan.Split is { } split ? Divide(split, broadcast.Plan.Variants.Length, sample, one.Profile) : (RecipientState.Waiting, 0, null);
            _add.Run(_ids.Next(), broadcast.Id.Value, one.Profile.Value, one.Chat.Value, (long?)variant, (long)state, one.Due, reason?.ToString(),
                state == RecipientState.Skipped ? now : (DateTimeOffset?)null);
        }

        _advance.Run(broadcast.Id.Value, cursor?.Value, cursor is null);
    }

    /// <summary>All recipients have this revision.</summary>
    public void EndRevision(BroadcastId broadcast, int revision) => _revisedAll.Run(broadcast.Value, (long)revision);

    /// <summary>The report of its week is made.</summary>
    public void NoteReport(BroadcastId broadcast, DateTimeOffset now) => _reported.Run(broadcast.Value, now);

    /// <summary>
    /// Marks a recipient as on the way, so that after a crash it is not sent again; <see langword="false"/> if something speaks against it
    /// by now. Of an experiment the customer's variant is fixed with it.
    /// </summary>
    /// <param name="decided">When the gate let it out, by the real clock.</param>
    public bool Claim(RecipientId recipient, ProfileId profile, int variant, string? experiment, DateTimeOffset decided, DateTimeOffset now)
    {
        if (experiment is not null)
        {
            _setArm.Run(experiment, profile.Value, (long)variant);
            if (ArmOf(experiment, profile) != variant)
            {
                _refuse.Run(recipient.Value, (long)RecipientState.Skipped, nameof(SkipReason.OtherVariant), now);
                return false;
            }
        }

        return _claim.Run(recipient.Value, (long)variant, now, IdSource.FirstAt(decided)) > 0;
    }

    /// <summary>A recipient is not reached, and why.</summary>
    public void Skip(RecipientId recipient, SkipReason reason, DateTimeOffset now) =>
        _refuse.Run(recipient.Value, (long)RecipientState.Skipped, reason.ToString(), now);

    /// <summary>A recipient's message cannot be sent as it is.</summary>
    public void Fail(RecipientId recipient, string reason, DateTimeOffset now) =>
        _refuse.Run(recipient.Value, (long)RecipientState.Failed, reason, now);

    /// <summary>A recipient waits, and everything is read again then.</summary>
    /// <param name="reason">Why, for whoever asks.</param>
    public void Wait(RecipientId recipient, DateTimeOffset until, string? reason) => _wait.Run(recipient.Value, until, reason);

    /// <summary>Ends so many who are kept back, and those who wait if not only the former are meant; answers how many those were.</summary>
    public int GiveUp(BroadcastId broadcast, bool isReservedOnly, SkipReason reason, int limit, DateTimeOffset now) =>
        _giveUp.Run(broadcast.Value, reason.ToString(), now, (long)limit, isReservedOnly ? (long)RecipientState.Reserved : (long)RecipientState.Waiting);

    /// <summary>The customer pressed the button or followed the link; the first time counts.</summary>
    public void NoteClick(RecipientId recipient, DateTimeOffset now) => _click.Run(recipient.Value, now);

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_create, _find, _latestDraft, _zones, _save, _advance, _revisedAll, _reported, _add, _arm, _setArm, _claim, _end,
            _insertDelivery, _refuse, _wait, _postpone, _giveUp, _click, _revised])
        {
            statement.Dispose();
        }
    }

    /// <summary>What became of a recipient's message, or of the change of one.</summary>
    internal void Complete(SendResult result, DateTimeOffset now)
    {
        var message = result.Message;
        if (message.Broadcast?.Revision is { } revision)
        {
            if (result is SendResult.Finished)
            {
                _revised.Run(message.Id.Value, (long)revision);
            }
        }
        else if (result is SendResult.Finished finished)
        {
            _end.Run(message.Id.Value, (long)StateOf(finished.Status), finished.Reason, finished.MessageId, now);
            _insertDelivery.Run(message.Id.Value, message.Profile.Value, message.Chat.Value, (long)message.Kind, message.Cause,
                message.Template, (long)finished.Status, finished.MessageId, finished.Reason, now);
        }
        else if (result is SendResult.Postponed { Next: var next })
        {
            _postpone.Run(message.Id.Value, next.NotBefore ?? now);
        }
    }

    internal void Forget() => _hasChanged = false;

    private static RecipientState StateOf(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Sent => RecipientState.Sent,
        DeliveryStatus.Blocked => RecipientState.Blocked,
        DeliveryStatus.Failed => RecipientState.Failed,
        DeliveryStatus.Skipped => RecipientState.Skipped,
        DeliveryStatus.Unknown => RecipientState.Unknown,
    };

    private (RecipientState State, int? Variant, SkipReason? Reason) Divide(Split split, int variants, decimal sample, ProfileId profile)
    {
        var arm = ArmOf(split.Experiment, profile) ?? Arms.Draw(Arms.Lot(split.Experiment, profile), variants, sample, split.HoldOut);
        if (arm is { } drawn)
        {
            _setArm.Run(split.Experiment, profile.Value, (long)drawn);
        }

        return arm switch
        {
            null => (RecipientState.Reserved, null, null),
            Arms.HeldOut => (RecipientState.Skipped, null, SkipReason.HeldOut),
            { } variant when variant >= variants => (RecipientState.Skipped, null, SkipReason.OtherVariant),
            { } variant => (RecipientState.Waiting, variant, null),
        };
    }

    private int? ArmOf(string experiment, ProfileId profile)
    {
        using var row = _arm.Query(experiment, profile.Value);
        return row.Read() ? (int)row.Number(0) : null;
    }
}

/// <summary>Somebody who is to be a recipient.</summary>
/// <param name="Skip">Why they are not reached, if that is clear already.</param>
public readonly record struct NewRecipient(ProfileId Profile, ChatId Chat, DateTimeOffset Due, SkipReason? Skip);
