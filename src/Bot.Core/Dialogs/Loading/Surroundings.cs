using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Dialogs.Loading;

/// <summary>What a file may refer to outside of itself, as far as it could be read.</summary>
internal sealed record Surroundings
{
    /// <summary>Empty if settings.yaml does not tell; translations are then not checked.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    public Business? Business { get; init; }

    public ImmutableDictionary<string, ValueKind> Fields { get; init; } = ProfileFields.BuiltIn;

    /// <summary>Whether <see cref="Fields"/> are all; if not, settings.yaml does not tell.</summary>
    public bool HasFields { get; init; }

    /// <summary><see langword="null"/> if settings.yaml does not tell.</summary>
    public ImmutableSortedSet<string>? Purposes { get; init; }

    /// <summary><see langword="null"/> if settings.yaml does not tell.</summary>
    public ImmutableSortedSet<string>? Magnets { get; init; }

    /// <summary>What customers can switch off; <see langword="null"/> if settings.yaml does not tell.</summary>
    public ImmutableSortedSet<string>? Topics { get; init; }

    /// <summary>The sequences by id, also those that could not be read; <see langword="null"/> if automations.yaml does not tell.</summary>
    public ImmutableSortedSet<string>? Sequences { get; init; }

    /// <summary>What any dialog or automation records, and what happens without.</summary>
    public ImmutableSortedSet<string> Events { get; init; } = [];

    /// <summary>The dialogs by id, also those that could not be read, and what they take.</summary>
    public ImmutableSortedDictionary<string, string?> Dialogs { get; init; } = ImmutableSortedDictionary<string, string?>.Empty;

    /// <summary>The dialogs that buttons open by name with a booking, by that name.</summary>
    public ImmutableSortedDictionary<string, string> Buttons { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether there is a services.yaml, readable or not.</summary>
    public bool HasCatalog { get; init; }

    /// <summary>The conditions of the segments.</summary>
    public SegmentTrees Segments { get; init; } = SegmentTrees.None;

    public ImmutableSortedDictionary<string, ContentFile> Files { get; init; } = ImmutableSortedDictionary<string, ContentFile>.Empty;

    /// <summary>What expressions must know of loyalty.yaml; <see langword="null"/> if there is no such file.</summary>
    public LoyaltyTerms? Loyalty { get; init; }

    /// <summary>What a text or condition can see that belongs to no conversation.</summary>
    public Vocabulary Vocabulary => new() { Fields = Fields, HasFields = HasFields, Purposes = Purposes, Events = Events, Business = Business, Loyalty = Loyalty };

    /// <summary>What stands after <c>for:</c>: asked of profiles in any chat or none.</summary>
    public Vocabulary ForVocabulary => Vocabulary with { BareFields = true, IsOfAnyChat = true, Segments = Segments };
}
