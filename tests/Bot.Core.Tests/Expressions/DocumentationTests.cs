using Bot.Core.Dialogs;
using Bot.Core.Dialogs.Loading;
using Bot.Core.Expressions;
using Bot.Core.Profiles;
using Bot.Core.Tests.Dialogs;

namespace Bot.Core.Tests.Expressions;

public sealed class DocumentationTests
{
    private static readonly string[] Expressions = Read("expressions.md");
    private static readonly string[] Dialogs = Read("dialogs.md");

    [Fact]
    public void Every_operator_has_a_row() => Assert.All(Parser.Operators, name => HasRow(Expressions, $"| `{name}` |"));

    [Fact]
    public void Every_function_has_a_row() => Assert.All(Checker.Functions, name => HasRow(Expressions, $"| `{name}("));

    [Fact]
    public void Every_root_has_a_row() => Assert.All(Roots.ByName.Keys.Append("tags"), name => HasRow(Expressions, $"| `{name}` |"));

    [Fact]
    public void Every_built_in_field_is_named() =>
        Assert.All(ProfileFields.BuiltIn.Keys, name => Assert.Contains(Expressions, l => l.Contains($"`profile.{name}`", StringComparison.Ordinal)));

    [Fact]
    public void Every_key_of_a_content_file_is_explained_to_owners()
    {
        var keys = new[]
        {
            Keys.Dialog, Keys.Opening, Keys.State, Keys.Button, Keys.Ask, Keys.AskKinds, Keys.Settings, Keys.Code, Keys.Silence, Keys.Sequence, Keys.Step,
            Keys.Automation, Keys.WordAction, Keys.Segments, Keys.Segment, Keys.Cap, Keys.Loyalty, Keys.Tier,
        }.SelectMany(k => k.Known);

        Assert.All(keys, key => Assert.Contains(Dialogs, l => l.StartsWith('|') && l.Split('|')[1].Contains($"`{key}`", StringComparison.Ordinal)));
        Assert.All(Keys.Action.Known.Where(a => a != "with"), key => HasRow(Dialogs, $"| `{key}:", $" `{key}:"));
    }

    [Fact]
    public void Every_phrase_of_the_bot_is_listed() =>
        Assert.All(Enum.GetValues<Phrase>(), phrase => Assert.Contains(Dialogs, l => l.StartsWith('|') && l.Contains($"`{PhrasesReader.Name(phrase)}`", StringComparison.Ordinal)));

    [Fact]
    public void The_dialog_on_the_page_for_owners_has_no_faults()
    {
        var example = Dialogs.SkipWhile(l => l != "dialog: hello" && !l.StartsWith("dialog: hello ", StringComparison.Ordinal)).TakeWhile(l => l != "```");

        Assert.Equal("hello", Sample.Content(("hello.yaml", string.Join('\n', example))).Dialogs["hello"].Id);
    }

    [Fact]
    public void The_automations_on_the_page_for_owners_have_no_faults()
    {
        var example = Dialogs.SkipWhile(l => !l.StartsWith("sequences:", StringComparison.Ordinal)).TakeWhile(l => l != "```");
        var yaml = string.Join('\n', example).Replace("topic: tips", "topic: offers", StringComparison.Ordinal);

        Assert.Equal("welcome", Assert.Single(Sample.Content(("automations.yaml", yaml)).Sequences).Key);
    }

    private static void HasRow(string[] page, params string[] beginnings) =>
        Assert.Contains(page, l => l.StartsWith('|') && beginnings.Any(b => l.Contains(b, StringComparison.Ordinal)));

    private static string[] Read(string page) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", page));
}
