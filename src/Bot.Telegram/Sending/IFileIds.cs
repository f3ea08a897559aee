using Bot.Core.Messages;

namespace Bot.Telegram.Sending;

/// <summary>
/// Remembers what Telegram calls files that were sent once, so that they are not uploaded again. An id is good for one
/// bot and one kind. Called from many threads.
/// </summary>
public interface IFileIds
{
    /// <summary>The id of the file with this hash, or <see langword="null"/>.</summary>
    string? Find(AttachmentKind kind, string sha256);

    /// <summary>Keeps an id, in place of an earlier one. May be lost: then the file is uploaded once more.</summary>
    void Remember(AttachmentKind kind, string sha256, string fileId);
}
