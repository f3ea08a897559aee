using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Dialogs;

/// <summary>Events that other programs tell of.</summary>
public static class OutsideEvent
{
    /// <summary>Why an event of this name can be told by nobody outside, or <see langword="null"/>.</summary>
    public static string? FaultOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return BuiltInEvents.All.Contains(name)
            ? $"`{name}` happens by itself, and nobody else can tell it."
            : Identifier.IsEvent(name) ? null : $"The name of an event is {Identifier.EventRule}.";
    }

    /// <summary>The same, also where nothing in the content names it: then it is a slip, for nothing would ever come of it.</summary>
    public static string? FaultOf(string name, Content content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return FaultOf(name)
            ?? (content.Events.Contains(name)
                ? null
                : $"No dialog or automation records `{name}`, and it is not among the `events:` of settings.yaml; add it there if it is right.{Suggestion.For(name, content.Events.Except(BuiltInEvents.All))}");
    }

    /// <summary>Whether something that belongs to an event can be called like this.</summary>
    public static bool IsValueName(string name) => Identifier.IsValueName(name);
}
