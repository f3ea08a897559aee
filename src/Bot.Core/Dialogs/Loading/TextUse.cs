namespace Bot.Core.Dialogs.Loading;

/// <summary>Where a text is shown, and what fits there.</summary>
/// <param name="Longest">In UTF-16 units after the markup is taken away, which is how Telegram counts.</param>
internal sealed record TextUse(string What, int Longest, bool IsPlain)
{
    public static readonly TextUse Message = new("a message", 4096, IsPlain: false);
    public static readonly TextUse Caption = new("a text under a file", 1024, IsPlain: false);
    public static readonly TextUse Label = new("the label of a button", 64, IsPlain: true);
    public static readonly TextUse Notice = new("a notice", 200, IsPlain: true);
    public static readonly TextUse Description = new("a description of a command", 256, IsPlain: true);
    public static readonly TextUse Title = new("a title", 256, IsPlain: true);
    public static readonly TextUse SegmentName = new("the name of a segment", 64, IsPlain: true);
    public static readonly TextUse TierName = new("the name of a tier", 64, IsPlain: true);
    public static readonly TextUse Address = new("an address", 2048, IsPlain: true);
}
