namespace Bot.Core.Staff;

/// <summary>What staff ask about webhooks. They tell other systems of customers, so all of it is the owner's.</summary>
/// <param name="Name">As it stands in the audit.</param>
public abstract record WebhookCommand(string Name) : StaffCommand(Name, StaffRole.Owner)
{
    /// <summary>How it stands with them, and the latest dead ones.</summary>
    public sealed record Show() : WebhookCommand("webhooks");

    /// <summary>Sends the dead ones again.</summary>
    public sealed record SendAgain() : WebhookCommand("webhooks.again");

    /// <summary>Deletes the dead ones, once it is confirmed.</summary>
    public sealed record Drop(bool IsConfirmed) : WebhookCommand("webhooks.drop");
}
