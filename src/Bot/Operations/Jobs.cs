using Bot.Storage;
using Bot.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Bot.Operations;

/// <summary>What runs by the clock. The jobs' times are in memory alone: nothing is lost with them.</summary>
internal sealed class Jobs : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IScheduler _scheduler;

    private Jobs(ServiceProvider services, IScheduler scheduler) => (_services, _scheduler) = (services, scheduler);

    public static async Task<Jobs> CreateAsync(Store store, Writer writer, TimeProvider clock, ILoggerFactory logs)
    {
        var services = new ServiceCollection()
            .AddSingleton(logs)
            .AddSingleton(clock)
            .AddSingleton(store)
            .AddSingleton(writer)
            .AddSingleton<HousekeepingJob>();
        services.AddQuartz();
        var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler().ConfigureAwait(false);
        await scheduler.ScheduleJob(
            JobBuilder.Create<HousekeepingJob>().WithIdentity("housekeeping").DisallowConcurrentExecution(true).Build(),
            TriggerBuilder.Create(clock)
                .StartAt(clock.GetUtcNow() + TimeSpan.FromMinutes(1))
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(TimeSpan.FromHours(1)).RepeatForever())
                .Build()).ConfigureAwait(false);
        return new Jobs(provider, scheduler);
    }

    public async Task StartAsync() => await _scheduler.Start().ConfigureAwait(false);

    public async Task StopAsync() => await _scheduler.Shutdown(waitForJobsToComplete: true).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
