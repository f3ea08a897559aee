using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Messages;

namespace Bot.Core.Dialogs;

/// <summary>A state of a dialog. The parameters stand in the order in which they take effect.</summary>
/// <param name="SkipIf">Go straight to <paramref name="Goto"/>.</param>
/// <param name="Call">The dialog to run first; it comes back to <paramref name="Goto"/>.</param>
/// <param name="IfLeft">Where a called dialog that was left comes back to.</param>
/// <param name="Do">On entering.</param>
/// <param name="CanGoBack">Whether this step offers Back.</param>
/// <param name="Goto">Tried in order; the last has no condition. Empty if every way out is a button.</param>
public sealed record State(
    string Id,
    Expression? SkipIf,
    string? Call,
    Target? IfLeft,
    ImmutableArray<DialogAction> Do,
    StateFile? File,
    Text? Say,
    ImmutableArray<Button> Buttons,
    Ask? Ask,
    ImmutableArray<DialogAction> OnAnswer,
    bool CanGoBack,
    ImmutableArray<Branch> Goto)
{
    /// <summary>Where to go on if there is nothing to choose from.</summary>
    public Target? IfNone { get; init; }

    /// <summary>What happens to who does not answer.</summary>
    public StateTimeout? Timeout { get; init; }

    /// <summary>Whether a conversation stops here until the customer acts.</summary>
    public bool Waits => Ask is not null || Buttons.Any(b => b.Leads is ButtonLeads.GoTo);
}

/// <summary>Where a conversation goes on that waits for so long.</summary>
public sealed record StateTimeout(TimeSpan After, Target To);

/// <summary>A way on, taken if its condition holds or is missing.</summary>
public sealed record Branch(Expression? If, Target To);

/// <summary>The file that goes with <c>say:</c>: a name, or an expression that gives one.</summary>
public sealed record StateFile(AttachmentKind Kind, string? Name, Expression? Expression);

/// <summary>A button of a state.</summary>
public sealed record Button(string Id, Text Label, Expression? If, ImmutableArray<DialogAction> Do, ButtonLeads Leads);

/// <summary>What a button leads to.</summary>
public abstract record ButtonLeads
{
    private ButtonLeads()
    {
    }

    /// <summary>To another state of this conversation.</summary>
    public sealed record GoTo(Target To) : ButtonLeads;

    /// <summary>To another dialog, now or much later.</summary>
    public sealed record Open(string Dialog) : ButtonLeads;

    /// <summary>To the dialog that opens by the button of this name, with the booking at hand; as long as that booking is still to come.</summary>
    public sealed record OpenWith(string Button) : ButtonLeads;

    /// <summary>To a web page; no input comes back.</summary>
    public sealed record Url(Text Address) : ButtonLeads;
}

/// <summary>A question.</summary>
/// <param name="Kinds">Tried in order on what the customer sends.</param>
/// <param name="Into">Where the answer goes; <see langword="null"/> for kinds that know their place, as phone does.</param>
/// <param name="From">Lowest answer of a scale or number.</param>
/// <param name="To">Highest answer of a scale or number.</param>
/// <param name="Options">What a <c>choice</c> offers.</param>
/// <param name="CanSkip">Whether the question may be passed over.</param>
/// <param name="Skip">The label of the button that does so, or <see langword="null"/> for the usual one.</param>
public sealed record Ask(
    ImmutableArray<AskKind> Kinds,
    AnswerField? Into,
    decimal? From,
    decimal? To,
    ImmutableArray<ChoiceOption> Options,
    bool CanSkip,
    Text? Skip)
{
    /// <summary>Whether anyone will do, where a specialist is asked for.</summary>
    public bool CanBeAnyone { get; init; }
}

/// <summary>Where an answer is kept: in the conversation, or in the profile.</summary>
public readonly record struct AnswerField(bool IsProfile, string Name);

public sealed record ChoiceOption(string Id, Text Label);

/// <summary>How an answer is read. The names are those of <c>as:</c>, in lower case.</summary>
public enum AskKind
{
    Text,
    Name,
    Email,
    Phone,
    Contact,
    Number,
    Date,
    Scale,
    Choice,

    /// <summary>The language that the bot speaks in this chat from now on.</summary>
    Language,

    /// <summary>A city, for its time zone.</summary>
    City,

    /// <summary>Topics to be switched off and on, until the customer has done.</summary>
    Topics,

    /// <summary>A service of services.yaml.</summary>
    Service,

    /// <summary>Somebody who does the service that was chosen.</summary>
    Specialist,

    /// <summary>A day with free time, out of a calendar.</summary>
    FreeDay,

    /// <summary>A free time of the day that was chosen.</summary>
    FreeTime,

    /// <summary>One of the customer's visits that are still to come.</summary>
    MyBooking,
}
