using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Turns;
using Bot.Storage.Tests.Support;
using Bot.Storage.Web;

namespace Bot.Storage.Tests;

public abstract partial class StoreCompliance
{
    [Fact]
    public void A_browser_is_known_by_the_hash_of_its_secret()
    {
        var session = Session("aa");
        Reopen();

        Assert.Equal(session, Store.Web.FindSession("aa"));
        Assert.Null(Store.Web.FindSession("bb"));
    }

    [Fact]
    public void The_web_log_is_read_in_the_order_in_which_it_was_written_from_any_line_on()
    {
        var session = Session();
        Say(session, "1", "/start");
        var greeting = Answer(session, 70, BodiesByName["document and buttons"]);
        Say(session, "2", "Да");

        var all = Store.Web.Latest(session, 100);

        Assert.Equal(["/start", null, "Да"], all.Select(message => message.Text));
        Assert.Equal(["1", null, "2"], all.Select(message => message.ClientId));
        Assert.Equivalent(BodiesByName["document and buttons"], all[1].Body, strict: true);
        Assert.Equal(greeting, all[1].Id);
        Assert.Equal(all[2], Assert.Single(Store.Web.After(session, all[1].Id, 100)));
        Assert.Equal(all[2], Assert.Single(Store.Web.Latest(session, 1)));
        Assert.Equal(all[0], Assert.Single(Store.Web.After(session, 0, 1)));
    }

    [Fact]
    public void What_is_said_again_under_the_same_id_is_in_the_web_log_once()
    {
        var session = Session("aa");
        Say(session, "1", "раз");
        Say(session, "1", "раз");
        Say(Session("bb"), "1", "другой");
        var first = Answer(session, 70);

        Assert.Equal(first, Answer(session, 70));
        Assert.Equal(2, Store.Web.Latest(session, 100).Length);
    }

    [Fact]
    public void A_session_sees_and_changes_its_own_lines_only()
    {
        var (mine, other) = (Session("aa"), Session("bb"));
        var line = Answer(mine, 70)!.Value;

        InTransaction(transaction =>
        {
            transaction.Web.MarkUsed(other, line);
            return true;
        });

        Assert.Null(Store.Web.Find(other, line));
        Assert.Empty(Store.Web.Latest(other, 100));
        Assert.False(Store.Web.Find(mine, line)!.IsUsed);
    }

    [Fact]
    public void Spent_buttons_are_remembered()
    {
        var session = Session();
        var (first, second) = (Answer(session, 70)!.Value, Answer(session, 71)!.Value);

        InTransaction(transaction =>
        {
            transaction.Web.MarkUsed(session, second);
            return true;
        });

        Assert.Equal([second], Store.Web.Used(session, second, 100));
        Assert.Empty(Store.Web.Used(session, first, 100));
        Assert.True(Store.Web.Find(session, second)!.IsUsed);
    }

    [Fact]
    public void A_session_that_is_gone_takes_nothing_in()
    {
        var gone = new WebSessionId(4711);
        Say(gone, "1", "ау");

        Assert.Null(Answer(gone, 70));
        Assert.Equal(0, Count("web_messages"));
    }

    [Fact]
    public void Ids_stay_above_those_of_the_web_log()
    {
        var line = Answer(Session(), 70)!.Value;
        Reopen();
        Clock.Now -= TimeSpan.FromDays(1);

        Assert.True(Store.Ids.Next() > line);
    }

    [Fact]
    public void The_web_log_is_kept_ninety_days_and_deleted_in_pages()
    {
        var session = Session(at: Some.Noon);
        InTransaction(transaction =>
        {
            for (var message = 1; message <= 1_200; message++)
            {
                transaction.Web.AddAnswer(session, new OutboxId(message), new Body("x"), Some.Noon - TimeSpan.FromDays(91));
            }

            return true;
        });
        Answer(session, 2_000);

        Assert.True(Store.Tidy(Some.Noon));
        Assert.Equal(701, Count("web_messages"));
        Tidy();

        Assert.Equal(1, Count("web_messages"));
        Assert.Equal(session, Store.Web.FindSession("aa"));
    }

    [Fact]
    public void An_idle_session_is_kept_thirty_days_unless_its_customer_left_a_contact()
    {
        var old = Some.Noon - TimeSpan.FromDays(31);
        var (idle, known, back) = (Session("idle", old), Session("known", old), Session("back", old));
        foreach (var session in (WebSessionId[])[idle, known, back])
        {
            Say(session, "1", "привет");
        }

        InTransaction(transaction =>
        {
            transaction.Web.Touch(back, Some.Noon - TimeSpan.FromDays(29));
            transaction.Apply(Snapshot.None, Some.Outcome(WebCustomer(idle, ProfileFields.Name)), Some.Noon);
            transaction.Apply(Snapshot.None, Some.Outcome(WebCustomer(known, ProfileFields.Phone)), Some.Noon);
            return true;
        });

        Tidy();

        Assert.Null(Store.Web.FindSession("idle"));
        Assert.Equal(known, Store.Web.FindSession("known"));
        Assert.Equal(back, Store.Web.FindSession("back"));
        Assert.Equal(2, Count("web_messages"));
    }

    private WebSessionId Session(string hash = "aa", DateTimeOffset? at = null) =>
        InTransaction(transaction => transaction.Web.AddSession(hash, at ?? Some.Noon));

    private void Say(WebSessionId session, string id, string text) => InTransaction(transaction =>
    {
        transaction.Web.AddSaid(session, id, text, Some.Noon);
        return true;
    });

    private long? Answer(WebSessionId session, long message, Body? body = null) =>
        InTransaction(transaction => transaction.Web.AddAnswer(session, new OutboxId(message), body ?? new Body("x"), Some.Noon));

    private Snapshot WebCustomer(WebSessionId session, string field)
    {
        var customer = Some.NewCustomer(Store);
        return customer with
        {
            Profile = customer.Profile! with { Fields = ImmutableDictionary<string, Value>.Empty.Add(field, new Value.Text("x")) },
            Chat = customer.Chat! with { Address = new ChatAddress(ChatAddress.Web, 0, session.Value) },
        };
    }
}
