using System.Text.Json;
using Bot.Core.Dialogs.Loading;

namespace Bot.Core.Tests.Dialogs;

public sealed class SchemaTests
{
    private static readonly JsonElement Schema =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Shipped.Folder, "dialog.schema.json"))).RootElement;

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
        Assert.Equal(Keys.AskKinds.Known, Words(Definition("kind")));
        Assert.Equal(Keys.Takes.Known, Words(Schema.GetProperty("properties").GetProperty("takes")));
        Assert.Equal(Keys.Remember.Known,
            Words(Schema.GetProperty("properties").GetProperty("remember").GetProperty("additionalProperties")));
    }

    private static JsonElement Definition(string name) => Schema.GetProperty("$defs").GetProperty(name);

    private static IEnumerable<string> KeysOf(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(p => p.Name);

    private static IEnumerable<string> Words(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(e => e.GetString()!);
}
