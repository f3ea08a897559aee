using Bot.Admin;
using Bot.Configuration;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Operations;
using Bot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Tests.Admin;

/// <summary>What goes wrong beside the customers is told in the admin chat.</summary>
public sealed class AlarmWatchTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly TestBot _bot;
    private readonly List<Body> _said = [];
    private List<AlarmReading> _readings = [];

    public AlarmWatchTests() => _bot = TestBot.Create(_time).Start(sends: false);

    [Fact]
    public async Task A_full_disk_is_told_once_a_day_across_a_restart_and_so_is_its_end()
    {
        _readings = [new AlarmReading(AlarmKind.Disk, true, ("free", AdminTexts.Number(120)), ("percent", AdminTexts.Number(3)))];

        await LookAsync();
        await LookAsync();
        _time.Advance(TimeSpan.FromDays(1));
        await LookAsync();
        await LookAsync();
        _readings = [new AlarmReading(AlarmKind.Disk, false, ("free", AdminTexts.Number(9_000)), ("percent", AdminTexts.Number(30)))];
        await LookAsync();
        await LookAsync();

        Assert.Collection(Lines(),
            line => Assert.Contains("свободно 120 МБ (3 %)", line, StringComparison.Ordinal),
            line => Assert.Contains("свободно 120 МБ (3 %)", line, StringComparison.Ordinal),
            line => Assert.Contains("снова достаточно: 9", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_token_is_told_when_it_is_taken_again()
    {
        _readings = [new AlarmReading(AlarmKind.Token, true)];
        await LookAsync();
        _time.Advance(TimeSpan.FromHours(2));
        await LookAsync();
        Assert.Empty(Lines());

        _readings = [new AlarmReading(AlarmKind.Token, false, ("until", AdminTexts.Text("потом")))];
        await LookAsync();

        Assert.Contains("с 2026-11-21 15:00 до потом", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AlarmKind.Token)]
    [InlineData(AlarmKind.Conflict)]
    [InlineData(AlarmKind.Disk)]
    [InlineData(AlarmKind.Log)]
    [InlineData(AlarmKind.Backup)]
    [InlineData(AlarmKind.Sending)]
    [InlineData(AlarmKind.Webhooks)]
    [InlineData(AlarmKind.DeadWebhooks)]
    public async Task Every_kind_has_its_words(AlarmKind kind)
    {
        (string, Core.Expressions.Value?)[] values =
        [
            ("free", AdminTexts.Number(1)), ("percent", AdminTexts.Number(1)), ("size", AdminTexts.Number(1)), ("since", AdminTexts.Text("a")),
            ("until", AdminTexts.Text("b")), ("count", AdminTexts.Number(1)),
        ];
        foreach (var isTrouble in (bool[])[true, true, false])
        {
            _readings = [new AlarmReading(kind, isTrouble, kind == AlarmKind.Token ? [("until", AdminTexts.Text("b"))] : values)];
            await LookAsync();
            _time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(kind == AlarmKind.Token ? 1 : 2, Lines().Distinct().Count());
    }

    [Fact]
    public async Task Answers_that_do_not_go_out_are_seen_after_ten_minutes_unless_the_channel_said_to_wait()
    {
        await _bot.TakeAsync("1", "/start");
        using var readings = new Readings(_bot, new AlarmOptions(0, 0), _time);

        Assert.False(readings.Of(AlarmKind.Sending)!.IsTrouble);
        _time.Advance(TimeSpan.FromDays(400));

        // Ids carry the real time, so that the message is old by far now.
        Assert.True(readings.Of(AlarmKind.Sending)!.IsTrouble);
        await _bot.SqlAsync($"UPDATE outbox SET not_before = {_time.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds()}");
        Assert.False(readings.Of(AlarmKind.Sending)!.IsTrouble);
        _time.Advance(TimeSpan.FromMinutes(65));
        Assert.False(readings.Of(AlarmKind.Sending)!.IsTrouble);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.True(readings.Of(AlarmKind.Sending)!.IsTrouble);
    }

    [Fact]
    public void Little_room_is_a_matter_of_the_settings()
    {
        Assert.True(Of(new AlarmOptions(101, 0)).IsTrouble);
        Assert.True(Of(new AlarmOptions(0, int.MaxValue)).IsTrouble);
        Assert.False(Of(new AlarmOptions(0, 0)).IsTrouble);

        AlarmReading Of(AlarmOptions options)
        {
            using var readings = new Readings(_bot, options, _time);
            return readings.Of(AlarmKind.Disk)!;
        }
    }

    [Fact]
    public void A_backup_is_missed_when_it_failed_or_is_a_day_late_and_only_if_there_are_to_be_any()
    {
        using (var none = new Readings(_bot, new AlarmOptions(0, 0), _time))
        {
            none.Backups.HasFailed = true;
            Assert.Null(none.Of(AlarmKind.Backup));
        }

        using var readings = new Readings(_bot, new AlarmOptions(0, 0), _time, password: "secret");
        Assert.Null(readings.Of(AlarmKind.Backup));
        readings.Backups.HasFailed = true;
        Assert.True(readings.Of(AlarmKind.Backup)!.IsTrouble);
        readings.Backups.HasFailed = false;
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.True(readings.Of(AlarmKind.Backup)!.IsTrouble);
        File.WriteAllText(Path.Combine(readings.Folder, "bot-20261121T120000Z.backup"), "");
        File.SetLastWriteTimeUtc(Path.Combine(readings.Folder, "bot-20261121T120000Z.backup"), _time.GetUtcNow().AddHours(-25).UtcDateTime);
        Assert.False(readings.Of(AlarmKind.Backup)!.IsTrouble);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.True(readings.Of(AlarmKind.Backup)!.IsTrouble);
    }

    public ValueTask DisposeAsync() => _bot.DisposeAsync();

    private List<string> Lines() => [.. _bot.Store.Admin.After(0, 99).Select(line => line.Body.Html)];

    /// <summary>Each look is that of a new start.</summary>
    private async Task LookAsync()
    {
        using var watch = new AlarmWatch(_bot.Store, _bot.Writer, _ => _readings, body =>
        {
            _said.Add(body);
            return Task.CompletedTask;
        }, () => TestBot.Shipped, _time, _time, NullLogger<AlarmWatch>.Instance);
        await watch.LookAsync();
        Assert.Empty(_said);
    }

    private sealed class Readings : IDisposable
    {
        private readonly AlarmReadings _readings;

        public Readings(TestBot bot, AlarmOptions options, TimeProvider clock, string? password = null) => _readings = new AlarmReadings(
            options, bot.Store, bot.Sender, new Storage.Backups.BackupOptions(bot.Options, "dialogs", Folder, password), Backups, null, clock);

        public string Folder { get; } = Directory.CreateTempSubdirectory("bot-test-").FullName;

        public BackupState Backups { get; } = new();

        public AlarmReading? Of(AlarmKind kind) => _readings.Read(static at => $"{at:u}").SingleOrDefault(reading => reading.Kind == kind);

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
