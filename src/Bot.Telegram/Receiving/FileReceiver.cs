using System.Diagnostics;
using System.Text.Json;
using Bot.Telegram.Calls;

namespace Bot.Telegram.Receiving;

/// <summary>What became of a download.</summary>
public enum DownloadEnd
{
    /// <summary>The whole file is there.</summary>
    Done,

    /// <summary>It is larger than it may be, or than Telegram gives out.</summary>
    TooLarge,

    /// <summary>Telegram does not give it out: the id is not known to it, or is another bot's.</summary>
    Refused,

    /// <summary>There was no answer, or it was cut off.</summary>
    Lost,
}

/// <summary>Fetches files that people sent to the bot, from the Bot API's own place for files and from nowhere else.</summary>
public sealed class FileReceiver(BotApi api)
{
    /// <summary>What Telegram gives out, in bytes.</summary>
    public const long MaxSize = 20 * 1024 * 1024;

    /// <summary>Writes the file; what is written by another end than <see cref="DownloadEnd.Done"/> is worth nothing.</summary>
    /// <param name="fileId">As it came with the message.</param>
    public async Task<DownloadEnd> DownloadAsync(string fileId, Stream to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        var reply = await api.CallAsync("getFile", fileId, static (json, id) => json.WriteString("file_id"u8, id), ReadPath, api.Options.Timeout, cancellationToken)
            .ConfigureAwait(false);
        switch (reply)
        {
            case ApiReply<string>.Done { Result: var path }:
                return IsPath(path) ? await api.DownloadAsync(path, to, MaxSize, cancellationToken).ConfigureAwait(false) : DownloadEnd.Refused;
            case ApiReply<string>.Refused { Error: var error }:
                return error.Says("too big") ? DownloadEnd.TooLarge : DownloadEnd.Refused;
            case ApiReply<string>.Lost:
                return DownloadEnd.Lost;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>A path below the place for files. A server of one's own in local mode names a place on its disk, which is not asked for.</summary>
    private static bool IsPath(string path) =>
        path.Length is > 0 and <= 512
        && path[0] != '/'
        && path.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '.')
        && !path.Split('/').Any(static part => part is "" or "." or "..");

    private static string ReadPath(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader).TryGetProperty("file_path", out var path) && path.ValueKind == JsonValueKind.String
            ? path.GetString()!
            : throw new JsonException();
    }
}
