using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Turns;

/// <summary>Where customers come from: the first source stays, the latest is replaced, each one is an event.</summary>
internal static class Sources
{
    public static void Note(Draft draft, string? link, string? source)
    {
        if (source is not null)
        {
            draft.Profile = draft.Profile with { FirstSource = draft.Profile.FirstSource ?? source, LastSource = source };
        }

        if (link is null && source is null)
        {
            return;
        }

        draft.Record(BuiltInEvents.LinkOpened, [.. Known("link", link), .. Known("source", source)]);
    }

    private static IEnumerable<KeyValuePair<string, Value>> Known(string name, string? value) =>
        value is null ? [] : [new(name, new Value.Text(value))];
}
