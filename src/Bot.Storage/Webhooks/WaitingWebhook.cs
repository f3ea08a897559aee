using Bot.Core.Ids;

namespace Bot.Storage.Webhooks;

/// <summary>An event that the receiver has not been told of yet.</summary>
/// <param name="Attempts">So many tries failed.</param>
/// <param name="Since">When it began to wait, by the real clock.</param>
public readonly record struct WaitingWebhook(long Event, ProfileId Profile, int Attempts, DateTimeOffset Since);

/// <summary>How it stands with webhooks.</summary>
/// <param name="Since">Since when the oldest one waits.</param>
public readonly record struct WebhookState(long Waiting, DateTimeOffset? Since, long Dead);
