using System.Globalization;
using Bot.Configuration;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace Bot.Operations;

/// <summary>The log: the console, and a file that is rolled daily if one is set. Ids yes; names, phones, texts and tokens never.</summary>
internal static class Logs
{
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";
    private const int DaysKept = 14;

    /// <summary>Writes to standard error, so that what commands print can be piped.</summary>
    public static SerilogLoggerFactory Create(LogOptions options)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(options.Level)
            .MinimumLevel.Override("Microsoft.AspNetCore", Above(options.Level, LogEventLevel.Warning))
            .MinimumLevel.Override("Microsoft.Hosting", Above(options.Level, LogEventLevel.Warning))
            // It logs what it throws, and what it throws is said in one line.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting", LogEventLevel.Fatal)
            .MinimumLevel.Override("Quartz", Above(options.Level, LogEventLevel.Warning))
            .Enrich.With(new OneLine())
            .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose);
        if (options.File is { } file)
        {
            configuration.WriteTo.File(file, outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day, retainedFileCountLimit: DaysKept);
        }

        return new SerilogLoggerFactory(configuration.CreateLogger(), dispose: true);
    }

    /// <summary>No log: for commands that print their own result.</summary>
    public static ILoggerFactory Quiet => Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance;

    private static LogEventLevel Above(LogEventLevel level, LogEventLevel least) => level > least ? level : least;

    /// <summary>What comes from outside, such as a server's description of an error, must not forge lines.</summary>
    private sealed class OneLine : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            foreach (var (name, value) in logEvent.Properties)
            {
                if (value is ScalarValue { Value: string text } && text.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0)
                {
                    logEvent.AddOrUpdateProperty(new LogEventProperty(name,
                        new ScalarValue(new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]))));
                }
            }
        }
    }
}
