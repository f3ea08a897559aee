using System.Collections.Immutable;
using Bot.Configuration;
using Bot.Core.Dialogs;
using Bot.Storage;
using Bot.Web;
using Bot.Writing;

namespace Bot.Api;

/// <summary>What other programs can ask: site forms, tills, CRM systems. Without a key in the options there is none of it.</summary>
internal sealed class ApiEndpoints
{
    /// <summary>Where all of it is.</summary>
    public const string Root = "/api/v1";

    /// <summary>The document that describes it, for anybody: it says nothing of the business.</summary>
    public const string Document = "/openapi.json";

    private readonly ApiOptions _options;
    private readonly ApiDoor _door;
    private readonly ILogger<ApiEndpoints> _log;

    /// <param name="clock">The real clock, for the pace of whoever asks.</param>
    /// <param name="business">The business's clock.</param>
    public ApiEndpoints(BotOptions options, Func<Content> content, Store store, Writer writer, TimeProvider clock, TimeProvider business, ILogger<ApiEndpoints> log)
    {
        (_options, _log) = (options.Api, log);
        _door = new ApiDoor(options.Api, new Visitors(options.WebChat.TrustedProxies), clock, log);
        var decisions = new Decisions(store, writer);
        var customers = new Customers(content, store);
        Operations =
        [
            .. new ProfileEndpoints(content, store, decisions, customers, business).Operations,
            .. new PurchaseEndpoints(store, decisions, customers).Operations,
            .. new RefundEndpoints(store, decisions, customers).Operations,
            .. new BookingEndpoints(content, store, decisions, customers).Operations,
            .. new SlotEndpoints(content, store, business).Operations,
            .. new EventEndpoints(content, decisions, customers).Operations,
            .. new SegmentEndpoints(content, store, business).Operations,
        ];
    }

    /// <summary>All that can be asked.</summary>
    public ImmutableArray<Operation> Operations { get; }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        if (_options.KeyHashes.IsEmpty)
        {
            return;
        }

        endpoints.MapGet(Root + Document, OpenApi.WriteAsync);
        foreach (var one in Operations.GroupBy(operation => operation.Path))
        {
            ImmutableArray<Operation> here = [.. one];
            endpoints.Map(Root + one.Key, context => _door.AnswerAsync(context, here));
        }

        endpoints.Map(Root + "/{**rest}", context => _door.AnswerAsync(context, []));
        _log.LogInformation("The API is on at {Root}, for {Keys} keys", Root, _options.KeyHashes.Length);
    }
}
