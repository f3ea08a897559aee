using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Loyalty;
using Bot.Core.Profiles;

namespace Bot.Storage.Api;

/// <summary>What was decided on a request.</summary>
/// <param name="Subject">What <paramref name="Result"/> says that it is.</param>
public sealed record Decision(string Fingerprint, RequestResult Result, long? Subject);

/// <summary>A customer, and the chat in which they are best reached.</summary>
public readonly record struct CustomerPlace(ProfileId Profile, ChatAddress Chat);

/// <summary>What is known of a customer, as of one moment.</summary>
/// <param name="Consents">Those in force, since when, and the channel of each.</param>
/// <param name="Spent">All purchases together less what was refunded, in the business's currency.</param>
/// <param name="Bought">The same in the window that decides on the tier.</param>
/// <param name="CanBeWrittenTo">Whether there is a chat of theirs that is not blocked.</param>
public sealed record CustomerState(
    Profile Profile,
    ImmutableArray<(string Purpose, string Channel, DateTimeOffset Since)> Consents,
    Account Account,
    long Purchases,
    decimal Spent,
    decimal Bought,
    bool CanBeWrittenTo);

/// <summary>A purchase and what came of it.</summary>
/// <param name="Spent">Points that it was paid with.</param>
/// <param name="Earned">Points that it brought.</param>
/// <param name="Balance">All the customer's points right after it.</param>
public sealed record SaleState(
    string Id, ProfileId Customer, decimal Amount, decimal Refunded, DateTimeOffset At, long Spent, long Earned, long Balance)
{
    /// <summary>What was paid in money.</summary>
    public decimal Money => Amount - Spent;
}

/// <summary>A refund and what came of it.</summary>
/// <param name="Returned">Points that came back.</param>
/// <param name="TakenBack">Earned points that went.</param>
/// <param name="Balance">All the customer's points right after it.</param>
public sealed record RefundState(string Id, string Purchase, decimal Amount, long Returned, long TakenBack, long Balance)
{
    /// <summary>What was paid back in money.</summary>
    public decimal Money => Amount - Returned;
}
