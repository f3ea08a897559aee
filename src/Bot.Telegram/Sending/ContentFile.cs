namespace Bot.Telegram.Sending;

/// <summary>A file that can be sent.</summary>
/// <param name="Name">What the customer sees it called.</param>
/// <param name="Sha256">The hash of its bytes: a changed file under an old name is uploaded anew. <see langword="null"/> for a file
/// that was made for one chat alone: it is uploaded and its id is not kept.</param>
/// <param name="Open">Opens it for reading from the start.</param>
public sealed record ContentFile(string Name, string? Sha256, Func<Stream> Open);
