using System.Collections.Immutable;
using Bot.Core.Consents;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Profiles;

namespace Bot.Core.Turns;

/// <summary>/mydata: what is kept about the customer, in words, and all of it as a file.</summary>
internal static class MyData
{
    private const string FileName = "mydata.json";

    /// <summary>A copy reads every row of the customer and may be large: who asks in a row does not get one each time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public static void Say(Draft draft)
    {
        if (draft.Profile.Events.TryGetValue(BuiltInEvents.DataExported, out var before) && before.Last + Pause > draft.Now)
        {
            draft.Say(Phrase.MydataAgain);
            return;
        }

        // Asked before the event is recorded: the copy is of what was there when the customer asked.
        var export = draft.Fact(new Query.Export()) as Value.Text;
        var words = draft.Content.Phrases[Phrase.Mydata].In(draft.Chat.Language).Html(draft.Scope(Known(draft)));
        draft.Say($"phrase/{Phrase.Mydata}", words, new Attachment(AttachmentKind.Document, FileName, export?.Content ?? ""), null);
        draft.Record(BuiltInEvents.DataExported);
    }

    private static ImmutableDictionary<string, Value> Known(Draft draft)
    {
        var profile = draft.Profile;
        var known = ImmutableDictionary.CreateBuilder<string, Value>();
        void Add(string name, Value? value)
        {
            if (value is not null)
            {
                known.Add(name, value);
            }
        }

        Add("fields", Listed(OwnFields(draft)));
        Add("personal-data-since", Given(draft, Purpose.PersonalData));
        Add("marketing-since", Given(draft, Purpose.Marketing));
        Add("topics", Listed(profile.TopicsOff.Order(StringComparer.Ordinal).Select(topic => NameOf(draft, topic))));
        Add("paused", profile.PausedUntil is { } until && until > draft.Now ? new Value.Moment(until) : null);
        Add("purchases", new Value.Number(profile.Events.GetValueOrDefault(BuiltInEvents.Purchase).Count));
        return known.ToImmutable();
    }

    /// <summary>The business's own fields, also those that the content no longer has.</summary>
    private static IEnumerable<string> OwnFields(Draft draft) =>
        from field in draft.Profile.Fields.OrderBy(field => field.Key, StringComparer.Ordinal)
        where !ProfileFields.BuiltIn.ContainsKey(field.Key)
        select field.Value is Value.Boolean { Is: var isSo }
            ? $"{field.Key} {(isSo ? "✓" : "✗")}"
            : $"{field.Key}: {SpokenValues.Show(field.Value, draft.Scope())}";

    /// <summary>Since when the consent is in force, in whichever chat it was given.</summary>
    private static Value? Given(Draft draft, string purpose) =>
        draft.Profile.Consents.Any(consent => consent.Purpose == purpose) ? draft.Fact(new Query.ConsentGiven(purpose)) as Value : null;

    private static string NameOf(Draft draft, string topic) =>
        draft.Content.Settings.Topics.GetValueOrDefault(topic)?.In(draft.Chat.Language).Plain(draft.Scope()) ?? topic;

    private static Value.Text? Listed(IEnumerable<string> items) =>
        string.Join("; ", items) is { Length: > 0 } list ? new Value.Text(list) : null;
}
