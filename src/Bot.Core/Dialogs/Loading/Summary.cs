using System.Collections.Immutable;

namespace Bot.Core.Dialogs.Loading;

/// <summary>What a dialog means to one that calls it.</summary>
/// <param name="AtEnd">What it makes sure of where it ends; <see langword="null"/> if it never does.</param>
/// <param name="WhenLeft">The same where it is left.</param>
/// <param name="Loses">What it may take away on the way.</param>
/// <param name="EndsAtOnce">It may end without having waited for the customer.</param>
/// <param name="LeavesAtOnce">It may be left without having waited.</param>
internal sealed record Summary(Facts? AtEnd, Facts? WhenLeft, ImmutableHashSet<string> Loses, bool EndsAtOnce, bool LeavesAtOnce)
{
    /// <summary>Of a dialog that could not be read.</summary>
    public static readonly Summary Unknown = new(Facts.None, Facts.None, [], false, false);
}
