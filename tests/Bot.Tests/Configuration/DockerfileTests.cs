using Bot.Tests.Support;

namespace Bot.Tests.Configuration;

/// <summary>No engine builds the image where these tests run; what can be known without one is checked here.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "Dockerfile"));

    [Fact]
    public void Everything_that_is_copied_exists()
    {
        var sources = Lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1]).ToList();

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(Path.Exists(Path.Combine(Repository.Root, source)), source));
    }

    [Fact]
    public void It_is_published_as_the_tests_of_the_real_program_publish_it() =>
        Assert.Contains(Lines, line => line.Contains("dotnet publish src/Bot -c Release -o", StringComparison.Ordinal));

    [Fact]
    public void It_runs_as_nobody_special_and_holds_no_secret()
    {
        Assert.Contains("USER $APP_UID", Lines);
        Assert.DoesNotContain(Lines, line => line.Contains("Token", StringComparison.Ordinal) || line.Contains("Password", StringComparison.Ordinal));
    }
}
