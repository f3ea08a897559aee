using Bot.Core.Dialogs;

namespace Bot.Contents;

/// <summary>The content in force: one immutable object, replaced as one. Read it once for what belongs together.</summary>
internal sealed class LiveContent(Content first)
{
    private volatile Content _now = first;

    /// <summary>Raised after it was replaced.</summary>
    public event Action? Replaced;

    public Content Now => _now;

    /// <summary>Puts another in its place; on the writer's thread, so that no turn sees two.</summary>
    public void Replace(Content next) => _now = next;

    /// <summary>What was replaced is committed: others may look.</summary>
    public void Announce() => Replaced?.Invoke();
}
