using System.Collections.Concurrent;
using Bot.Core.Messages;
using Bot.Telegram.Calls;

namespace Bot.Telegram.Sending;

/// <summary>
/// Sends files: uploaded with the first message that carries them, by Telegram's id from then on. While a file is being uploaded, other
/// messages with it are put off: a broadcast does not upload it a hundred times at once, and an upload that hangs holds up one chat.
/// </summary>
internal sealed class FileSender(BotApi api, IFileIds fileIds)
{
    /// <summary>How soon a message looks again whether the upload is over.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    // One per file of the content: a handful.
    private readonly ConcurrentDictionary<(AttachmentKind Kind, string Sha256), Gate> _gates = new();

    public async Task<SendOutcome> SendAsync(OutboxMessage message, AttachmentKind kind, ContentFile file, CancellationToken cancellationToken)
    {
        if (file.Sha256 is not { } sha256)
            return Outcomes.Of(await UploadAsync(message, kind, file, SentMessage.ReadId, cancellationToken).ConfigureAwait(false), message.Address);

        var gate = _gates.GetOrAdd((kind, sha256), static _ => new Gate());
        var uploads = gate.Uploads;
        var known = fileIds.Find(kind, sha256);

        // Nobody uploads a file whose id is good.
        if (known is not null && !gate.IsTaken)
        {
            var reply = await SendByIdAsync(message, kind, known, cancellationToken).ConfigureAwait(false);
            if (!RefusesFileId(reply))
                return Outcomes.Of(reply, message.Address);
        }

        if (!gate.TryTake())
            return new SendOutcome.Busy(Wait);

        try
        {
            // Another message may have uploaded it since we looked; this one then goes by the new id.
            if (gate.Uploads != uploads)
                return new SendOutcome.Busy(TimeSpan.Zero);

            var reply = await UploadAsync(message, kind, file, SentMessage.ReadIdAndFile, cancellationToken).ConfigureAwait(false);
            if (reply is ApiReply<SentMessage>.Done { Result.FileId: { } fileId })
            {
                fileIds.Remember(kind, sha256, fileId);
                gate.Uploads++;
            }

            return Outcomes.Of(reply, message.Address);
        }
        finally
        {
            gate.Free();
        }
    }

    /// <summary>Sends on what staff sent to the bot: Telegram has it. Where the id is no good any more nobody has the file.</summary>
    public async Task<SendOutcome> SendOnAsync(OutboxMessage message, AttachmentKind kind, string fileId, CancellationToken cancellationToken) =>
        Outcomes.Of(await SendByIdAsync(message, kind, fileId, cancellationToken).ConfigureAwait(false), message.Address);

    /// <summary>Uploads a file that was made for this customer alone: nobody else ever gets it, so its id is not kept.</summary>
    public async Task<SendOutcome> SendOnceAsync(OutboxMessage message, Attachment attachment, string content, CancellationToken cancellationToken)
    {
        var body = new UploadBody(MessageJson.UploadFields(message, attachment.Kind), MessageJson.FieldOf(attachment.Kind), attachment.File,
            new MemoryStream(MadeFile.Bytes(attachment.Kind, content)));
        var reply = await api.UploadAsync(MessageJson.MethodOf(attachment.Kind), body, SentMessage.ReadId, cancellationToken).ConfigureAwait(false);
        return Outcomes.Of(reply, message.Address);
    }

    private async Task<ApiReply<SentMessage>> UploadAsync(
        OutboxMessage message, AttachmentKind kind, ContentFile file, Func<ReadOnlySpan<byte>, SentMessage> read, CancellationToken cancellationToken)
    {
        Stream stream;
        try
        {
            stream = file.Open();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new ApiReply<SentMessage>.Refused(new ApiError(400, "the file cannot be read"));
        }

        var body = new UploadBody(MessageJson.UploadFields(message, kind), MessageJson.FieldOf(kind), file.Name, stream);
        return await api.UploadAsync(MessageJson.MethodOf(kind), body, read, cancellationToken).ConfigureAwait(false);
    }

    private Task<ApiReply<SentMessage>> SendByIdAsync(
        OutboxMessage message, AttachmentKind kind, string fileId, CancellationToken cancellationToken) =>
        api.CallAsync(
            MessageJson.MethodOf(kind), (message, kind, fileId), MessageJson.WriteFile, SentMessage.ReadId, api.Options.Timeout, cancellationToken);

    // "wrong file identifier/HTTP URL specified", "wrong remote file identifier specified: ...", "file reference expired",
    // "can't use file of type Photo as Document", "wrong type of file": the bot was changed, or the id has died.
    private static bool RefusesFileId(ApiReply<SentMessage> reply) =>
        reply is ApiReply<SentMessage>.Refused { Error: { Code: 400 } error }
        && (error.Says("file id") || error.Says("file_id") || error.Says("file of type") || error.Says("type of file")
            || error.Says("file reference") || error.Says("FILE_REFERENCE"));

    /// <summary>Lets one upload of a file in at a time.</summary>
    private sealed class Gate
    {
        private volatile int _uploads;
        private int _taken;

        /// <summary>How many uploads succeeded; counted by whoever has taken the gate.</summary>
        public int Uploads
        {
            get => _uploads;
            set => _uploads = value;
        }

        public bool IsTaken => Volatile.Read(ref _taken) != 0;

        public bool TryTake() => Interlocked.CompareExchange(ref _taken, 1, 0) == 0;

        public void Free() => Volatile.Write(ref _taken, 0);
    }
}
