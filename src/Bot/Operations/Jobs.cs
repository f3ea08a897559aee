using Bot.Storage;
using Bot.Storage.Backups;
using Bot.Timing;
using Bot.Writing;
using Quartz;

namespace Bot.Operations;

/// <summary>What runs by the clock. The jobs' times are in memory alone: nothing is lost with them.</summary>
internal sealed class Jobs : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IScheduler _scheduler;

    private Jobs(ServiceProvider services, IScheduler scheduler) => (_services, _scheduler) = (services, scheduler);

    public static async Task<Jobs> CreateAsync(
        Store store, Writer writer, DueWork due, ErasureKeeping erasures, BackupOptions backup, BackupState backups, TimeProvider clock, ILoggerFactory logs)
    {
        var services = new ServiceCollection()
            .AddSingleton(logs)
            .AddSingleton(clock)
            .AddSingleton(store)
            .AddSingleton(writer)
            .AddSingleton(due)
            .AddSingleton(erasures)
            .AddSingleton(backup)
            .AddSingleton(backups)
            .AddSingleton<BackupJob>()
            .AddSingleton<DueJob>()
            .AddSingleton<HousekeepingJob>();
        services.AddQuartz();
        var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler().ConfigureAwait(false);
        await scheduler.ScheduleJob(
            JobBuilder.Create<DueJob>().WithIdentity("due").DisallowConcurrentExecution(true).Build(),
            TriggerBuilder.Create(clock)
                .StartNow()
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(TimeSpan.FromSeconds(1)).RepeatForever())
                .Build()).ConfigureAwait(false);
        await scheduler.ScheduleJob(
            JobBuilder.Create<HousekeepingJob>().WithIdentity("housekeeping").DisallowConcurrentExecution(true).Build(),
            TriggerBuilder.Create(clock)
                .StartAt(clock.GetUtcNow() + TimeSpan.FromMinutes(1))
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(TimeSpan.FromHours(1)).RepeatForever())
                .Build()).ConfigureAwait(false);
        if (backup.Password is { Length: > 0 })
        {
            await scheduler.ScheduleJob(
                JobBuilder.Create<BackupJob>().WithIdentity("backup").DisallowConcurrentExecution(true).Build(),
                TriggerBuilder.Create(clock)
                    .StartAt(clock.GetUtcNow() + TimeSpan.FromMinutes(10))
                    .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(TimeSpan.FromDays(1)).RepeatForever())
                    .Build()).ConfigureAwait(false);
        }

        return new Jobs(provider, scheduler);
    }

    public async Task StartAsync() => await _scheduler.Start().ConfigureAwait(false);

    /// <summary>Starts no job any more. One that runs is not waited for: each can be cut off at any point.</summary>
    public async Task StopAsync() => await _scheduler.Shutdown(waitForJobsToComplete: false).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
