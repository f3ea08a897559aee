using Bot.Core.Ids;

namespace Bot.Core.Broadcasts;

/// <summary>What staff want of a broadcast.</summary>
/// <param name="Name">As it stands in the audit.</param>
/// <param name="Broadcast">Which; <see langword="null"/> for a new one, or for the draft that was begun last.</param>
public abstract record BroadcastOrder(string Name, BroadcastId? Broadcast)
{
    /// <summary>The latest ones, and how to begin one.</summary>
    public sealed record List() : BroadcastOrder("list", null);

    /// <summary>A new draft of this wording.</summary>
    public sealed record New(Variant Variant) : BroadcastOrder("new", null);

    /// <summary>Another wording for the draft, which becomes an experiment.</summary>
    public sealed record AddVariant(BroadcastId? Id, Variant Variant) : BroadcastOrder("variant", Id);

    /// <summary>A part of the draft as staff typed it.</summary>
    public sealed record Set(BroadcastId? Id, string Key, string Value) : BroadcastOrder("set", Id);

    /// <summary>Shows it as it is now.</summary>
    public sealed record Show(BroadcastId Id) : BroadcastOrder("show", Id);

    /// <summary>Shows the topics, or the segments, to choose from.</summary>
    public sealed record Choose(BroadcastId Id, bool IsTopic) : BroadcastOrder("choose", Id);

    /// <summary>Sends it to the admin chat alone.</summary>
    public sealed record Test(BroadcastId Id) : BroadcastOrder("test", Id);

    /// <summary>Sends it: asks first.</summary>
    /// <param name="Seen">Of which plan the question was; <see langword="null"/> for asking it.</param>
    public sealed record Start(BroadcastId Id, string? Seen) : BroadcastOrder("start", Id);

    /// <summary>Holds it.</summary>
    public sealed record Pause(BroadcastId Id) : BroadcastOrder("pause", Id);

    /// <summary>Goes on with it.</summary>
    public sealed record Resume(BroadcastId Id) : BroadcastOrder("resume", Id);

    /// <summary>Ends it: asks first.</summary>
    public sealed record Cancel(BroadcastId Id, bool IsConfirmed) : BroadcastOrder("cancel", Id);

    /// <summary>Gives a variant to all who were kept back, or lets them go: asks first.</summary>
    /// <param name="Variant">Its number, or <see langword="null"/> for nobody.</param>
    public sealed record Win(BroadcastId Id, int? Variant, bool IsConfirmed) : BroadcastOrder("win", Id);

    /// <summary>What it brought about.</summary>
    public sealed record Report(BroadcastId Id) : BroadcastOrder("report", Id);

    /// <summary>The report for each recipient, as a file.</summary>
    public sealed record File(BroadcastId Id) : BroadcastOrder("file", Id);

    /// <summary>Takes back what was sent: asks first.</summary>
    public sealed record Recall(BroadcastId Id, bool IsConfirmed) : BroadcastOrder("recall", Id);

    /// <summary>Puts other words into what was sent: asks first.</summary>
    /// <param name="Variant">The number of the wording.</param>
    public sealed record Edit(BroadcastId Id, int Variant, string Source) : BroadcastOrder("edit", Id);

    /// <summary>Agrees to the words that were asked about.</summary>
    public sealed record ConfirmEdit(BroadcastId Id) : BroadcastOrder("edit.yes", Id);
}
