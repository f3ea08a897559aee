using System.Text;
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
    public void A_text_in_another_encoding_than_UTF_8_is_refused()
    {
        // "Привет" as old editors on Windows save it, in code page 1251.
        File.WriteAllBytes(Path.Combine(_folder, "hello.yaml"), [.. "dialog: hello # "u8, 0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2]);

        var fault = Assert.Single(new ContentFolder(_folder).Load().Faults);

        Assert.Equal("hello.yaml:1:1: is not saved as UTF-8; in your editor choose Save as and the encoding UTF-8.", fault.ToString());
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        Encoding[] encodings = [new UTF8Encoding(true), new UnicodeEncoding(bigEndian: false, true), new UnicodeEncoding(bigEndian: true, true)];
        foreach (var encoding in encodings)
        {
            var file = Path.Combine(_folder, "contact.yaml");
            File.WriteAllText(file, File.ReadAllText(file), encoding);

            Assert.Empty(new ContentFolder(_folder).Load().Faults);
        }
    }

    [Theory]
    [InlineData("hello.yml", "hello.yaml")]
    [InlineData("hello.YAML", "hello.yaml")]
    public void A_file_whose_name_would_hide_it_is_named(string name, string right)
    {
        File.WriteAllText(Path.Combine(_folder, name), "dialog: hello");

        var fault = Assert.Single(new ContentFolder(_folder).Load().Faults);

        Assert.Equal($"{name}:1:1: is not read, because its name does not end in `.yaml`. Rename it to {right}.", fault.ToString());
    }

    [Fact]
    public void A_folder_without_settings_says_where_to_take_them_from()
    {
        File.Delete(Path.Combine(_folder, "settings.yaml"));

        Assert.Contains(new ContentFolder(_folder).Load().Faults, fault => fault.ToString()
            == "settings.yaml:1:1: This file is missing. It says who the business is. Take it from the folder `dialogs` that the bot came with.");
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
