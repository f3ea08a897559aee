using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Turns;
using Bot.Storage.Segments;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Storage.Tests.Segments;

/// <summary>A condition means the same for one customer in memory and for all of them in the database.</summary>
public sealed class SegmentAgreementTests : SqliteTest
{
    private const int Customers = 200;
    private const int Generated = 200;

    private static readonly SweepScope Everybody = new("any", null, "Europe/Moscow", IsBusinessZone: true);

    private readonly Dictionary<ProfileId, Known> _known = [];

    [Fact]
    public void The_database_finds_exactly_those_for_whom_the_condition_holds_in_memory()
    {
        using var store = Open();
        Settle(store, seed: 20261121);
        var telling = 0;
        foreach (var source in Conditions.OfEachKind)
        {
            var numbers = Population.Nows.Select(now => Agrees(store, source, now)).ToList();
            telling += numbers.Exists(number => number is > 0 and < Customers) ? 1 : 0;
        }

        // A population on which nearly every condition is alike for all would prove nothing.
        Assert.InRange(telling, Conditions.OfEachKind.Length * 8 / 10, Conditions.OfEachKind.Length);
        Prop.ForAll(Conditions.Any.ToArbitrary(), Gen.Elements(Population.Nows.ToArray()).ToArbitrary(), (source, now) => Agrees(store, source, now) >= 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Generated));
    }

    /// <summary>Compares the whole population, and answers for how many the condition holds.</summary>
    private int Agrees(Store store, string source, DateTimeOffset now)
    {
        var condition = Conditions.Parse(source);
        using var transaction = store.Begin();
        var inMemory = _known.Values.Where(known => known.Holds(condition, now, transaction)).Select(known => known.Profile).ToHashSet();
        var reachable = store.Segments.Page(condition, Conditions.Content.Settings, now, Everybody, new ProfileId(0), Customers + 1).Matches
            .Select(match => match.Profile).ToHashSet();
        var different = _known.Values.Where(known => known.IsReachable && inMemory.Contains(known.Profile) != reachable.Contains(known.Profile)).ToList();
        Assert.True(different.Count == 0, $"`{source}` at {now:O}: {different.Count} differ, such as {different.FirstOrDefault()?.Profile}");
        Assert.Equal(inMemory.Count, store.Segments.Count(condition, Conditions.Content.Settings, now));
        return inMemory.Count;
    }

    private void Settle(Store store, int seed)
    {
        var population = new Population(store, seed);
        for (var i = 0; i < Customers; i++)
        {
            var address = population.Add();
            using var transaction = store.Begin();
            var known = new Known(transaction.Load(address));
            _known.Add(known.Profile, known);
        }
    }

    /// <summary>A customer as a turn sees them.</summary>
    private sealed record Known(Snapshot Snapshot)
    {
        private Facts _facts = Facts.None;

        public ProfileId Profile => Snapshot.Profile!.Id;

        public bool IsReachable => Snapshot.Chat!.BlockedAt is null;

        public bool Holds(Expression condition, DateTimeOffset now, WriteTransaction transaction)
        {
            var language = Conditions.Content.Settings.Languages.Contains(Snapshot.Chat!.Language) ? Snapshot.Chat.Language : "ru";
            while (true)
            {
                var scope = new Scope(Conditions.Content, Snapshot, ImmutableDictionary<string, Value>.Empty, _facts, language, now);
                var holds = condition.Holds(scope);
                if (scope.Missing.Count == 0)
                {
                    return holds;
                }

                _facts = new Facts(_facts.Answers.SetItems(scope.Missing.Distinct()
                    .Select(query => KeyValuePair.Create(query, transaction.Answer(query, Profile, now)))));
            }
        }
    }
}
