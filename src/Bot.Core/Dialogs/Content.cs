using System.Collections.Immutable;
using Bot.Core.Automations;
using Bot.Core.Bookings;
using Bot.Core.Loyalty;
using Bot.Core.Segments;
using Bot.Core.Sequences;

namespace Bot.Core.Dialogs;

/// <summary>Everything that the business wrote, checked as a whole. One immutable object, replaced as one.</summary>
/// <param name="Revision">Changes with any byte of any file; 16 lower-case hex digits.</param>
/// <param name="Dialogs">By id.</param>
/// <param name="Menu">The dialogs' menu openings in the order in which the customer sees them.</param>
/// <param name="Segments">By id.</param>
/// <param name="Caps">All that limit Marketing.</param>
/// <param name="Sequences">By id.</param>
/// <param name="Automations">By id.</param>
/// <param name="Events">All that any of it records, and what happens without.</param>
/// <param name="Files">What is in <c>dialogs/files</c> and may be sent, by the name used in the dialogs.</param>
public sealed record Content(
    string Revision,
    Settings Settings,
    Phrases Phrases,
    ImmutableSortedDictionary<string, Dialog> Dialogs,
    ImmutableArray<MenuEntry> Menu,
    ImmutableSortedDictionary<string, Segment> Segments,
    ImmutableArray<Cap> Caps,
    ImmutableSortedDictionary<string, Sequence> Sequences,
    ImmutableSortedDictionary<string, Automation> Automations,
    ImmutableSortedSet<string> Events,
    ImmutableSortedDictionary<string, ContentFile> Files)
{
    /// <summary>What can be booked; <see langword="null"/> if the business takes no bookings.</summary>
    public Catalog? Catalog { get; init; }

    /// <summary>What purchases earn; <see langword="null"/> if there are no points here.</summary>
    public LoyaltyRules? Loyalty { get; init; }

    /// <summary>What it was read from: the hash of each file by its name below the folder, <c>files/</c> among it.</summary>
    public ImmutableSortedDictionary<string, string> Sources { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>A line of the menu: which opening of which dialog.</summary>
/// <param name="Opening">The opening's number in <see cref="Dialog.Opens"/>.</param>
public sealed record MenuEntry(Dialog Dialog, int Opening)
{
    /// <summary>The opening itself.</summary>
    public Opening.Menu Line => (Opening.Menu)Dialog.Opens[Opening];
}

/// <summary>A file that messages may carry.</summary>
/// <param name="Name">As written in the dialogs.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
/// <param name="Length">In bytes.</param>
public sealed record ContentFile(string Name, string Sha256, long Length);
