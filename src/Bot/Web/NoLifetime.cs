using Microsoft.Extensions.Hosting;

namespace Bot.Web;

/// <summary>The web server ends with the bot, which listens to signals itself.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
