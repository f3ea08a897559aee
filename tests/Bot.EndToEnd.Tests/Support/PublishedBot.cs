using System.Diagnostics;
using System.Text;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>The program as its users get it, published once in a run of the tests.</summary>
internal static class PublishedBot
{
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The product's own dialogs.</summary>
    public static string Dialogs { get; } = Path.Combine(Root, "dialogs");

    /// <summary>The program's file.</summary>
    public static Task<string> PathAsync() => Published.Value;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Bot.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"There is no Bot.sln above {AppContext.BaseDirectory}.");
    }

    private static async Task<string> PublishAsync()
    {
        // For those who work on the tests alone, or want to run them against a build of their own.
        if (Environment.GetEnvironmentVariable("BOT_E2E_PROGRAM") is { Length: > 0 } program)
            return program;

        // Folders of its own, so that a build that runs meanwhile is not disturbed; kept, so that the next run has less to do.
        var artifacts = Path.Combine(Root, "tests", "Bot.EndToEnd.Tests", "obj", "program");
        Directory.CreateDirectory(artifacts);
        await using var alone = await LockAsync(Path.Combine(artifacts, "publish.lock"));

        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // No server process may outlive the build: it would hold our pipes open.
        foreach (var argument in (string[])["publish", "src/Bot", "-c", "Release", "--artifacts-path", artifacts, "--nologo", "-v", "quiet",
            "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);

        using var build = Process.Start(start)!;
        var said = new StringBuilder();
        build.OutputDataReceived += (_, line) => Append(said, line.Data);
        build.ErrorDataReceived += (_, line) => Append(said, line.Data);
        build.BeginOutputReadLine();
        build.BeginErrorReadLine();
        await build.WaitForExitAsync();
        return build.ExitCode == 0
            ? Path.Combine(artifacts, "publish", "Bot", "release", OperatingSystem.IsWindows() ? "bot.exe" : "bot")
            : throw new InvalidOperationException($"The program does not build:\n{said}");
    }

    private static void Append(StringBuilder said, string? line)
    {
        lock (said)
            said.AppendLine(line);
    }

    private static async Task<FileStream> LockAsync(string path)
    {
        FileStream? held = null;
        await Eventually.TrueAsync(
            () =>
            {
                try
                {
                    held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                    return true;
                }
                catch (IOException)
                {
                    return false;
                }
            },
            "another run of the tests is publishing",
            TimeSpan.FromMinutes(5));
        return held!;
    }
}
