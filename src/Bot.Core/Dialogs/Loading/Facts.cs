using System.Collections.Immutable;

namespace Bot.Core.Dialogs.Loading;

/// <summary>What is known at a place in a dialog whichever way one came there.</summary>
/// <param name="Sure">Set on every path: <c>profile.name</c>, <c>score</c>, <c>consent(marketing)</c>.</param>
/// <param name="Perhaps">Set on some path.</param>
internal sealed record Facts(ImmutableHashSet<string> Sure, ImmutableHashSet<string> Perhaps)
{
    public static readonly Facts None = new([], []);

    public static string Field(string name) => "profile." + name;

    public static string Consent(string purpose) => $"consent({purpose})";

    public Facts With(IEnumerable<string> names)
    {
        var added = names as ICollection<string> ?? [.. names];
        return added.Count == 0 ? this : new(Sure.Union(added), Perhaps.Union(added));
    }

    /// <summary>With what some path may have set.</summary>
    public Facts WithPerhaps(IEnumerable<string> names) => this with { Perhaps = Perhaps.Union(names) };

    public Facts Without(IEnumerable<string> names) => this with { Sure = Sure.Except(names) };

    /// <summary>What holds where two paths meet.</summary>
    public Facts Or(Facts other) => new(Sure.Intersect(other.Sure), Perhaps.Union(other.Perhaps));

    public bool Same(Facts other) => Sure.SetEquals(other.Sure) && Perhaps.SetEquals(other.Perhaps);
}
