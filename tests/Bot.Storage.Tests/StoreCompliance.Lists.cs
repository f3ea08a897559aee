using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Lists;
using Bot.Core.Profiles;
using Bot.Core.Purchases;
using Bot.Core.Turns;
using Bot.Storage.Lists;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

public abstract partial class StoreCompliance
{
    private static readonly ChatAddress Place = new(ChatAddress.Staff, 0, 77);

    [Fact]
    public void A_row_is_about_whom_its_id_names_else_its_phone_else_its_email()
    {
        var anna = Brought(1, ("phone", "+79991234567"), ("email", "anna@example.com"));
        var boris = Brought(2, ("phone", "+79990000000"));

        Assert.Equal(boris, Recognised(Row(("phone", "+79991234567")) with { Customer = boris }));
        Assert.Equal(anna, Recognised(Row(("phone", "+79991234567")) with { Customer = new ProfileId(5) }));
        Assert.Equal(anna, Recognised(Row(("phone", "+79991230000"), ("email", "ANNA@example.com"))));
        Assert.Null(Recognised(Row(("phone", "+19991234567"))));
        Assert.Null(Recognised(Row(("name", "Анна"))));
    }

    [Fact]
    public void Of_two_with_one_phone_the_row_is_about_whose_it_is_for_certain()
    {
        Brought(1, ("phone", "+79991234567"));
        var certain = Apply(_ =>
        {
            var customer = Some.NewCustomer(Store);
            return customer with
            {
                Profile = customer.Profile! with
                {
                    Fields = customer.Profile.Fields.Add("phone", new Value.Text("+79991234567")).Add("phone-verified", new Value.Boolean(true)),
                },
            };
        });

        Assert.Equal(certain.Profile!.Id, Recognised(Row(("phone", "+79991234567"))));
    }

    [Fact]
    public void Who_was_brought_in_is_found_by_phone_until_they_have_a_chat_of_their_own()
    {
        var brought = Brought(77, ("phone", "+79991234567"));
        var own = ApplyNew();

        Assert.Equal(brought, BroughtIn("+79991234567", own.Profile!.Id)!.Profile.Id);
        Assert.Null(BroughtIn("+79991234567", brought));
        Assert.Null(BroughtIn("+79990000000", own.Profile.Id));
        InTransaction(transaction =>
        {
            var (profile, chat) = (transaction.Load(Place).Profile!, new Chat(new ChatId(Store.Ids.Next()), brought, Some.Address(9), "ru"));
            return transaction.Apply(new Snapshot(profile, null, null), Some.Outcome(new Snapshot(profile, chat, null)), Some.Noon);
        });
        Assert.Null(BroughtIn("+79991234567", own.Profile.Id));
    }

    [Fact]
    public void Both_ids_of_one_person_lead_to_the_one_profile_and_nothing_of_the_other_is_lost()
    {
        var brought = Brought(77, ("phone", "+79991234567"));
        InTransaction(transaction =>
        {
            var before = transaction.Load(Place);
            return transaction.Apply(before, Some.Outcome(before, new Effect.AddPurchase(new Purchase("p1", 300)), new Effect.AddNote(501, "корица"),
                new Effect.Record("purchase", []), new Effect.IssueCode("CODE1", 10, null, Some.Noon, "x")), Some.Noon);
        });
        var survivor = ApplyNew().Profile!.Id;

        Apply(before => before, new Effect.TakeOver(brought));

        InTransaction(transaction =>
        {
            Assert.Equal(survivor, transaction.Lists.Recognise(Row() with { Customer = brought }));
            Assert.Equal(Some.Address(), transaction.Staff.ChatOf(brought));
            Assert.Equal(survivor, transaction.Load(Place).Profile!.Id);
            Assert.Equal(new Value.Number(300), transaction.Answer(new Query.PurchaseSum(DateTimeOffset.UnixEpoch), survivor, Some.Noon));
            Assert.Equal(new Value.Number(1), transaction.Answer(new Query.EventCount("purchase", Some.Noon), survivor, Some.Noon));
            Assert.Equal(new Value.Boolean(true), transaction.Answer(new Query.HasNote("корица"), survivor, Some.Noon));
            var export = ((Value.Text)transaction.Answer(new Query.Export(), survivor, Some.Noon)!).Content;
            Assert.Contains("корица", export, StringComparison.Ordinal);
            Assert.Contains("CODE1", export, StringComparison.Ordinal);
            Assert.Contains($"\"id\": \"{brought.Value}\"", export, StringComparison.Ordinal);
            return true;
        });
        Assert.Equal(0, Count($"profile_fields WHERE profile_id = {brought.Value}"));
        Assert.Equal(1, Store.Segments.Count(Expression.Parse("true", Vocabulary.Empty).Result!, Settings, Some.Noon));
    }

    [Fact]
    public void A_list_is_taken_in_once_and_what_became_of_its_rows_is_counted()
    {
        var id = InTransaction(transaction => transaction.Lists.AddImport(501, "import.csv", "abc", Some.Noon));
        Assert.True(InTransaction(transaction => transaction.Lists.TryMove(id, ListImportState.Shown, ListImportState.Begun)));
        Assert.False(InTransaction(transaction => transaction.Lists.TryMove(id, ListImportState.Shown, ListImportState.Begun)));
        InTransaction(transaction =>
        {
            foreach (var result in (ImportResult[])[ImportResult.Added, ImportResult.Changed, ImportResult.Added, ImportResult.Same, ImportResult.Refused])
            {
                transaction.Lists.Count(id, result);
            }

            transaction.Lists.Advance(id, 51);
            return true;
        });
        Reopen();

        Assert.Equal(new ListImport(id, 501, "import.csv", "abc", 51, ListImportState.Begun, 2, 1, 1, 1), Assert.Single(InTransaction(transaction => transaction.Lists.Begun())));
        Assert.True(InTransaction(transaction => transaction.Lists.WasTakenIn("abc", id + 1)));
        Assert.False(InTransaction(transaction => transaction.Lists.WasTakenIn("abc", id)));
    }

    [Fact]
    public void What_was_asked_for_is_confirmed_once()
    {
        var id = InTransaction(transaction => transaction.Lists.AddExport("city = \"Казань\"", Some.Noon));

        Assert.Equal("city = \"Казань\"", InTransaction(transaction => transaction.Lists.TakeExport(id)));
        Assert.Null(InTransaction(transaction => transaction.Lists.TakeExport(id)));
    }

    private static Bot.Core.Dialogs.Settings Settings => new(new Bot.Core.Dialogs.Business("Дом", "+7", null, null, null), TimeZoneInfo.Utc, "RUB", ["ru"],
        ImmutableSortedDictionary<string, Bot.Core.Dialogs.Magnet>.Empty, [], ImmutableSortedDictionary<string, Bot.Core.Dialogs.Text>.Empty, null, TimeSpan.Zero,
        TimeSpan.Zero, ImmutableSortedDictionary<string, ValueKind>.Empty);

    private static ListRow Row(params (string Name, string Text)[] fields) => new(
        2, null, fields.ToImmutableDictionary(field => field.Name, Value (field) => new Value.Text(field.Text)), [], null);

    private ProfileId Brought(long place, params (string Name, string Text)[] fields) => InTransaction(transaction =>
    {
        var profile = Profile.New(new ProfileId(Store.Ids.Next()), Some.Noon) with { Fields = Row(fields).Fields };
        var chat = new Chat(new ChatId(Store.Ids.Next()), profile.Id, Place with { Address = place }, "ru", Some.Noon);
        transaction.Apply(Snapshot.None, Some.Outcome(new Snapshot(profile, chat, null)), Some.Noon);
        return profile.Id;
    });

    private ProfileId? Recognised(ListRow row) => InTransaction(transaction => transaction.Lists.Recognise(row));

    private OtherProfile? BroughtIn(string phone, ProfileId asking) =>
        InTransaction(transaction => (OtherProfile?)transaction.Answer(new Query.BroughtIn(phone), asking, Some.Noon));
}
