using Bot.Core.Ids;
using Bot.Core.Turns;

namespace Bot.Core.Cases;

/// <summary>Something about a customer that staff should see to, and that is open.</summary>
/// <param name="Due">By when it should be solved.</param>
/// <param name="Score">The latest that the customer gave.</param>
public sealed record Case(CaseId Id, string Kind, DateTimeOffset OpenedAt, DateTimeOffset Due, decimal? Score) : Fact;
