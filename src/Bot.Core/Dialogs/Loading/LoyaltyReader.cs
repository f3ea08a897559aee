using System.Collections.Immutable;
using Bot.Core.Loyalty;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads loyalty.yaml: what purchases earn, and what points are good for.</summary>
internal sealed class LoyaltyReader(YamlNode.Map root, FileReader file)
{
    private const decimal HighestFrom = 1_000_000_000;
    private const int MostTiers = 10;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_650);
    private static readonly TimeSpan LongestPending = TimeSpan.FromDays(90);

    /// <summary>The rules, or <see langword="null"/> with a fault.</summary>
    public LoyaltyRules? Rules()
    {
        file.Map(root, Keys.Loyalty, "loyalty.yaml");
        var tiers = Tiers();
        var window = Length("window", TimeSpan.FromDays(365), Day, Longest);
        var expires = Length("expires", TimeSpan.FromDays(365), Day, Longest);
        var warning = Length("warning", TimeSpan.FromDays(14), TimeSpan.Zero, Longest);
        var pending = Length("pending", TimeSpan.Zero, TimeSpan.Zero, LongestPending);
        var redeem = root["redeem"] is { } node ? Percent(node, "`redeem:`") : 30;
        if (warning >= expires && root["warning"] is { } late)
        {
            file.Faults.Add(late, "`warning:` is shorter than `expires:`: nobody can be warned before there is anything to lose.");
        }

        return tiers.IsEmpty || redeem is not { } cap ? null : new LoyaltyRules(tiers, window, cap, expires, warning, pending);
    }

    private ImmutableArray<Tier> Tiers()
    {
        if (root["tiers"] is not { } node)
        {
            file.Faults.Add(root, "`tiers:` is missing. Add it with at least one tier, for example `base: { name: { ru: Базовый, en: Base }, rate: 5 }` below it.");
            return [];
        }

        var pairs = file.Map(node, "`tiers:`")?.Pairs ?? [];
        var tiers = ImmutableArray.CreateBuilder<Tier>();
        foreach (var (key, value) in pairs)
        {
            if (file.Id(key, "the name of a tier") is { } id && file.Map(value, Keys.Tier, "A tier") is { } map && Tier(id, map, tiers) is { } tier)
            {
                tiers.Add(tier);
            }
        }

        if (pairs is { IsEmpty: true } || pairs.Length > MostTiers)
        {
            file.Faults.Add(node, $"There are 1 to {MostTiers} tiers.");
        }

        return tiers.Count == pairs.Length ? tiers.ToImmutable() : [];
    }

    private Tier? Tier(string id, YamlNode.Map map, ImmutableArray<Tier>.Builder below)
    {
        var name = Needed(map, "name", "name: { ru: ..., en: ... }") is { } text ? file.Text(text, file.Around.Vocabulary, TextUse.TierName) : null;
        var rate = Needed(map, "rate", "rate: 5") is { } number ? Percent(number, "`rate:`") : null;
        if (below.Count == 0)
        {
            if (map["from"] is { } needless)
            {
                file.Faults.Add(needless, "Everybody has the first tier. Take `from:` away.");
            }

            return name is null || rate is null ? null : new Tier(id, name, 0, rate.Value);
        }

        if (Needed(map, "from", "from: 30000") is not { } fromNode || file.Number(fromNode) is not { } from)
        {
            return null;
        }

        if (from <= below[^1].From || from > HighestFrom || decimal.Round(from, 2) != from)
        {
            file.Faults.Add(fromNode, $"`from:` is more than that of the tier above it in the file ({below[^1].From:0.##}), at most {HighestFrom:0}, with at most two decimals.");
            return null;
        }

        return name is null || rate is null ? null : new Tier(id, name, from, rate.Value);
    }

    private decimal? Percent(YamlNode node, string what)
    {
        if (file.Number(node) is not { } number)
        {
            return null;
        }

        if (number is >= 0 and <= 100)
        {
            return number;
        }

        file.Faults.Add(node, $"{what} is a number from 0 to 100, for each 100 of the currency.");
        return null;
    }

    private TimeSpan Length(string key, TimeSpan usual, TimeSpan least, TimeSpan most) =>
        root[key] is { } node ? file.Duration(node, $"`{key}:`", least, most) ?? usual : usual;

    private YamlNode? Needed(YamlNode.Map map, string key, string example)
    {
        if (map[key] is { } node)
        {
            return node;
        }

        file.Faults.Add(map, $"`{key}:` is missing. Add it, for example `{example}`.");
        return null;
    }
}
