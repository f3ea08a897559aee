using System.Diagnostics;

namespace Bot.Benchmarks.Programs;

/// <summary>The source tree that the benchmarks run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Publishes the bot as it is shipped.</summary>
    public static async Task PublishAsync(string folder)
    {
        using var publish = Process.Start(new ProcessStartInfo("dotnet",
            ["publish", Path.Combine(Root, "src", "Bot"), "-c", "Release", "-o", folder, "-v", "quiet", "-nologo"])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await publish.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await publish.WaitForExitAsync().ConfigureAwait(false);
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"The bot cannot be published: {output}");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Bot.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run this inside the repository.");
        return folder;
    }
}
