using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Webhooks;

/// <summary>Which events are told: those named, and those that begin like a name with a <c>*</c> at its end; without any, all.</summary>
public sealed record EventFilter(ImmutableArray<string> Names)
{
    private const char Any = '*';

    public static readonly EventFilter All = new([]);

    /// <summary>Whether this can stand in a filter: an event's name, or the beginning of some and a <c>*</c>.</summary>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // A beginning may end where a name may not: after a dot, or with nothing at all.
        return text is [.. var beginning, Any]
            ? beginning.Length == 0 || Identifier.IsEvent(beginning) || Identifier.IsEvent($"{beginning}x")
            : Identifier.IsEvent(text);
    }

    public bool Fits(string @event) => Names.IsEmpty || Names.Any(name => name is [.. var beginning, Any]
        ? @event.StartsWith(beginning, StringComparison.Ordinal)
        : @event == name);
}
