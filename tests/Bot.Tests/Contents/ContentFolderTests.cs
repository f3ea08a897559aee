using Bot.Contents;

namespace Bot.Tests.Contents;

public sealed class ContentFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bot-test-").FullName;

    public ContentFolderTests() => Copy(Path.Combine(AppContext.BaseDirectory, "dialogs"), _folder);

    [Fact]
    public void The_shipped_dialogs_have_no_mistake() => Assert.Empty(new ContentFolder(_folder).Load().Faults);

    [Fact]
    public void Any_changed_byte_is_another_revision()
    {
        var before = new ContentFolder(_folder).Load().Content!.Revision;
        File.AppendAllText(Path.Combine(_folder, "menu.yaml"), "# a word\n");

        Assert.NotEqual(before, new ContentFolder(_folder).Load().Content!.Revision);
    }

    [Fact]
    public void A_missing_folder_is_named_with_where_it_was_looked_for()
    {
        var fault = Assert.Single(new ContentFolder(Path.Combine(_folder, "nowhere")).Load().Faults);

        Assert.Contains(Path.Combine(_folder, "nowhere"), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_38_a_link_is_refused_at_load()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "files", "passwords.pdf"), "/etc/passwd");

        var fault = Assert.Single(new ContentFolder(_folder).Load().Faults);

        Assert.Equal("files/passwords.pdf:1:1: is a link; put the file itself into the folder.", fault.ToString());
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("../menu.yaml")]
    [InlineData("nothing.pdf")]
    public void Case_38_nothing_outside_the_files_is_opened(string name) => Assert.Null(new ContentFolder(_folder).Open(name));

    [Fact]
    public void Case_38_a_file_that_became_a_link_after_loading_is_not_opened()
    {
        var file = Directory.EnumerateFiles(Path.Combine(_folder, "files")).First();
        var name = Path.GetFileName(file);
        using (var stream = new ContentFolder(_folder).Open(name))
        {
            Assert.NotNull(stream);
        }

        File.Delete(file);
        File.CreateSymbolicLink(file, "/etc/passwd");

        Assert.Null(new ContentFolder(_folder).Open(name));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
