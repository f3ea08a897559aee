using System.Text.RegularExpressions;
using Bot.FakeTelegram.Chats;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>How a chat becomes the admin chat: by the code that the bot prints at its start.</summary>
internal static partial class Claim
{
    /// <summary>The code that this bot printed.</summary>
    public static string CodeOf(BotProcess bot) =>
        bot.Errors.Select(static line => Pattern().Match(line)).First(static match => match.Success).Groups[1].Value;

    /// <summary>Makes the chat the admin chat, and whoever writes in it the owner.</summary>
    public static Task<LoggedCall> ClaimsAsync(this FakeChat chat, BotProcess bot)
    {
        chat.Says($"/claim {CodeOf(bot)}");
        return chat.ReceivesAsync("чат администратора", Eventually.Patience);
    }

    [GeneratedRegex("/claim ([A-Z2-9]{4}-[A-Z2-9]{4})")]
    private static partial Regex Pattern();
}
