using System.Collections.Concurrent;
using Bot.Core.Chats;
using Bot.Core.Messages;
using Bot.Storage;
using Bot.Storage.Messages;
using Bot.Telegram.Sending;
using Bot.Writing;

namespace Bot.Channels;

/// <summary>What Telegram calls the files that this bot uploaded, in memory and in the database.</summary>
internal sealed class FileIdMemory : IFileIds
{
    private readonly ConcurrentDictionary<(AttachmentKind Kind, string Sha256), string> _known = new();
    private readonly long _bot;
    private readonly Writer _writer;

    public FileIdMemory(long bot, Store store, Writer writer)
    {
        (_bot, _writer) = (bot, writer);
        foreach (var file in store.ReadFileIds().Where(file => file.Channel == ChatAddress.Telegram && file.Bot == bot))
        {
            _known[(file.Kind, file.Sha256)] = file.Id;
        }
    }

    public string? Find(AttachmentKind kind, string sha256) => _known.GetValueOrDefault((kind, sha256));

    public void Remember(AttachmentKind kind, string sha256, string fileId)
    {
        _known[(kind, sha256)] = fileId;
        _ = _writer.StepAsync(transaction =>
        {
            transaction.PutFileId(new FileId(ChatAddress.Telegram, _bot, kind, sha256, fileId));
            return true;
        }, CancellationToken.None);
    }
}
