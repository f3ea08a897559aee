using Bot.Core.Ids;

namespace Bot.Core.Broadcasts;

/// <summary>
/// Who gets which variant of an experiment. It is drawn by the experiment's name and the customer alone, so that the same customer draws the
/// same lot in every broadcast of it, whoever else is among the recipients.
/// </summary>
public static class Arms
{
    /// <summary>Stored for a customer who is held out.</summary>
    public const int HeldOut = -1;

    /// <summary>The customer's lot in an experiment: a number from 0 to below 1, the same for ever.</summary>
    public static double Lot(string experiment, ProfileId profile)
    {
        ArgumentNullException.ThrowIfNull(experiment);

        // FNV-1a over the name, then the finalizer of splitmix64: https://prng.di.unimi.it/splitmix64.c
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var letter in experiment)
        {
            hash = (hash ^ letter) * 1_099_511_628_211UL;
        }

        hash += (ulong)profile.Value * 0x9E37_79B9_7F4A_7C15UL;
        hash = (hash ^ (hash >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D0_49BB_1331_11EBUL;
        hash ^= hash >> 31;
        return (hash >> 11) / (double)(1UL << 53);
    }

    /// <summary>The arm that a lot draws: <see cref="HeldOut"/>, a variant's number, or <see langword="null"/> to wait for the winner.</summary>
    /// <param name="sample">The share of each variant.</param>
    public static int? Draw(double lot, int variants, decimal sample, decimal holdOut)
    {
        if (lot < (double)holdOut)
        {
            return HeldOut;
        }

        var arm = sample == 0 ? variants : (lot - (double)holdOut) / (double)sample;
        return arm < variants ? (int)arm : null;
    }
}
