namespace Bot.Storage.Tests;

/// <summary>A restore into a place where something is.</summary>
public sealed partial class BackupTests
{
    [Fact]
    public void A_restore_overwrites_only_when_told_and_keeps_what_was_there()
    {
        using (var store = Open())
        {
            AddCustomer(store);
        }

        var path = Make().Path;
        Run(path);
        using (var store = Open(new StoreOptions(Target)))
        {
            AddCustomer(store, 2);
        }

        File.WriteAllText(Folder.File("target/dialogs/mine.yaml"), "mine");
        Assert.Contains("--force", Assert.Throws<StoreRefusedException>(() => Run(path)).Message, StringComparison.Ordinal);
        Assert.Equal(2, Count("profiles", "target/bot.db"));

        var kept = Run(path, force: true).KeptAside;

        Assert.Equal(1, Count("profiles", "target/bot.db"));
        Assert.Equal(2, Count("profiles", "target/bot.db.replaced-20261121T120000Z"));
        Assert.False(File.Exists(Folder.File("target/dialogs/mine.yaml")));
        Assert.True(File.Exists(Folder.File("target/dialogs.replaced-20261121T120000Z/mine.yaml")));
        Assert.Equal(2, kept.Count);
    }

    [Fact]
    public void A_log_whose_database_was_deleted_is_not_written_into_the_restored_one()
    {
        Open().Dispose();
        var path = Make().Path;
        using (var store = Open(new StoreOptions(Target)))
        {
            AddCustomer(store);
            store.TakeInHand("telegram:1:7");
            foreach (var part in (string[])["-wal", ".inhand"])
            {
                File.Copy(Target + part, Folder.File("kept" + part));
            }
        }

        File.Delete(Target);
        foreach (var part in (string[])["-wal", ".inhand"])
        {
            File.Move(Folder.File("kept" + part), Target + part, overwrite: true);
        }

        var kept = Run(path).KeptAside;

        Assert.Null(Store.Check(new StoreOptions(Target)));
        Assert.Equal(0, Count("profiles", "target/bot.db"));
        Assert.Equal([$"{Target}.replaced-20261121T120000Z-wal", $"{Target}.replaced-20261121T120000Z.inhand"], kept);
        using var restored = Open(new StoreOptions(Target));
        Assert.Equal(0, Count("attempts", "target/bot.db"));
    }

    [Fact]
    public void A_restore_that_fails_half_way_puts_everything_back()
    {
        using (var store = Open())
        {
            AddCustomer(store);
        }

        var path = Make().Path;
        using (var store = Open(new StoreOptions(Target)))
        {
            AddCustomer(store);
            AddCustomer(store, 2);
        }

        Directory.CreateDirectory(Folder.File("target/dialogs"));
        File.WriteAllText(Folder.File("target/dialogs/mine.yaml"), "mine");
        Directory.CreateDirectory(Target + ".replaced-20261121T120000Z/taken");

        Assert.Contains("cannot be replaced", Assert.Throws<StoreRefusedException>(() => Run(path, force: true)).Message,
            StringComparison.Ordinal);

        Assert.Equal(2, Count("profiles", "target/bot.db"));
        Assert.Equal(["mine.yaml"], Directory.GetFiles(Folder.File("target/dialogs")).Select(Path.GetFileName));
        Assert.False(Directory.Exists(Folder.File("target/dialogs.replaced-20261121T120000Z")));
        AssertNothingIsLeftOver();
    }
}
