using System.Text.Json;
using Bot.Core.Expressions;
using Bot.Core.Loyalty;
using Bot.Storage.Api;

namespace Bot.Api;

/// <summary>A customer as programs see them.</summary>
internal static class ProfileJson
{
    public static void Write(Utf8JsonWriter json, CustomerState state, LoyaltyRules? rules, DateTimeOffset now)
    {
        var profile = state.Profile;
        json.WriteString("id", Customers.Text(profile.Id.Value));
        json.WriteStartObject("fields");
        foreach (var (name, value) in profile.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("tags");
        foreach (var tag in profile.Tags.Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteString("created_at", profile.CreatedAt.UtcDateTime);
        json.WriteString("last_active", profile.LastActive.UtcDateTime);
        json.WriteString("first_source", profile.FirstSource);
        json.WriteString("last_source", profile.LastSource);
        json.WriteStartArray("consents");
        foreach (var (purpose, channel, since) in state.Consents)
        {
            json.WriteStartObject();
            json.WriteString("purpose", purpose);
            json.WriteString("channel", channel);
            json.WriteString("since", since.UtcDateTime);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WritePoints(json, state, rules, now);
        json.WriteStartObject("purchases");
        json.WriteNumber("count", state.Purchases);
        json.WriteNumber("sum", state.Spent);
        json.WriteEndObject();
        json.WriteBoolean("can_be_written_to", state.CanBeWrittenTo);
    }

    private static void WritePoints(Utf8JsonWriter json, CustomerState state, LoyaltyRules? rules, DateTimeOffset now)
    {
        if (rules is null)
        {
            json.WriteNull("points");
            return;
        }

        json.WriteStartObject("points");
        json.WriteNumber("balance", state.Account.Balance.Count);
        json.WriteNumber("usable", state.Account.Usable(now).Count);
        json.WriteString("tier", rules.TierOf(state.Bought).Id);
        json.WriteEndObject();
    }

    /// <summary>Moments as all of the API has them.</summary>
    private static void WriteValue(Utf8JsonWriter json, Value value)
    {
        if (value is Value.Moment moment)
        {
            json.WriteStringValue(moment.At.UtcDateTime);
        }
        else
        {
            ValueJson.Write(json, value);
        }
    }
}
