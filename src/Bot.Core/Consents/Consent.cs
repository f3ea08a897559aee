using Bot.Core.Ids;

namespace Bot.Core.Consents;

/// <summary>What a consent is for.</summary>
public static class Purpose
{
    /// <summary>Storing the customer's name and contact. Without it neither is kept.</summary>
    public const string PersonalData = "personal-data";

    /// <summary>Messages that the customer did not ask for.</summary>
    public const string Marketing = "marketing";
}

/// <summary>A consent that was given in a chat's channel and not withdrawn since.</summary>
public readonly record struct ConsentInForce(string Purpose, ChatId Chat);

/// <summary>
/// What exactly the customer agreed to: the text and the button's label as written in the dialog, in the language shown, with the
/// business's own values put in and the customer's left out. Kept once, by hash.
/// </summary>
/// <param name="Hash">SHA-256 of language, text and label, in lower-case hex.</param>
public sealed record Wording(string Hash, string Language, string Text, string Label);
