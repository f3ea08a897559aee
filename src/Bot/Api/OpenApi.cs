namespace Bot.Api;

/// <summary>The document that describes the API, which lies inside the program: written first, and held to by tests.</summary>
internal static class OpenApi
{
    private static readonly byte[] Bytes = Read();

    public static async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-cache";
        response.ContentLength = Bytes.Length;
        await response.Body.WriteAsync(Bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static byte[] Read()
    {
        using var stream = typeof(OpenApi).Assembly.GetManifestResourceStream("openapi.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
