using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Storage.Admin;
using Bot.Storage.Api;
using Bot.Storage.Bookings;
using Bot.Storage.Broadcasts;
using Bot.Storage.Inputs;
using Bot.Storage.Lists;
using Bot.Storage.Loyalty;
using Bot.Storage.Messages;
using Bot.Storage.Migrations;
using Bot.Storage.Segments;
using Bot.Storage.Sqlite;
using Bot.Storage.Talks;
using Bot.Storage.Timers;
using Bot.Storage.Web;
using Bot.Storage.Webhooks;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Bot.Storage;

/// <summary>
/// The database of a running bot, held under its lock. All that writes is for the writer's thread alone; what only reads may be called
/// from any thread.
/// </summary>
public sealed class Store : IDisposable
{
    /// <summary>Where <see cref="ReadMeta"/> has the moment, in milliseconds, at which this database was restored from a backup.</summary>
    public const string RestoredAt = "restored_at";

    /// <summary>
    /// Where <see cref="ReadMeta"/> has by how many milliseconds a demo moved the business's clock. Once it is there it stays: the dates beside
    /// it are not real.
    /// </summary>
    public const string ClockShift = "clock.shift";

    /// <summary>Where <see cref="ReadMeta"/> has the <see cref="Core.Webhooks.WebhookCursor"/>.</summary>
    public const string WebhookCursor = "webhooks.cursor";

    private const string End = "end";
    private const string Running = "running";
    private const string Clean = "clean";
    private const int MaxAttempts = 2;

    private readonly DatabaseLock _lock;
    private readonly WriteStatements _statements;
    private readonly SqliteConnection _readConnection;
    private readonly OutboxReader _outbox;
    private readonly Lock _reading = new();
    private readonly TimeProvider _clock;
    private readonly Housekeeping _housekeeping;
    private readonly InputInHand _inHand;

    private Store(string path, DatabaseLock held, SqliteConnection connection, TimeProvider clock, ILogger logger)
    {
        DatabasePath = path;
        _lock = held;
        _clock = clock;
        UncertainAtStart = Recovery.EndClaimed(connection, clock.GetUtcNow() + Recovery.ClockShift(connection));
        if (UncertainAtStart > 0)
        {
            logger.LogWarning("{Count} marketing messages were on their way when the bot last ended: they may have arrived and are not "
                + "sent again", UncertainAtStart);
        }

        Ids = new IdSource(clock, highest: Recovery.HighestId(connection));
        _statements = new WriteStatements(connection, Ids);
        _readConnection = Connections.OpenReader(path);
        _outbox = new OutboxReader(_readConnection);
        Web = new WebReader(path);
        Timers = new TimerReader(path);
        Admin = new AdminReader(path);
        Broadcasts = new BroadcastReader(path);
        Talks = new TalkReader(path);
        Segments = new SegmentReader(path);
        Bookings = new BookingReader(path);
        Tiers = new TierReader(path);
        Lists = new ListFiles(path);
        Webhooks = new WebhookReader(path);
        Api = new ApiReader(path);
        _housekeeping = new Housekeeping(connection, path, clock);
        PreviousEndWasClean = ReadMeta(End) is null or Clean;
        _inHand = new InputInHand(path);
        CountAttempt(logger);
        if (!PreviousEndWasClean && Recovery.MarkUncertain(connection, clock.GetUtcNow()) is > 0 and var maybeSent)
        {
            logger.LogWarning("{Count} messages may have been on their way when the bot last ended: they are sent, perhaps again", maybeSent);
        }
    }

    public string DatabasePath { get; }

    /// <summary>Makes the ids of everything; for the writer's thread.</summary>
    public IdSource Ids { get; }

    /// <summary>What the web chat reads; from any thread.</summary>
    public WebReader Web { get; }

    /// <summary>What is due; from any thread.</summary>
    public TimerReader Timers { get; }

    /// <summary>What the admin chat shows; from any thread.</summary>
    public AdminReader Admin { get; }

    /// <summary>Broadcasts and their recipients; from any thread.</summary>
    public BroadcastReader Broadcasts { get; }

    /// <summary>Visits, for staff; from any thread.</summary>
    public BookingReader Bookings { get; }

    /// <summary>Whose points must be looked at; from any thread.</summary>
    public TierReader Tiers { get; }


    /// <summary>Where lines and edits of talks belong.</summary>
    public TalkReader Talks { get; }

    /// <summary>Whom a condition fits; from any thread.</summary>
    public SegmentReader Segments { get; }

    /// <summary>What other programs are answered from; from any thread.</summary>
    public ApiReader Api { get; }

    /// <summary>The files with lists of customers; from any thread.</summary>
    public ListFiles Lists { get; }

    /// <summary>Events that the business's own systems are still to be told of; from any thread.</summary>
    public WebhookReader Webhooks { get; }

    /// <summary>Whether whoever last called <see cref="MarkRunning"/> also came to <see cref="MarkClean"/>.</summary>
    public bool PreviousEndWasClean { get; }

    /// <summary>Marketing messages that were claimed when the process died; they became deliveries of unknown fate.</summary>
    public int UncertainAtStart { get; }

    /// <summary>
    /// Since when the oldest answer or Service message waits that nothing holds back, or <see langword="null"/>. Behind a message that the
    /// channel told to wait, all of its chat wait.
    /// </summary>
    /// <param name="now">By the real clock.</param>
    public DateTimeOffset? WaitingSince(DateTimeOffset now) => Read(() => _readConnection.QueryFirstOrDefault<(long Id, long? NotBefore)?>("""
        SELECT id, not_before FROM outbox o
        WHERE kind IN (0, 1) AND NOT EXISTS (SELECT 1 FROM outbox w WHERE w.chat_id = o.chat_id AND w.not_before > @now)
        ORDER BY id LIMIT 1
        """, new { now = now.ToUnixTimeMilliseconds() })) is { } first
        ? Later(IdSource.TimeOf(first.Id), first.NotBefore)
        : null;

    /// <summary>The size of the write-ahead log: what has not been merged into the database file yet.</summary>
    public long WalBytes => new FileInfo(DatabasePath + "-wal") is { Exists: true } file ? file.Length : 0;

    /// <summary>Takes the lock, opens the database or makes a new one, and migrates it.</summary>
    /// <param name="clock">The real clock, not the business's movable one.</param>
    /// <exception cref="StoreRefusedException">Another bot runs with it, or it is not for this program.</exception>
    public static Store Open(StoreOptions options, TimeProvider clock, ILogger logger, CancellationToken cancellationToken = default) =>
        Open(options, Migration.All, clock, logger, cancellationToken);

    /// <summary>
    /// What is wrong with a database, in one line, or <see langword="null"/>. Works beside a running bot; reads the whole file.
    /// </summary>
    public static string? Check(StoreOptions options) => Recovery.Check(options.DatabasePath);

    /// <summary>Deletes a database for good, if it is there. The lock's file stays, for whoever waits for it.</summary>
    /// <exception cref="StoreRefusedException">A bot runs with it.</exception>
    public static void Delete(StoreOptions options, TimeProvider clock, ILogger logger, CancellationToken cancellationToken = default)
    {
        var path = options.DatabasePath;
        using var held = DatabaseLock.Take(path, options.WaitForLock, clock, logger, cancellationToken);

        ListFiles.DeleteAll(path);

        // The file itself last: its log without it would be taken for the next one's.
        foreach (var part in Connections.Parts.Reverse())
        {
            File.Delete(path + part);
        }
    }

    /// <summary>Begins a transaction; only one can be open.</summary>
    public WriteTransaction Begin() => new(_statements);

    /// <summary>Messages that wait to be sent, in the order of their ids.</summary>
    /// <param name="areReplies">Only these, or all but these; <see langword="null"/> for all.</param>
    public IReadOnlyList<OutboxMessage> Pending(OutboxId after, int limit, bool? areReplies = null) => Read(() => _outbox.Read(after, limit, areReplies));

    /// <summary>All file ids that channels gave.</summary>
    public ImmutableArray<FileId> ReadFileIds() => Read(() => _readConnection
        .Query<(string Channel, long Bot, string Kind, string Sha256, string Id)>(
            "SELECT channel, bot, kind, sha256, file_id FROM file_ids")
        .Select(row => new FileId(row.Channel, row.Bot, Enum.Parse<AttachmentKind>(row.Kind), row.Sha256, row.Id))
        .ToImmutableArray());

    /// <summary>A fact that <see cref="WriteTransaction.SetMeta"/> kept, or <see langword="null"/>.</summary>
    public string? ReadMeta(string name) =>
        Read(() => _readConnection.ExecuteScalar<string?>("SELECT value FROM meta WHERE name = @name", new { name }));

    /// <summary>
    /// Whether an input already ended the process twice while its turn ran. It may not be tried a third time.
    /// </summary>
    public bool IsDeadly(string key) => _statements.Inputs.Attempts(key) >= MaxAttempts;

    /// <summary>Notes which input's turn runs from here on; for the writer's thread.</summary>
    public void TakeInHand(string key) => _inHand.Take(key);

    /// <summary>The turn is over, however it ended.</summary>
    public void PutDown() => _inHand.PutDown();

    /// <summary>From here on, an end without <see cref="MarkClean"/> is an unclean one.</summary>
    public void MarkRunning() => SetEnd(Running);

    /// <summary>Everything that was begun is finished.</summary>
    public void MarkClean() => SetEnd(Clean);

    /// <summary>
    /// One step of what keeps the database small, in at most a few milliseconds. <see langword="true"/> if there is more to do: call
    /// again between groups; after <see langword="false"/>, in an hour.
    /// </summary>
    public bool Tidy(DateTimeOffset now) => _housekeeping.Step(now);

    public void Dispose()
    {
        _inHand.Dispose();
        lock (_reading)
        {
            _outbox.Dispose();
            _readConnection.Dispose();
        }

        Web.Dispose();
        Timers.Dispose();
        Admin.Dispose();
        Broadcasts.Dispose();
        Talks.Dispose();
        Segments.Dispose();
        Bookings.Dispose();
        Tiers.Dispose();
        Webhooks.Dispose();
        Api.Dispose();
        _statements.Dispose();
        _lock.Dispose();
    }

    internal SqliteConnection WriteConnection => _statements.Connection;

    internal static Store Open(StoreOptions options, ImmutableArray<Migration> migrations, TimeProvider clock, ILogger logger,
        CancellationToken cancellationToken)
    {
        var path = options.DatabasePath;
        var held = DatabaseLock.Take(path, options.WaitForLock, clock, logger, cancellationToken);
        SqliteConnection? connection = null;
        try
        {
            connection = Connections.OpenWriter(path);
            Migrator.Migrate(connection, migrations, path, copyFirst: true, clock.GetUtcNow(), logger);
            return new Store(path, held, connection, clock, logger);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            held.Dispose();
            if (e is SqliteException failure)
            {
                throw StoreException.From(failure);
            }

            throw;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset made, long? notBefore) =>
        notBefore is { } moment && DateTimeOffset.FromUnixTimeMilliseconds(moment) is var from && from > made ? from : made;

    private void CountAttempt(ILogger logger)
    {
        if (_inHand.Key is { } key)
        {
            using var transaction = Begin();
            _statements.Inputs.AddAttempt(key, _clock.GetUtcNow());
            transaction.Commit();
            _inHand.PutDown();
            logger.LogWarning("Input {Key} was in hand when the bot last ended", key);
        }
    }

    private void SetEnd(string how)
    {
        using var transaction = Begin();
        transaction.SetMeta(End, how);
        transaction.Commit();
    }

    private T Read<T>(Func<T> read)
    {
        lock (_reading)
        {
            try
            {
                return read();
            }
            catch (SqliteException e)
            {
                throw StoreException.From(e);
            }
        }
    }
}
