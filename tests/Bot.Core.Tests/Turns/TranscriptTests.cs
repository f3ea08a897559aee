using Bot.Core.Tests.Support;

namespace Bot.Core.Tests.Turns;

/// <summary>Every file in Transcripts/ is replayed on the shipped content. ACCEPT_TRANSCRIPTS=1 writes what came of it back to the source.</summary>
public sealed class TranscriptTests
{
    public static TheoryData<string> Files => [.. Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Transcripts"), "*.txt").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_conversation_goes_as_it_is_written(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Transcripts", file);
        var written = File.ReadAllText(path).ReplaceLineEndings("\n");

        var replayed = Transcript.Replay(written, Some.Shipped);

        if (Environment.GetEnvironmentVariable("ACCEPT_TRANSCRIPTS") == "1")
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "Transcripts", file), replayed);
        }

        Assert.Equal(written.Trim(), replayed.Trim());
    }
}
