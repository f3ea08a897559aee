using Bot.Core.Ids;

namespace Bot.Storage.Histories;

/// <summary>A customer as they stand in a list.</summary>
/// <param name="Contact">The phone, or the email.</param>
public readonly record struct CustomerFound(ProfileId Profile, string? Name, string? Contact);
