using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Bot.Operations;

/// <summary>Sends the metrics to a collector, if one is configured.</summary>
internal static class Telemetry
{
    /// <summary>The exporter, or <see langword="null"/> without an address.</summary>
    public static MeterProvider? Start(Uri? endpoint) => endpoint is null
        ? null
        : Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("bot"))
            .AddMeter(Metrics.Name, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter(exporter => exporter.Endpoint = endpoint)
            .Build();
}
