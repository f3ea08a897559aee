using System.CommandLine;
using System.Net.Sockets;
using Bot.Contents;
using Bot.Operations;
using Bot.Storage;
using Microsoft.AspNetCore.Connections;

namespace Bot.CommandLine;

/// <summary><c>bot run</c>, and what happens without a command.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Run the bot; this is what happens without a command.");
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Longer than a graceful stop takes; see <see cref="BotHost"/>.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // Before anything can say that the bot is ready: who is told so may tell it to stop at once.
        using var signals = new StopSignals();
        var stop = signals.Token;
        return await signals.AwaitAsync(Task.Run(() => RunUntilAsync(parsed, stop), CancellationToken.None), StopTime).ConfigureAwait(false);
    }

    private static async Task<int> RunUntilAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (Setup.ReadOptions(parsed) is not { } options)
        {
            return Commands.Failed;
        }

        var folder = new ContentFolder(options.DialogsPath);
        if (Setup.ReadContent(folder) is not { } content)
        {
            Console.Error.WriteLine("The bot does not start with these mistakes in its dialogs.");
            return Commands.Failed;
        }

        var live = new LiveContent(content);
        using var logs = Logs.Create(options.Log);
        try
        {
            while (await BotHost.RunAsync(options, live, folder, TimeProvider.System, logs, cancellationToken).ConfigureAwait(false) == HostEnd.FreshDemo)
            {
                Store.Delete(options.Database, TimeProvider.System, logs.CreateLogger<Store>(), cancellationToken);
            }

            return Commands.Done;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            logs.CreateLogger("Bot").LogCritical("{Url} is taken by another program; stop it or set Web:Url", options.WebUrl);
            return Commands.Failed;
        }
        catch (SocketException exception)
        {
            logs.CreateLogger("Bot").LogCritical(
                "{Url} cannot be listened at ({Reason}); set Web:Url to an address of this machine and a port that the bot may use",
                options.WebUrl, exception.Message);
            return Commands.Failed;
        }
        catch (Exception exception) when (exception is StoreRefusedException or StoreException or IOException or UnauthorizedAccessException)
        {
            logs.CreateLogger("Bot").LogCritical("{Reason}", exception.Message);
            return Commands.Failed;
        }
    }
}
