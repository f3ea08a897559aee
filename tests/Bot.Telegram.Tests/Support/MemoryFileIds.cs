using System.Collections.Concurrent;
using Bot.Core.Messages;
using Bot.Telegram.Sending;

namespace Bot.Telegram.Tests.Support;

internal sealed class MemoryFileIds : IFileIds
{
    private readonly ConcurrentDictionary<(AttachmentKind, string), string> _ids = new();

    public string? Find(AttachmentKind kind, string sha256) => _ids.GetValueOrDefault((kind, sha256));

    public void Remember(AttachmentKind kind, string sha256, string fileId) => _ids[(kind, sha256)] = fileId;
}
