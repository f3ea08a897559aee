using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Profiles;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Turns;

/// <summary>Writes a profile with its fields, tags and statistics: only what changed.</summary>
internal sealed class ProfileWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(connection, """
        INSERT INTO profiles (id, created_at, last_active_at, first_source, last_source, paused_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """);

    private readonly Statement _update = new(connection, """
        UPDATE profiles SET last_active_at = ?2, first_source = ?3, last_source = ?4, paused_until = ?5 WHERE id = ?1
        """);

    private readonly Statement _setField = new(connection, """
        INSERT INTO profile_fields (profile_id, name, kind, text, folded, number) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT DO UPDATE SET kind = ?3, text = ?4, folded = ?5, number = ?6
        """);

    private readonly Statement _removeField = new(connection, "DELETE FROM profile_fields WHERE profile_id = ?1 AND name = ?2");

    private readonly Statement _addTag = new(connection, "INSERT INTO profile_tags (profile_id, tag) VALUES (?1, ?2)");

    private readonly Statement _removeTag = new(connection, "DELETE FROM profile_tags WHERE profile_id = ?1 AND tag = ?2");

    private readonly Statement _topicOff = new(connection, "INSERT INTO topics_off (profile_id, topic) VALUES (?1, ?2)");

    private readonly Statement _topicOn = new(connection, "DELETE FROM topics_off WHERE profile_id = ?1 AND topic = ?2");

    private readonly Statement _setStatistics = new(connection, """
        INSERT INTO event_statistics (profile_id, event, count, first_at, last_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO UPDATE SET count = ?3, first_at = ?4, last_at = ?5
        """);

    public void Write(Profile? before, Profile after)
    {
        if (before is null)
        {
            _insert.Run(after.Id.Value, after.CreatedAt, after.LastActive, after.FirstSource, after.LastSource, after.PausedUntil);
        }
        else if ((before.LastActive, before.FirstSource, before.LastSource, before.PausedUntil)
            != (after.LastActive, after.FirstSource, after.LastSource, after.PausedUntil))
        {
            _update.Run(after.Id.Value, after.LastActive, after.FirstSource, after.LastSource, after.PausedUntil);
        }

        WriteFields(before?.Fields ?? ImmutableDictionary<string, Value>.Empty, after);
        WriteTags(before?.Tags ?? [], after);
        WriteTopics(before?.TopicsOff ?? [], after);
        WriteStatistics(before?.Events ?? ImmutableDictionary<string, EventStatistics>.Empty, after);
    }

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
        _setField.Dispose();
        _removeField.Dispose();
        _addTag.Dispose();
        _removeTag.Dispose();
        _topicOff.Dispose();
        _topicOn.Dispose();
        _setStatistics.Dispose();
    }

    private void WriteFields(ImmutableDictionary<string, Value> before, Profile after)
    {
        if (ReferenceEquals(before, after.Fields))
        {
            return;
        }

        foreach (var (name, value) in after.Fields)
        {
            if (before.GetValueOrDefault(name) != value)
            {
                var (text, number) = StoredValues.Columns(value);
                var folded = text is null ? null : Folding.Fold(text);
                _setField.Run(after.Id.Value, name, StoredValues.Code(value.Kind), text, folded, number);
            }
        }

        foreach (var name in before.Keys)
        {
            if (!after.Fields.ContainsKey(name))
            {
                _removeField.Run(after.Id.Value, name);
            }
        }
    }

    private void WriteTags(ImmutableHashSet<string> before, Profile after)
    {
        if (ReferenceEquals(before, after.Tags))
        {
            return;
        }

        foreach (var tag in after.Tags.Except(before))
        {
            _addTag.Run(after.Id.Value, tag);
        }

        foreach (var tag in before.Except(after.Tags))
        {
            _removeTag.Run(after.Id.Value, tag);
        }
    }

    private void WriteTopics(ImmutableHashSet<string> before, Profile after)
    {
        if (ReferenceEquals(before, after.TopicsOff))
        {
            return;
        }

        foreach (var topic in after.TopicsOff.Except(before))
        {
            _topicOff.Run(after.Id.Value, topic);
        }

        foreach (var topic in before.Except(after.TopicsOff))
        {
            _topicOn.Run(after.Id.Value, topic);
        }
    }

    private void WriteStatistics(ImmutableDictionary<string, EventStatistics> before, Profile after)
    {
        if (ReferenceEquals(before, after.Events))
        {
            return;
        }

        foreach (var (name, statistics) in after.Events)
        {
            if (before.GetValueOrDefault(name) != statistics)
            {
                _setStatistics.Run(after.Id.Value, name, statistics.Count, statistics.First, statistics.Last);
            }
        }
    }
}
