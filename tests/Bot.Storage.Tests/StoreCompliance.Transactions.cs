using Bot.Core.Turns;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

public abstract partial class StoreCompliance
{
    [Fact]
    public void An_input_is_new_once()
    {
        Assert.True(InTransaction(transaction => transaction.TryAddKey("telegram:1:1", Some.Noon)));
        Assert.False(InTransaction(transaction => transaction.TryAddKey("telegram:1:1", Some.Noon)));
        Reopen();
        Assert.False(InTransaction(transaction => transaction.TryAddKey("telegram:1:1", Some.Noon)));
        Assert.True(InTransaction(transaction => transaction.TryAddKey("telegram:1:0", Some.Noon)));
    }

    [Fact]
    public void A_key_counts_only_if_its_transaction_was_committed()
    {
        using (var transaction = Store.Begin())
        {
            Assert.True(transaction.TryAddKey("telegram:1:1", Some.Noon));
            Assert.False(transaction.TryAddKey("telegram:1:1", Some.Noon));
        }

        Assert.True(InTransaction(transaction => transaction.TryAddKey("telegram:1:1", Some.Noon)));
    }

    [Fact]
    public void What_is_rolled_back_to_the_savepoint_leaves_the_rest_of_the_group()
    {
        InTransaction(transaction =>
        {
            for (var customer = 0; customer < 3; customer++)
            {
                transaction.TryAddKey($"key:{customer}", Some.Noon);
                transaction.Savepoint();
                transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(Store, customer), Some.Say()), Some.Noon);
                if (customer == 1)
                {
                    transaction.RollbackToSavepoint();
                    transaction.SetAside(Some.Message(), "InvalidOperationException", Some.Noon);
                }

                transaction.Release();
            }

            return 0;
        });

        Assert.Equal(2, Count("profiles"));
        Assert.Equal(2, Store.Pending(default, 10).Count);
        Assert.Equal(1, Count("aside"));
        Assert.False(InTransaction(transaction => transaction.TryAddKey("key:1", Some.Noon)));
    }

    [Fact]
    public void A_constraint_that_fires_leaves_the_group_usable()
    {
        InTransaction(transaction =>
        {
            transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(Store)), Some.Noon);
            transaction.Savepoint();

            var thrown = Assert.Throws<StoreException>(() =>
                transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(Store)), Some.Noon));

            Assert.Equal(StoreFault.Constraint, thrown.Fault);
            transaction.RollbackToSavepoint();
            transaction.Apply(transaction.Load(Some.Address()), Some.Outcome(transaction.Load(Some.Address()), Some.Say()), Some.Noon);
            transaction.Release();
            return 0;
        });

        Assert.Equal(1, Count("profiles"));
        Assert.Single(Store.Pending(default, 10));
    }

    [Fact]
    public void A_group_of_a_hundred_is_committed_whole_or_not_at_all()
    {
        void Group(bool commit)
        {
            using var transaction = Store.Begin();
            for (var customer = 0; customer < 100; customer++)
            {
                transaction.TryAddKey($"key:{customer}", Some.Noon);
                transaction.Savepoint();
                transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(Store, customer), Some.Say()), Some.Noon);
                transaction.Release();
            }

            if (commit)
            {
                transaction.Commit();
            }
        }

        Group(commit: false);
        Assert.Equal((0, 0, 0), (Count("inbox"), Count("profiles"), Count("outbox")));

        Group(commit: true);
        Assert.Equal((100, 100, 100), (Count("inbox"), Count("profiles"), Count("outbox")));
    }

    [Fact]
    public void The_second_input_of_a_customer_sees_what_the_first_of_the_group_wrote()
    {
        InTransaction(transaction =>
        {
            var customer = Some.NewCustomer(Store);
            transaction.Apply(transaction.Load(Some.Address()), Some.Outcome(customer), Some.Noon);

            Assert.Equal(customer.Profile!.Id, transaction.Load(Some.Address()).Profile!.Id);
            return 0;
        });
    }

    [Fact]
    public void New_ids_are_higher_than_all_stored_even_if_the_clock_went_back()
    {
        var before = ApplyNew(Some.Say());
        var highest = Store.Pending(default, 1)[0].Id.Value;
        Clock.Now -= TimeSpan.FromDays(1);
        Reopen();

        Assert.True(highest > before.Chat!.Id.Value);
        Assert.True(Store.Ids.Next() > highest);
    }

    [Fact]
    public void An_input_that_was_in_hand_at_two_ends_of_the_process_is_deadly_until_it_is_dealt_with()
    {
        Store.TakeInHand("b");
        Store.PutDown();
        Store.TakeInHand("a");
        Reopen();
        Assert.False(Store.IsDeadly("a"));
        Store.TakeInHand("a");
        Reopen();
        Assert.True(Store.IsDeadly("a"));
        Assert.False(Store.IsDeadly("b"));

        InTransaction(transaction => transaction.TryAddKey("a", Some.Noon));

        Assert.False(Store.IsDeadly("a"));
        Assert.Equal(0, Count("attempts"));
        Reopen();
        Assert.False(Store.IsDeadly("a"));
    }

    [Fact]
    public void An_end_is_clean_only_if_the_bot_said_so()
    {
        Assert.True(Store.PreviousEndWasClean);

        Store.MarkRunning();
        Reopen();
        Assert.False(Store.PreviousEndWasClean);

        Store.MarkRunning();
        Store.MarkClean();
        Reopen();
        Assert.True(Store.PreviousEndWasClean);
    }

    [Fact]
    public void Single_facts_are_kept()
    {
        Assert.Null(Store.ReadMeta("bot"));
        InTransaction(transaction =>
        {
            transaction.SetMeta("bot", "1000");
            transaction.SetMeta("bot", "1001");
            return 0;
        });
        Reopen();

        Assert.Equal("1001", Store.ReadMeta("bot"));
    }

    [Fact]
    public void Keys_are_forgotten_after_three_days_and_not_before()
    {
        InTransaction(transaction =>
        {
            for (var n = 0; n < 1_200; n++)
            {
                transaction.TryAddKey($"key:{n}", n % 2 == 0 ? Some.Noon.AddHours(-73) : Some.Noon.AddHours(-71));
            }

            return 0;
        });

        Tidy();

        Assert.Equal(600, Count("inbox"));
        Assert.False(InTransaction(transaction => transaction.TryAddKey("key:1", Some.Noon)));
        Assert.True(InTransaction(transaction => transaction.TryAddKey("key:2", Some.Noon)));
    }

    [Fact]
    public void What_was_set_aside_loses_its_input_after_thirty_days()
    {
        InTransaction(transaction =>
        {
            transaction.SetAside(Some.Message("old"), "Boom", Some.Noon.AddDays(-31));
            transaction.SetAside(Some.Message("new"), "Boom", Some.Noon.AddDays(-29));
            return 0;
        });

        Tidy();

        Assert.Equal("old", Scalar("SELECT key FROM aside WHERE input IS NULL"));
        Assert.Equal("new", Scalar("SELECT key FROM aside WHERE input IS NOT NULL"));
    }

    private void Tidy()
    {
        var steps = 0;
        while (Store.Tidy(Some.Noon))
        {
            Assert.True(++steps < 100);
        }
    }
}
