using System.Globalization;
using Bot.Configuration;
using Bot.Core.Chats;
using Bot.Core.Staff;
using Bot.Storage;
using Bot.Telegram.Calls;

namespace Bot.Admin;

/// <summary>Where staff talk: set by the settings, or claimed by a code.</summary>
internal static class AdminChat
{
    /// <summary>What the settings said last, so that a group that moved is not moved back by each start.</summary>
    private const string Configured = "admin.configured";

    /// <summary>Takes over the chat of the settings, and answers the code by which the first owner names themself, if there is none yet.</summary>
    public static ClaimCode? Prepare(Store store, BotOptions options, ILogger log)
    {
        var bot = new BotApiOptions(options.Telegram.Token).Bot;
        var configured = string.Create(CultureInfo.InvariantCulture, $"{bot}:{options.AdminChat}");
        using var transaction = store.Begin();
        if (options.AdminChat != 0 && store.ReadMeta(Configured) != configured)
        {
            transaction.Staff.SetChat(new ChatAddress(ChatAddress.Telegram, bot, options.AdminChat));
            transaction.SetMeta(Configured, configured);
        }

        var isClaimed = transaction.Staff.Chat?.Bot == bot;
        var hasOwner = transaction.Staff.List().Any(member => member.Role == StaffRole.Owner);
        transaction.Commit();
        if (isClaimed && hasOwner)
        {
            return null;
        }

        var code = new ClaimCode();
        log.LogInformation("There is no owner yet. To be it, write this to the bot in Telegram, {Where}: /claim {Code}",
            isClaimed ? "in the chat of Admin:ChatId" : "alone or in a group that it is a member of", code.Text);
        return code;
    }
}
