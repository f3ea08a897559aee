using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>A collector of metrics, as an owner may run one: takes them over OTLP and keeps the latest value of each counter.</summary>
internal sealed class Metrics : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, long> _counters = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _received = new();

    private Metrics(WebApplication app) => _app = app;

    /// <summary>For <c>Otlp:Endpoint</c>.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>All that was ever received, bytes as text.</summary>
    public string Received => string.Join('\n', _received);

    public long Counter(string name) => _counters.GetValueOrDefault(name);

    public static async Task<Metrics> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        var metrics = new Metrics(app);
        app.Run(metrics.TakeAsync);
        await app.StartAsync();
        metrics.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return metrics;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // gRPC: five bytes of frame, then the message.
    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        _received.Enqueue(Encoding.UTF8.GetString(bytes));
        foreach (var metric in Each(bytes.AsMemory(5), 1).SelectMany(static resource => Each(resource, 2)).SelectMany(static scope => Each(scope, 2)))
        {
            var name = Encoding.UTF8.GetString(Each(metric, 1).First().Span);
            foreach (var sum in Each(metric, 7))
                _counters[name] = Each(sum, 1).Sum(static point => Each(point, 6).Sum(static value => BinaryPrimitives.ReadInt64LittleEndian(value.Span)));
        }

        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    /// <summary>The values of a field of a protobuf message.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Each(ReadOnlyMemory<byte> message, int field)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message.Span, ref at);
            var length = (tag & 7) switch
            {
                0 => LengthOfVarint(message.Span, at),
                1 => 8,
                2 => (int)Varint(message.Span, ref at),
                5 => 4,
                _ => throw new InvalidDataException("not protobuf"),
            };
            if (tag >> 3 == field)
                yield return message.Slice(at, length);
            at += length;
        }
    }

    private static long Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private static int LengthOfVarint(ReadOnlySpan<byte> bytes, int at)
    {
        var start = at;
        Varint(bytes, ref at);
        return at - start;
    }
}
