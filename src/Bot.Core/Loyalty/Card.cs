using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>The card by which a customer is known at the desk.</summary>
/// <param name="IsNew">Nobody has seen it yet, and it is not kept.</param>
public sealed record Card(string Code, bool IsNew) : Fact
{
    /// <summary>Without those that look alike: a code is read aloud at a desk.</summary>
    public const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>40 bits: nobody comes upon the code of another.</summary>
    public const int Length = 8;

    /// <summary>A code as it is kept, from how it was typed or scanned; <see langword="null"/> if it is none.</summary>
    public static string? Read(string typed)
    {
        var code = string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
        return code.Length == Length && code.All(Letters.Contains) ? code : null;
    }
}

/// <summary>A personal code for a discount.</summary>
/// <param name="Percent">In percent, or <see langword="null"/> for an amount.</param>
/// <param name="Amount">In the business's currency, or <see langword="null"/> for a percentage.</param>
public sealed record PersonalCode(string Code, ProfileId Owner, decimal? Percent, decimal? Amount, DateTimeOffset ValidUntil, DateTimeOffset? RedeemedAt)
    : Fact
{
    /// <summary>The discount in words, in the business's language.</summary>
    public string Discount(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Amount is { } amount
            ? Speech.Money(amount, settings.Currency, settings.Languages[0])
            : $"{Speech.Number(Percent ?? 0, settings.Languages[0])} %";
    }

    /// <summary>Whether it can be redeemed.</summary>
    public bool IsGood(DateTimeOffset now) => RedeemedAt is null && now < ValidUntil;
}
