using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Storage;
using Bot.Telegram.Receiving;
using Microsoft.Net.Http.Headers;

namespace Bot.Demo;

/// <summary>The files of the page's admin chat: lists that come out of it and lists that are sent to it.</summary>
internal sealed class AdminFiles(Store store, TimeProvider clock)
{
    public const string Csv = "text/csv";

    private static readonly ChatAddress Chat = new(ChatAddress.Demo, 0, 0);

    /// <summary>GET /demo/admin/files/{line}: the file that came with a line.</summary>
    public async Task TellAsync(HttpContext context)
    {
        await using var file = Open(context, out var name);
        if (file is null)
        {
            await DemoJson.WriteErrorAsync(context.Response, StatusCodes.Status404NotFound,
                "There is no such file any more: lists are kept for a day. Ask for a new one with /export.").ConfigureAwait(false);
            return;
        }

        var response = context.Response;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.ContentType = name.EndsWith(".csv", StringComparison.Ordinal) ? Csv : "application/octet-stream";
        response.ContentLength = file.Length;
        await file.CopyToAsync(response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Whether what is sent to the admin chat is a list.</summary>
    public static bool IsList(HttpRequest request) => request.ContentType?.StartsWith(Csv, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Keeps a list that was sent, and answers the input that shows what it would do; <see langword="null"/> if it is too large or empty.</summary>
    public async Task<Input?> TakeAsync(HttpRequest request)
    {
        if (request.ContentLength is not { } length || length is not (> 0 and <= FileReceiver.MaxSize))
        {
            return null;
        }

        var (name, file) = store.Lists.Create("upload", clock.GetUtcNow());
        await using (file.ConfigureAwait(false))
        {
            // The server reads no more than the request says that it has.
            await request.Body.CopyToAsync(file, request.HttpContext.RequestAborted).ConfigureAwait(false);
        }

        var key = $"demo-admin:{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        var list = new ChannelMessage(0, "/import", new Media(MediaKind.Document, name, "list.csv", length));
        return new Input.StaffMessage(key, Chat, new Person("", null, 0), "/import", list);
    }

    private Stream? Open(HttpContext context, out string name)
    {
        name = "";
        if (!long.TryParse((string?)context.Request.RouteValues["line"], NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            || store.Admin.Find(line)?.Body.Attachment is not { } attachment)
        {
            return null;
        }

        if (Attachment.NameOfList(attachment.File) is { } list)
        {
            name = list;
            return store.Lists.Open(list);
        }

        name = Path.GetFileName(attachment.File);
        return attachment.Content is { } made ? new MemoryStream(Encoding.UTF8.GetBytes(made)) : null;
    }
}
