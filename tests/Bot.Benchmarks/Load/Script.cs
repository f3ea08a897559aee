using Bot.FakeTelegram.Chats;

namespace Bot.Benchmarks.Load;

/// <summary>What a customer does: the lead magnet of the shipped dialogs from the link to its end, as an English customer sees it.</summary>
internal static class Script
{
    /// <summary>The customer's acts, each an update, with the calls that answer it.</summary>
    public static readonly IReadOnlyList<Act> Acts =
    [
        new(chat => chat.Says("/start guide-x"), ["sendMessage"]),
        new(chat => chat.Presses("I agree"), ["answerCallbackQuery", "editMessageReplyMarkup", "sendMessage"]),
        new(chat => chat.Says("Ann"), ["sendMessage"]),
        new(chat => chat.Says("ann@example.com"), ["sendDocument", "sendMessage"]),
        new(chat => chat.Presses("Please do"), ["answerCallbackQuery", "editMessageReplyMarkup", "sendMessage"]),
    ];

    /// <summary>How often each method is called for one customer by a bot that forgets and doubles nothing.</summary>
    public static readonly IReadOnlyDictionary<string, int> Calls =
        Acts.SelectMany(act => act.Answers).CountBy(method => method).ToDictionary();
}

/// <param name="Do">Answers the update's id.</param>
/// <param name="Answers">The methods that the bot calls.</param>
internal sealed record Act(Func<FakeChat, long> Do, string[] Answers)
{
    /// <summary>The messages that the customer waits for before going on.</summary>
    public int Messages { get; } = Answers.Count(IsMessage);

    /// <summary>Whether the customer sees a new message.</summary>
    public static bool IsMessage(string method) => method.StartsWith("send", StringComparison.Ordinal);
}
