using System.Net;

namespace Bot.Telegram.Calls;

/// <summary>
/// The content of a call. It knows whether a connection ever asked for it: until then nothing of the call has left us,
/// whatever the exception says, and it is safe to repeat.
/// </summary>
internal abstract class RequestBody : HttpContent
{
    /// <summary>Some of the content may be on its way.</summary>
    public bool HasLeft { get; private set; }

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        return WriteAsync(stream, cancellationToken);
    }

    protected abstract Task WriteAsync(Stream stream, CancellationToken cancellationToken);
}
