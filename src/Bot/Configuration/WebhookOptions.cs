using Bot.Core.Webhooks;

namespace Bot.Configuration;

/// <param name="Url">Where events are posted; <see langword="null"/>: nowhere, webhooks are off. It may hold a secret of the receiver's.</param>
/// <param name="Secret">What the posts are signed with; there if the address is.</param>
/// <param name="Events">Which events.</param>
internal sealed record WebhookOptions(Uri? Url, WebhookSecret? Secret, EventFilter Events)
{
    public static readonly WebhookOptions Off = new(null, null, EventFilter.All);

    /// <summary>Without the address and the secret, so that printing the options gives nothing away.</summary>
    public override string ToString() => Url is null ? "Webhooks off" : "Webhooks on";
}
