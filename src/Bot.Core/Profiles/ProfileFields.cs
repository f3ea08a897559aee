using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Profiles;

/// <summary>The fields that every profile may have; a business adds its own under <c>fields:</c> in <c>settings.yaml</c>.</summary>
public static class ProfileFields
{
    public const string Name = "name";
    public const string Phone = "phone";
    public const string Email = "email";
    public const string Birthday = "birthday";
    public const string City = "city";

    /// <summary>What the person calls themself in Telegram, without <c>@</c>: as it was last seen, for it can be changed and given up.</summary>
    public const string Telegram = "telegram";

    /// <summary>True when the phone came by the channel's own contact button from its owner.</summary>
    public const string PhoneVerified = "phone-verified";

    /// <summary>The built-in fields and what they hold.</summary>
    public static readonly ImmutableDictionary<string, ValueKind> BuiltIn = new Dictionary<string, ValueKind>
    {
        [Name] = ValueKind.Text,
        [Phone] = ValueKind.Text,
        [Email] = ValueKind.Text,
        [Birthday] = ValueKind.Date,
        [City] = ValueKind.Text,
        [Telegram] = ValueKind.Text,
        [PhoneVerified] = ValueKind.Boolean,
    }.ToImmutableDictionary();
}
