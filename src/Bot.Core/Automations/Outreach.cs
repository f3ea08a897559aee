using System.Collections.Immutable;
using Bot.Core.Dialogs;

namespace Bot.Core.Automations;

/// <summary>What the bot does and says of its own accord, once the gate lets it.</summary>
/// <param name="Do">Done only if what is to be said may go out now, or nothing is to be said.</param>
/// <param name="Say">A text, or <see langword="null"/>.</param>
/// <param name="Open">A dialog to open instead, or <see langword="null"/>.</param>
/// <param name="Buttons">To dialogs or pages; they belong to no conversation.</param>
public sealed record Outreach(ImmutableArray<DialogAction> Do, Text? Say, string? Open, ImmutableArray<Button> Buttons)
{
    /// <summary>Whether the customer hears of it, so that the gate must be asked.</summary>
    public bool IsHeard => Say is not null || Open is not null;
}
