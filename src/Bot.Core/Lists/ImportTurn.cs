using Bot.Core.Chats;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Profiles;
using Bot.Core.Turns;

namespace Bot.Core.Lists;

/// <summary>
/// Takes in a row of a list, or what a program says of one customer: the customer is told nothing of it and has agreed to nothing by it.
/// </summary>
internal static class ImportTurn
{
    /// <summary>Where a customer came from who was brought in and of whom nothing else is said.</summary>
    private const string Source = "import";

    public static TurnResult Run(Draft draft, Input.Imported imported)
    {
        var (before, isNew) = (draft.Profile, draft.Before.Profile is null);

        // A form of the site is filled in by anybody: it adds, and replaces nothing that is known.
        var row = imported.Source is null ? imported.Row : imported.Row with { Fields = imported.Row.Fields.RemoveRange(before.Fields.Keys) };
        draft.Profile = ListRules.Apply(before, row, isStaffs: imported.Chat.Channel == ChatAddress.Staff);
        if (isNew)
        {
            var source = imported.Source ?? Source;
            draft.Profile = draft.Profile with { FirstSource = source, LastSource = source };
            draft.Chat = draft.Chat with { BlockedAt = draft.Now };
        }
        else if (imported.Source is { } latest && latest != before.LastSource)
        {
            draft.Profile = draft.Profile with { LastSource = latest };
        }

        var isNoted = imported.Row.Note is not { } note || draft.Fact(new Query.HasNote(note)) is Value.Boolean { Is: true };
        if (!isNoted)
        {
            draft.Add(new Effect.AddNote(imported.By, imported.Row.Note!));
        }

        var result = isNew ? ImportResult.Added : !isNoted || !ReferenceEquals(before, draft.Profile) ? ImportResult.Changed : ImportResult.Same;
        if (result != ImportResult.Same)
        {
            draft.Record(BuiltInEvents.Imported);
        }

        if (imported.Request is null)
        {
            draft.Add(new Effect.CountRow(imported.List, result));
        }

        draft.Respond(isNew ? RequestResult.Done : RequestResult.Known, draft.Profile.Id.Value);
        return draft.Finish();
    }
}
