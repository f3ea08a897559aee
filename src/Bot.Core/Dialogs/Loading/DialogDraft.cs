using System.Collections.Immutable;

namespace Bot.Core.Dialogs.Loading;

/// <summary>A dialog as read, with what is needed to find faults in how it hangs together.</summary>
/// <param name="IsWhole">Everything but texts could be read, so that its paths can be judged.</param>
/// <param name="States">Where the states stand in the file.</param>
/// <param name="Silence">Where <c>silence:</c> stands.</param>
internal sealed record DialogDraft(
    Dialog Dialog,
    FileReader File,
    bool IsWhole,
    ImmutableDictionary<string, YamlNode.Scalar> States,
    ImmutableArray<YamlNode> Openings,
    YamlNode? Silence)
{
    /// <summary>The place of a state, for a fault.</summary>
    public YamlNode Place(State state) => States[state.Id];
}
