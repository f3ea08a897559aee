using Bot.Core.Messages;

namespace Bot.Storage.Messages;

/// <summary>What a channel calls a file that was uploaded to it.</summary>
/// <param name="Sha256">Of the file's content, in lower-case hex, so that a changed file is uploaded again.</param>
/// <param name="Id">The channel's own id of the file, for this bot.</param>
public sealed record FileId(string Channel, long Bot, AttachmentKind Kind, string Sha256, string Id);
