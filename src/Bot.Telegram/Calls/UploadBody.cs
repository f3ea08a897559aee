using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Telegram.Calls;

/// <summary>
/// A call with one file as multipart/form-data. Written by hand because names of files are often Cyrillic: browsers and
/// the Bot API put them into the header as plain UTF-8, the framework's own class encodes them in ways that few servers read.
/// </summary>
internal sealed class UploadBody : RequestBody
{
    private readonly byte[] _before;
    private readonly Stream _file;
    private readonly byte[] _after;

    /// <param name="fields">The other parameters; objects as JSON.</param>
    /// <param name="file">Read from where it stands; disposed with the body.</param>
    public UploadBody(IReadOnlyList<KeyValuePair<string, string>> fields, string fileField, string fileName, Stream file)
    {
        var boundary = RandomNumberGenerator.GetHexString(32, lowercase: true);
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
        var before = new StringBuilder();
        foreach (var (name, value) in fields)
            before.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        before.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{fileField}\"; filename=\"{Quoted(fileName)}\"\r\n");
        before.Append("Content-Type: application/octet-stream\r\n\r\n");
        _before = Encoding.UTF8.GetBytes(before.ToString());
        _file = file;
        _after = Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n");
    }

    protected override async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_before, cancellationToken).ConfigureAwait(false);
        await _file.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(_after, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _file.CanSeek ? _before.Length + (_file.Length - _file.Position) + _after.Length : 0;
        return _file.CanSeek;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }

    // As browsers do it.
    private static string Quoted(string name) =>
        name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
