using System.Globalization;
using Bot.Contents;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Storage.Web;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Bot.Web;

/// <summary>GET /chat/files/{line}: the file that the bot sent with a line of the log, for the session it was sent to.</summary>
internal sealed class ChatFiles(Func<Content> content, ContentFolder folder, Sessions sessions, WebReader log)
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public async Task HandleAsync(HttpContext context)
    {
        await using var file = Open(context, out var name);
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var response = context.Response;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, no-store";
        response.ContentType = Types.TryGetContentType(name, out var type) ? type : "application/octet-stream";
        response.ContentLength = file.Length;
        await file.CopyToAsync(response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private Stream? Open(HttpContext context, out string name)
    {
        name = "";
        if (!long.TryParse((string?)context.Request.RouteValues["line"], NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            || sessions.Find(context.Request) is not { } session
            || log.Find(session, line)?.Body?.Attachment is not { } attachment)
        {
            return null;
        }

        name = Path.GetFileName(attachment.File);
        return attachment.Content is { } made ? new MemoryStream(MadeFile.Bytes(attachment.Kind, made))
            : content().Files.ContainsKey(attachment.File) ? folder.Open(attachment.File)
            : null;
    }
}
