using System.Collections.Immutable;
using Bot.Core.Automations;
using Bot.Core.Chats;
using Bot.Core.Consents;
using Bot.Core.Conversations;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Turns;

/// <summary>What becomes known of the customer: events, consents, fields.</summary>
internal sealed partial class Draft
{
    public void Record(string @event, params ImmutableArray<KeyValuePair<string, Value>> with)
    {
        Profile = Profile with
        {
            Events = Profile.Events.SetItem(@event, Profile.Events.GetValueOrDefault(@event).And(Now)),
        };
        _effects.Add(new Effect.Record(@event, with));

        // Counts were taken before this turn; what is evaluated after this must see the event.
        _facts = new Facts(_facts.Answers.SetItems(_facts.Answers
            .Where(answer => answer.Key is Query.EventCount count && count.Event == @event)
            .Select(answer => KeyValuePair.Create(answer.Key, (Fact?)new Value.Number(((Value.Number)answer.Value!).Amount + 1)))));
        _facts = new Facts(_facts.Answers.SetItems(
            from known in _facts.Answers.Keys.OfType<Query.LastNumber>()
            where known.Event == @event
            from pair in with
            where pair.Key == known.Name && pair.Value is Value.Number
            select KeyValuePair.Create((Query)known, (Fact?)pair.Value)));
        AutomationTurn.Plan(this, @event, with.Select(pair => pair.Value).OfType<Value.Booking>().FirstOrDefault()?.Id);
    }

    public bool HasConsent(string purpose) => Profile.Consents.Contains(new ConsentInForce(purpose, Chat.Id));

    public void GiveConsent(string purpose, Wording wording, string source)
    {
        if (!HasConsent(purpose))
        {
            Profile = Profile with { Consents = Profile.Consents.Add(new ConsentInForce(purpose, Chat.Id)) };
            _effects.Add(new Effect.GiveConsent(purpose, wording, source));
        }
    }

    /// <summary>Takes a consent back; without <see cref="Purpose.PersonalData"/> nothing personal stays in the profile.</summary>
    public void WithdrawConsent(string purpose, string source)
    {
        if (!HasConsent(purpose))
        {
            return;
        }

        Profile = Profile with { Consents = Profile.Consents.Remove(new ConsentInForce(purpose, Chat.Id)) };
        _effects.Add(new Effect.WithdrawConsent(purpose, source));
        Unsubscription.End(this, isMarketingOnly: purpose == Purpose.Marketing);
        if (purpose == Purpose.PersonalData && !Profile.Consents.Any(consent => consent.Purpose == Purpose.PersonalData))
        {
            Profile = Profile with { Fields = Profile.Fields.RemoveRange(ProfileFields.BuiltIn.Keys) };
        }
    }

    /// <summary>Telegram's own name of the person is kept as long as that is agreed to, and only as it is now: it can be changed and given up.</summary>
    private void KeepTelegramName()
    {
        if (Chat.Address.Channel != ChatAddress.Telegram || Input.From is not { } from || !HasConsent(Purpose.PersonalData))
        {
            return;
        }

        Value.Text? name = from.Username is { Length: > 0 and <= AnswerReader.MaxName } username ? new Value.Text(username) : null;
        if (Profile.Fields.GetValueOrDefault(ProfileFields.Telegram) != name)
        {
            TrySetField(ProfileFields.Telegram, name);
        }
    }

    /// <summary>Sets or clears a field; answers whether it may be kept. Personal fields need the consent to personal data.</summary>
    public bool TrySetField(string name, Value? value)
    {
        if (value is not null && ProfileFields.BuiltIn.ContainsKey(name) && !HasConsent(Purpose.PersonalData))
        {
            return false;
        }

        var fields = value is null ? Profile.Fields.Remove(name) : Profile.Fields.SetItem(name, value);

        // Who verified the old number said nothing of the new one.
        Profile = Profile with { Fields = name == ProfileFields.Phone ? fields.Remove(ProfileFields.PhoneVerified) : fields };
        return true;
    }
}
