using Bot.Core.Ids;

namespace Bot.Core.Profiles;

/// <summary>By what another program knows a customer.</summary>
public abstract record CustomerMark
{
    private CustomerMark()
    {
    }

    /// <summary>The id here.</summary>
    public sealed record ById(ProfileId Profile) : CustomerMark;

    /// <param name="Phone">In E.164.</param>
    public sealed record ByPhone(string Phone) : CustomerMark;

    public sealed record ByEmail(string Email) : CustomerMark;

    /// <summary>The card that is shown at the desk.</summary>
    /// <param name="Code">As <see cref="Loyalty.Card.Read"/> gives it.</param>
    public sealed record ByCard(string Code) : CustomerMark;
}
