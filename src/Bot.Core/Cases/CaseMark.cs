namespace Bot.Core.Cases;

/// <summary>What staff did about a case. The numbers are stored and must never change.</summary>
public enum CaseMark
{
    /// <summary>Somebody called the customer.</summary>
    Called = 1,

    /// <summary>Somebody wrote back.</summary>
    WrittenBack = 2,

    /// <summary>It is over.</summary>
    Solved = 3,
}

/// <summary>The kinds of cases. One customer has at most one open case of a kind: what comes meanwhile joins it.</summary>
public static class CaseKind
{
    /// <summary>A customer is not content.</summary>
    public const string Feedback = "feedback";
}
