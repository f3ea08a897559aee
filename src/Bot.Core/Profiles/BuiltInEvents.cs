using System.Collections.Immutable;

namespace Bot.Core.Profiles;

/// <summary>Events that happen without a <c>record:</c> in any dialog; expressions may name them.</summary>
public static class BuiltInEvents
{
    /// <summary>A deep link was followed; with the link's id and the source, as far as they are known.</summary>
    public const string LinkOpened = "link.opened";

    /// <summary>The customer sent /stop.</summary>
    public const string Stopped = "stopped";

    /// <summary>All of them.</summary>
    public static readonly ImmutableSortedSet<string> All = ImmutableSortedSet.Create(StringComparer.Ordinal, LinkOpened, Stopped);
}
