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
        Assert.Equal(broken.Expected, result.Faults.Select(f => f.ToString()));
        Assert.Null(result.Content);
    }
}
