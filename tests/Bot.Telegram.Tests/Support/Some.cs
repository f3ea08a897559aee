using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.FakeTelegram;
using Bot.Telegram.Calls;

namespace Bot.Telegram.Tests.Support;

internal static class Some
{
    public const long Bot = 1000;

    public static BotApiOptions Options(FakeTelegramServer server) => new(FakeTelegramServer.DefaultToken)
    {
        ApiUrl = server.Url,
        PollTimeout = TimeSpan.FromSeconds(20),
    };

    public static ChatAddress Address(long chat) => new(ChatAddress.Telegram, Bot, chat);

    public static OutboxMessage Message(long chat, string html = "Hello", Attachment? attachment = null, Keyboard? keyboard = null) => new(
        new OutboxId(1),
        new ProfileId(2),
        new ChatId(3),
        Address(chat),
        MessageKind.Reply,
        "conversation:1",
        "menu/start",
        new Body(html, attachment, keyboard));

    public static Keyboard.Inline Buttons(params InlineButton[] row) => new(ImmutableArray.Create(ImmutableArray.Create(row)));

    /// <summary>An address where nobody listens.</summary>
    public static Uri DeadEnd()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }
}
