using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Bot.Configuration;
using Bot.Core.Dialogs;
using Bot.Demo;

namespace Bot.Web;

/// <summary>The page and its parts, which lie inside the program.</summary>
internal sealed class Pages
{
    private readonly string _policy;
    private readonly bool _isDemo;
    private readonly Func<Content> _content;
    private readonly bool _canBeFresh;
    private readonly Part _style;
    private readonly Part _script;
    private readonly Part _widget;
    private volatile Front _front;

    public Pages(Func<Content> content, DemoOptions demo, Origins origins)
    {
        (_content, _isDemo, _canBeFresh) = (content, demo.IsOn, demo.HasOwnDatabase);

        // Nothing but our own files runs or is asked; pages that the owner did not name cannot put the chat into a frame of theirs.
        _policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; "
            + $"form-action 'none'; frame-ancestors {origins.FrameAncestors}";
        _front = FrontOf(content());
        _style = new Part("text/css; charset=utf-8", Read("chat.css"));
        _script = new Part("text/javascript; charset=utf-8", Read("chat.js"));
        _widget = new Part("text/javascript; charset=utf-8", Read("widget.js"));
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", context => AnswerAsync(context, _isDemo && DemoAccess.IsFromHere(context.Request) ? Current().Demo : Current().Chat));
        endpoints.MapGet("/chat", context => AnswerAsync(context, Current().Chat));
        endpoints.MapGet("/chat/chat.css", context => AnswerAsync(context, _style));
        endpoints.MapGet("/chat/chat.js", context => AnswerAsync(context, _script));
        endpoints.MapGet("/widget.js", context => AnswerAsync(context, _widget));
        if (_isDemo)
        {
            var style = new Part("text/css; charset=utf-8", Read("demo.css"));
            var script = new Part("text/javascript; charset=utf-8", Read("demo.js"));
            endpoints.MapGet("/demo/demo.css", context => AnswerAsync(context, style));
            endpoints.MapGet("/demo/demo.js", context => AnswerAsync(context, script));
        }
    }

    /// <summary>The page as the content has it now: the business's name and languages stand in it.</summary>
    private Front Current()
    {
        var content = _content();
        return ReferenceEquals(_front.Of, content) ? _front : _front = FrontOf(content);
    }

    private Front FrontOf(Content content)
    {
        var settings = content.Settings;

        // In a demo all times are the business's, beside its clock.
        return new Front(content, Page(settings, zone: "", demo: ""), Page(settings, $" data-zone=\"{settings.Zone.Id}\"", $"""

              <link rel="stylesheet" href="/demo/demo.css">
              <script src="/demo/demo.js" defer{(_canBeFresh ? " data-fresh" : "")}></script>
            """));
    }

    private static Part Page(Settings settings, string zone, string demo) => new("text/html; charset=utf-8", Read("chat.html")
        .Replace("{{name}}", HtmlEncoder.Default.Encode(settings.Business.Name), StringComparison.Ordinal)
        .Replace("{{languages}}", string.Join(' ', settings.Languages), StringComparison.Ordinal)
        .Replace("{{zone}}", zone, StringComparison.Ordinal)
        .Replace("{{demo}}", demo, StringComparison.Ordinal));

    private async Task AnswerAsync(HttpContext context, Part part)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        headers.ETag = part.Tag;
        if (context.Request.Headers.IfNoneMatch == part.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = part.Type;
        context.Response.ContentLength = part.Bytes.Length;
        await context.Response.Body.WriteAsync(part.Bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Pages).Assembly.GetManifestResourceStream($"page/{name}")!);
        return reader.ReadToEnd();
    }

    private sealed record Front(Content Of, Part Chat, Part Demo);

    private sealed class Part(string type, string text)
    {
        public string Type => type;

        public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(text);

        public string Tag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8))}\"";
    }
}
