using Bot.Core.Ids;
using Bot.Storage.Admin;
using Bot.Storage.Bookings;
using Bot.Storage.Broadcasts;
using Bot.Storage.Cases;
using Bot.Storage.Inputs;
using Bot.Storage.Lists;
using Bot.Storage.Messages;
using Bot.Storage.Sqlite;
using Bot.Storage.Talks;
using Bot.Storage.Timers;
using Bot.Storage.Turns;
using Bot.Storage.Web;
using Bot.Storage.Webhooks;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Bot.Storage;

/// <summary>The one connection that writes, with the statements prepared on it.</summary>
internal sealed class WriteStatements : IDisposable
{
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _savepoint;
    private readonly Statement _rollbackToSavepoint;
    private readonly Statement _release;

    public WriteStatements(SqliteConnection connection, IdSource ids)
    {
        Connection = connection;
        _begin = new Statement(connection, "BEGIN IMMEDIATE");
        _commit = new Statement(connection, "COMMIT");
        _rollback = new Statement(connection, "ROLLBACK");
        _savepoint = new Statement(connection, "SAVEPOINT turn");
        _rollbackToSavepoint = new Statement(connection, "ROLLBACK TO turn");
        _release = new Statement(connection, "RELEASE turn");
        Snapshots = new SnapshotReader(connection);
        Outbox = new OutboxWriter(connection);
        Timers = new TimerWriter(connection);
        Admin = new AdminWriter(connection, ids);
        Staff = new StaffWriter(connection, ids);
        Broadcasts = new BroadcastWriter(connection, ids);
        Talks = new TalkWriter(connection);
        Lists = new ListWriter(connection, ids);
        Cases = new CaseWriter(connection, ids);
        Outcomes = new OutcomeWriter(connection, ids, Outbox, Timers, Admin, Broadcasts, Lists, Snapshots, Cases, Talks);
        Inputs = new InputWriter(connection, ids);
        Facts = new FactWriter(connection);
        Web = new WebWriter(connection, ids);
        BookingChats = new BookingChats(connection);
        Webhooks = new WebhookWriter(connection, ids);
    }

    public SqliteConnection Connection { get; }

    public SnapshotReader Snapshots { get; }

    public OutcomeWriter Outcomes { get; }

    public OutboxWriter Outbox { get; }

    public TimerWriter Timers { get; }

    public AdminWriter Admin { get; }

    public StaffWriter Staff { get; }

    public BroadcastWriter Broadcasts { get; }

    public TalkWriter Talks { get; }

    public ListWriter Lists { get; }

    public CaseWriter Cases { get; }

    public InputWriter Inputs { get; }

    public FactWriter Facts { get; }

    public WebWriter Web { get; }

    public BookingChats BookingChats { get; }

    public WebhookWriter Webhooks { get; }

    public void Begin() => _begin.Run();

    public void Commit()
    {
        _commit.Run();
        Admin.Forget();
        Broadcasts.Forget();
    }

    public void Rollback()
    {
        Staff.Forget();
        Admin.Forget();
        Broadcasts.Forget();

        // A full disk makes SQLite roll back by itself.
        if (raw.sqlite3_get_autocommit(Connection.Handle) == 0)
        {
            _rollback.Run();
        }
    }

    public void Savepoint() => _savepoint.Run();

    public void RollbackToSavepoint()
    {
        Staff.Forget();
        _rollbackToSavepoint.Run();
    }

    public void Release() => _release.Run();

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_begin, _commit, _rollback, _savepoint, _rollbackToSavepoint, _release])
        {
            statement.Dispose();
        }

        Snapshots.Dispose();
        Outcomes.Dispose();
        Outbox.Dispose();
        Timers.Dispose();
        Inputs.Dispose();
        Facts.Dispose();
        Web.Dispose();
        BookingChats.Dispose();
        Admin.Dispose();
        Staff.Dispose();
        Broadcasts.Dispose();
        Talks.Dispose();
        Lists.Dispose();
        Cases.Dispose();
        Webhooks.Dispose();
        Connection.Dispose();
    }
}
