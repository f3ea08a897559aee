namespace Bot.Core.Surveys;

/// <summary>How ready customers are to recommend the business, by their scores from 0 to 10.</summary>
/// <param name="Promoters">9 and 10.</param>
/// <param name="Passives">7 and 8.</param>
/// <param name="Detractors">0 to 6.</param>
public readonly record struct Nps(long Promoters, long Passives, long Detractors)
{
    /// <summary>The event of a score; recorded by <c>dialogs/nps.yaml</c>.</summary>
    public const string Scored = "nps.scored";

    /// <summary>The name of the score with it.</summary>
    public const string Score = "score";

    /// <summary>The name of the visit with it.</summary>
    public const string Visit = "booking";

    /// <summary>The event of what the customer said to it.</summary>
    public const string Words = "nps.words";

    /// <summary>The name of the words with it.</summary>
    public const string Text = "text";

    /// <summary>Of fewer answers nothing can be told: with nine the margin is wider than most scales of NPS.</summary>
    public const int Least = 10;

    private const int Best = 10;
    private const int Promoter = 9;
    private const int Passive = 7;

    /// <summary>Of the normal distribution, for 95 of 100 cases.</summary>
    private const double Deviations = 1.96;

    /// <summary>How many answers there are.</summary>
    public long Count => Promoters + Passives + Detractors;

    /// <summary>Promoters less detractors, in percent of all: -100 to 100; <see langword="null"/> if there are too few answers to tell.</summary>
    public int? Value => Count >= Least ? (int)Math.Round(100m * (Promoters - Detractors) / Count, MidpointRounding.AwayFromZero) : null;

    /// <summary>
    /// Within how many points either way the value of all customers lies in 95 of 100 cases, taken from the spread of the answers;
    /// <see langword="null"/> if there are too few.
    /// </summary>
    public int? Margin
    {
        get
        {
            if (Count < Least)
            {
                return null;
            }

            var mean = (double)(Promoters - Detractors) / Count;
            var spread = ((double)(Promoters + Detractors) / Count) - (mean * mean);
            return (int)Math.Round(100 * Deviations * Math.Sqrt(Math.Max(0, spread) / Count), MidpointRounding.AwayFromZero);
        }
    }

    /// <summary>The scores counted; what lies outside of the scale is none.</summary>
    public static Nps Of(IEnumerable<decimal> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return scores.Aggregate(default(Nps), (sum, score) => sum.And(score));
    }

    private Nps And(decimal score) => score switch
    {
        < 0 or > Best => this,
        >= Promoter => this with { Promoters = Promoters + 1 },
        >= Passive => this with { Passives = Passives + 1 },
        _ => this with { Detractors = Detractors + 1 },
    };
}
