using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>Dialogs that reach for what is not theirs, or would take for ever.</summary>
public class ContentTests : BotTest
{
    private string _dialogs = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Settings["Dialogs:Path"] = _dialogs = Folder.CopyDialogs();
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("..")]
    [InlineData("../settings.yaml")]
    [InlineData("http://127.0.0.1/x.pdf")]
    public async Task Case_38_A_file_outside_of_the_contents_folder_is_refused(string path)
    {
        await ReplaceAsync("settings.yaml", "\"7-pyaten.pdf\"", $"\"{path}\"");

        var (exit, _, errors) = await CommandAsync("check");

        Assert.Equal(1, exit);
        Assert.Matches(@"settings\.yaml:16:\d+: ", errors);
    }

    [Fact]
    public async Task Case_38_A_link_to_elsewhere_is_refused()
    {
        var file = Path.Combine(_dialogs, "files", "7-pyaten.pdf");
        File.Delete(file);
        File.CreateSymbolicLink(file, "/etc/passwd");

        var (exit, _, errors) = await CommandAsync("check");

        Assert.Equal(1, exit);
        Assert.Contains("files/7-pyaten.pdf:1:1: is a link", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_38_A_link_in_place_of_the_whole_folder_is_refused()
    {
        Directory.Move(Path.Combine(_dialogs, "files"), Folder.In("elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(_dialogs, "files"), Folder.In("elsewhere"));

        var (exit, _, errors) = await CommandAsync("check");

        Assert.Equal(1, exit);
        Assert.Matches(@"files/\S+:1:1: is a link", errors);
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("long")]
    [InlineData("wide")]
    public async Task Case_39_An_expression_made_to_take_for_ever_is_refused_at_once(string how)
    {
        var expression = how switch
        {
            "deep" => new string('(', 3_000) + "1" + new string(')', 3_000),
            "long" => string.Join(" and ", Enumerable.Repeat("profile.name", 100_000 / 16)),
            _ => string.Concat(Enumerable.Repeat("not ", 900)) + "profile.name",
        };
        await ReplaceAsync("contact.yaml", "skip-if: profile.name", $"skip-if: {expression}");

        await IsRefusedSoonAsync(@"contact\.yaml:\d+:\d+: ");
    }

    [Theory]
    [InlineData("{{ token }}")]
    [InlineData("{{ profile.GetType }}")]
    [InlineData("{{ {{ profile.name }} }}")]
    [InlineData("{{")]
    public async Task Case_39_A_template_with_unknown_or_nested_fields_is_refused(string template)
    {
        await ReplaceAsync("lead-magnet.yaml", "Готово, {{ profile.name }}!", $"Готово, {template}!");

        await IsRefusedSoonAsync(@"lead-magnet\.yaml:\d+:\d+: ");
    }

    [Fact]
    public async Task Case_39_A_file_made_to_grow_in_memory_is_refused_at_once()
    {
        var bomb = string.Join('\n', Enumerable.Range(1, 30).Select(static level =>
            $"x{level}: &a{level} [{string.Join(", ", Enumerable.Repeat(level == 1 ? "x" : $"*a{level - 1}", 10))}]"));
        await File.WriteAllTextAsync(Path.Combine(_dialogs, "bomb.yaml"), $"dialog: bomb\n{bomb}\n");

        await IsRefusedSoonAsync(@"bomb\.yaml:\d+:\d+: ");
    }

    [Fact]
    public async Task Case_39_Lists_in_lists_without_end_are_refused_at_once()
    {
        await File.WriteAllTextAsync(Path.Combine(_dialogs, "deep.yaml"), $"dialog: {new string('[', 50_000)}");

        await IsRefusedSoonAsync(@"deep\.yaml:\d+:\d+: ");
    }

    /// <summary>
    /// The program says where the fault is and ends. What would run for ever runs into the patience that every end is waited for with;
    /// the 200 ms themselves are measured where no process has to start, in the tests of the expressions and of the loader.
    /// </summary>
    private async Task IsRefusedSoonAsync(string place)
    {
        var (exit, _, errors) = await CommandAsync("check");

        Assert.Equal(1, exit);
        Assert.Matches(place, errors);
    }

    private async Task ReplaceAsync(string file, string what, string with)
    {
        var path = Path.Combine(_dialogs, file);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(what, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(what, with, StringComparison.Ordinal));
    }
}
