using System.Collections.Immutable;
using Bot.Core.Dialogs;

namespace Bot.Core.Expressions;

/// <summary>What the names in an expression may be, where it stands.</summary>
public sealed record Vocabulary
{
    /// <summary>Nothing but the roots.</summary>
    public static readonly Vocabulary Empty = new();

    /// <summary>The fields of a profile and what they hold.</summary>
    public ImmutableDictionary<string, ValueKind> Fields { get; init; } = ImmutableDictionary<string, ValueKind>.Empty;

    /// <summary>Whether <see cref="Fields"/> are all that there are; if not, what is missing from them is a fault of settings.yaml.</summary>
    public bool HasFields { get; init; } = true;

    /// <summary>Whether a profile field may be called without <c>profile.</c>, as in segments.</summary>
    public bool BareFields { get; init; }

    /// <summary>
    /// Whether it is asked about a customer as such and not in a chat, as in <c>for:</c>: a consent counts from whichever chat can be
    /// written to, and there is nobody to put a value into words for.
    /// </summary>
    public bool IsOfAnyChat { get; init; }

    /// <summary>The segments that <c>segment(...)</c> may name; <see langword="null"/> where it has no place.</summary>
    public SegmentTrees? Segments { get; init; }

    /// <summary>The conversation's values.</summary>
    public ImmutableDictionary<string, ValueKind> Remembered { get; init; } = ImmutableDictionary<string, ValueKind>.Empty;

    /// <summary>The options of the values of kind choice: label by language by id.</summary>
    public ImmutableDictionary<string, ImmutableDictionary<string, ImmutableDictionary<string, string>>> Options { get; init; } =
        ImmutableDictionary<string, ImmutableDictionary<string, ImmutableDictionary<string, string>>>.Empty;

    /// <summary>Whether there is a magnet here.</summary>
    public bool HasMagnet { get; init; }

    /// <summary>Whether there is a booking here without any conversation that remembers it, as under an automation about visits.</summary>
    public bool HasBooking { get; init; }

    /// <summary>What points are good for; <see langword="null"/> where there are none.</summary>
    public LoyaltyTerms? Loyalty { get; init; }

    /// <summary>The purposes of consent; <see langword="null"/> if any will do.</summary>
    public ImmutableSortedSet<string>? Purposes { get; init; }

    /// <summary>The events that something records; <see langword="null"/> if any will do.</summary>
    public ImmutableSortedSet<string>? Events { get; init; }

    /// <summary>The business, whose values are put into templates once and for all.</summary>
    public Business? Business { get; init; }

    /// <summary>The language of a text, or <see langword="null"/> for an expression.</summary>
    public string? Language { get; init; }
}

/// <summary>What expressions must know of loyalty.yaml.</summary>
/// <param name="Warning">How long before they expire customers are told of their points.</param>
public sealed record LoyaltyTerms(TimeSpan Warning);

/// <summary>The conditions of the segments, to be put in where <c>segment(...)</c> names one.</summary>
/// <param name="ById">Without a condition if there is a fault in it.</param>
/// <param name="AreAll">If not, segments.yaml does not tell, and what is missing is a fault of that file.</param>
public sealed record SegmentTrees(ImmutableDictionary<string, Node?> ById, bool AreAll)
{
    /// <summary>The most parts that segments may bring into one expression.</summary>
    public const int MaxParts = 500;

    /// <summary>There are none.</summary>
    public static readonly SegmentTrees None = new(ImmutableDictionary<string, Node?>.Empty, AreAll: true);
}
