namespace Bot.Core.Tests.Dialogs;

/// <summary>Every file in <c>Broken/</c> is a check and the words in which an owner hears of it.</summary>
public sealed class BrokenContentTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(BrokenContent.Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_found_named_and_explained(string name)
    {
        var broken = BrokenContent.Read(name);

        var result = broken.Load();

        Assert.NotEmpty(broken.Expected);
        Assert.Equal(broken.Expected, result.Faults.Zip(broken.Expected.Concat(Enumerable.Repeat("", result.Faults.Length)),
            (fault, expected) => AsFarAs(expected, fault.ToString())));
        Assert.Null(result.Content);
    }

    /// <summary>What is expected to go on with <c>…</c> is compared up to there: a list of all phrases is not to be kept in two places.</summary>
    private static string AsFarAs(string expected, string fault) =>
        expected.EndsWith('…') && fault.Length >= expected.Length && fault.StartsWith(expected[..^1], StringComparison.Ordinal) ? expected : fault;
}
