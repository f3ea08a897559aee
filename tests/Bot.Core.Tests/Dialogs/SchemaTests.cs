using System.Text.Json;
using Bot.Core.Dialogs.Loading;

namespace Bot.Core.Tests.Dialogs;

public sealed class SchemaTests
{
    private static readonly JsonElement Schema = Read("dialog.schema.json");
    private static readonly JsonElement Automations = Read("automations.schema.json");

    [Fact]
    public void Editors_know_the_same_keys_as_the_loader()
    {
        Assert.Equal(Keys.Dialog.Known, KeysOf(Schema));
        Assert.Equal(Keys.Opening.Known, KeysOf(Definition("opening")));
        Assert.Equal(Keys.With.Known, KeysOf(Definition("opening").GetProperty("properties").GetProperty("with")));
        Assert.Equal(Keys.State.Known, KeysOf(Definition("state")));
        Assert.Equal(Keys.Branch.Known, KeysOf(Definition("branch")));
        Assert.Equal(Keys.Button.Known, KeysOf(Definition("button")));
        Assert.Equal(Keys.Ask.Known, KeysOf(Definition("ask")));
        Assert.Equal(Keys.Action.Known, KeysOf(Definition("action")));
        Assert.Equal(Keys.WordAction.Known, Words(Definition("actions").GetProperty("items").GetProperty("anyOf")[1]));
        Assert.Equal(Keys.Code.Known, KeysOf(Definition("action").GetProperty("properties").GetProperty("code")));
        Assert.Equal(Keys.Silence.Known, KeysOf(Schema.GetProperty("properties").GetProperty("silence")));
        Assert.Equal(Keys.Timeout.Known, KeysOf(Definition("state").GetProperty("properties").GetProperty("timeout")));
        Assert.Equal(Keys.AskKinds.Known, Words(Definition("kind")));
        Assert.Equal(Keys.Takes.Known, Words(Schema.GetProperty("properties").GetProperty("takes")));
        Assert.Equal(Keys.Remember.Known,
            Words(Schema.GetProperty("properties").GetProperty("remember").GetProperty("additionalProperties")));
    }

    [Fact]
    public void Editors_know_the_keys_of_automations()
    {
        Assert.Equal(Keys.Automations.Known, KeysOf(Automations));
        Assert.Equal(Keys.Sequence.Known, KeysOf(Definition("sequence", Automations)));
        Assert.Equal(Keys.Step.Known, KeysOf(Definition("step", Automations)));
        Assert.Equal(Keys.Automation.Known, KeysOf(Definition("automation", Automations)));
        Assert.Equal(Keys.Button.Known.Except(["do", "goto"]), KeysOf(Definition("button", Automations)));
        Assert.Equal(Keys.Action.Known.Except(["consent", "withdraw", .. Keys.Booking]), KeysOf(Definition("action", Automations)));
        Assert.Equal(Keys.Code.Known, KeysOf(Definition("action", Automations).GetProperty("properties").GetProperty("code")));
        Assert.Equal(Keys.Days.Known, Words(Definition("automation", Automations).GetProperty("properties").GetProperty("every")));
        Assert.Equal(Keys.MessageKinds.Known, Words(Definition("sequence", Automations).GetProperty("properties").GetProperty("kind")));
    }

    [Fact]
    public void Editors_know_the_keys_of_loyalty()
    {
        var loyalty = Read("loyalty.schema.json");
        Assert.Equal(Keys.Loyalty.Known, KeysOf(loyalty));
        Assert.Equal(Keys.Tier.Known, KeysOf(Definition("tier", loyalty)));
    }

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Shipped.Folder, file))).RootElement;

    private static JsonElement Definition(string name, JsonElement? schema = null) => (schema ?? Schema).GetProperty("$defs").GetProperty(name);

    private static IEnumerable<string> KeysOf(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(p => p.Name);

    private static IEnumerable<string> Words(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(e => e.GetString()!);
}
