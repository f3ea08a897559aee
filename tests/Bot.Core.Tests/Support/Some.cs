using System.Collections.Immutable;
using System.Security.Cryptography;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Messages;

namespace Bot.Core.Tests.Support;

/// <summary>Things that tests need some of.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly ChatAddress Address = new(ChatAddress.Telegram, 1000, 42);

    /// <summary>The content that the product ships.</summary>
    public static readonly Content Shipped = Load(Path.Combine(AppContext.BaseDirectory, "dialogs"));

    public static IdSource Ids(DateTimeOffset? now = null) => new(new ManualClock(now ?? Now));

    public static OutboxMessage Message(MessageKind kind = MessageKind.Reply, long? id = null) => new(
        new OutboxId(id ?? Ids().Next()), new ProfileId(1), new ChatId(2), Address, kind, "conversation:3", "contact/consent", new Body("Hello"));

    /// <summary>The shipped content with some of its files replaced or added.</summary>
    public static Content ShippedWith(params (string File, string Yaml)[] changes)
    {
        var source = Source(Path.Combine(AppContext.BaseDirectory, "dialogs"));
        return Checked(source with { Yaml = source.Yaml.SetItems(changes.Select(change => KeyValuePair.Create(change.File, change.Yaml))) });
    }

    private static Content Load(string folder) => Checked(Source(folder));

    private static Content Checked(ContentSource source)
    {
        var result = ContentLoader.Load(source);
        return result.Content ?? throw new InvalidOperationException(string.Join('\n', result.Faults));
    }

    private static ContentSource Source(string folder) => new(
        Directory.EnumerateFiles(folder, "*.yaml").ToImmutableSortedDictionary(file => Path.GetFileName(file), File.ReadAllText),
        Directory.EnumerateFiles(Path.Combine(folder, "files")).Select(file => new ContentFile(Path.GetFileName(file),
                Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), new FileInfo(file).Length))
            .ToImmutableSortedDictionary(file => file.Name, file => file));
}
