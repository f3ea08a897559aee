using Bot.Admin;
using Bot.Contents;
using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Tests.Contents;

/// <summary>The folder changes under a bot that runs.</summary>
public sealed class ContentReloadTests : IAsyncDisposable
{
    private static readonly ChatAddress Group = new(ChatAddress.Telegram, 1000, -700);

    private readonly string _path = Directory.CreateTempSubdirectory("bot-test-").FullName;
    private readonly TestBot _bot = TestBot.Create();
    private readonly ManualTime _time = new();
    private readonly ContentFolder _folder;
    private readonly LiveContent _live;
    private readonly ContentReload _reload;
    private readonly ContentWatch _watch;
    private int _announced;

    public ContentReloadTests()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "dialogs"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_path, Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "dialogs"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        _folder = new ContentFolder(_path);
        _live = new LiveContent(_folder.Load().Content!);
        _live.Replaced += () => _announced++;
        _bot.ContentOrThrow = () => _live.Now;
        _bot.Start(sends: false);
        _reload = new ContentReload(_live, _folder, _bot.Writer, new BookingCheck(_bot.Store, _bot.Writer, _bot.Business), _bot.Business, NullLogger<ContentReload>.Instance);
        _watch = new ContentWatch(_folder, _reload, _time, NullLogger<ContentWatch>.Instance);
    }

    [Fact]
    public async Task A_good_folder_is_put_in_force_and_staff_hear_which_files_changed()
    {
        var before = _live.Now;
        Change("settings.yaml", "Чистый дом", "Сияющий дом");
        File.WriteAllText(Path.Combine(_path, "files", "new.pdf"), "x");

        await _reload.RunAsync(isAsked: false, TestContext.Current.CancellationToken);

        Assert.NotSame(before, _live.Now);
        Assert.Equal("Сияющий дом", _live.Now.Settings.Business.Name);
        var line = Assert.Single(Lines());
        Assert.Contains($"{_live.Now.Revision}", line, StringComparison.Ordinal);
        Assert.Contains("settings.yaml, + files/new.pdf", line, StringComparison.Ordinal);
        Assert.Equal(1, _announced);
    }

    [Fact]
    public async Task A_broken_folder_leaves_the_last_good_content_and_names_the_faults_once_for_each_change()
    {
        var before = _live.Now;
        _watch.Start();
        Change("settings.yaml", "languages:", "langauges:");

        await LookAsync(() => Lines().Count == 1, "the fault is told");
        await LookAsync(4);

        Assert.Same(before, _live.Now);
        Assert.Matches(@"settings\.yaml:\d+:\d+: ", Assert.Single(Lines()));
        Change("settings.yaml", "langauges:", "langages:");
        await LookAsync(() => Lines().Count == 2, "the next fault is told");

        // Back to what it was: nothing new, but staff hear that it is mended.
        Change("settings.yaml", "langages:", "languages:");
        await LookAsync(() => Lines().Count == 3, "it is mended");
        Assert.Contains(before.Revision, Lines()[^1], StringComparison.Ordinal);
        Assert.Same(before, _live.Now);
        Assert.Equal(0, _announced);
    }

    [Fact]
    public async Task A_file_that_an_editor_puts_in_the_place_of_another_is_seen()
    {
        _watch.Start();
        var file = Path.Combine(_path, "settings.yaml");
        File.WriteAllText(file + "~", File.ReadAllText(file).Replace("Чистый дом", "Сияющий дом", StringComparison.Ordinal));
        File.CreateSymbolicLink(Path.Combine(_path, ".#settings.yaml"), "somebody@somewhere.1234");
        File.Move(file + "~", file, overwrite: true);

        await LookAsync(() => _live.Now.Settings.Business.Name == "Сияющий дом", "the new file is in force");
        File.Delete(Path.Combine(_path, ".#settings.yaml"));
        await LookAsync(4);

        Assert.Contains("settings.yaml", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_gone_for_a_while_changes_nothing()
    {
        var before = _live.Now;
        _watch.Start();
        Directory.Move(_path, _path + "-away");
        await LookAsync(() => Lines().Count == 1, "it is told that the folder is gone");
        Directory.Move(_path + "-away", _path);

        await LookAsync(() => Lines().Count == 2, "it is told that it is back");

        Assert.Same(before, _live.Now);
    }

    [Fact]
    public async Task Who_asks_for_a_reload_is_answered_also_when_nothing_changed_and_operators_may_not_ask()
    {
        using var desk = new AdminDesk(null!, null!, _reload, () => _live.Now, _bot.Writer, _bot.Business, NullLogger<AdminDesk>.Instance);
        desk.Start();
        await AcceptAsync(501, $"/claim {_bot.Code.Text}");
        await AcceptAsync(501, "/operator 502");
        await AcceptAsync(502, "/reload");
        Assert.Contains("только владелец", Lines()[^1], StringComparison.Ordinal);

        await AcceptAsync(501, "/reload");

        await Eventually.TrueAsync(() => Lines()[^1].Contains(_live.Now.Revision, StringComparison.Ordinal), "an answer");
        await desk.StopAsync();
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM staff_audit WHERE what = 'reload'"));
    }

    [Fact]
    public async Task A_customer_in_the_middle_goes_on_with_the_new_words()
    {
        await _bot.TakeAsync("1", "/start guide");
        Change("lead-magnet.yaml", "Спасибо!", "Благодарим!");
        Change("contact.yaml", "Как вас зовут?", "Ваше имя?");

        await _reload.RunAsync(isAsked: false, TestContext.Current.CancellationToken);
        await _bot.TakeAsync("2", "что?");

        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM conversations WHERE ended IS NULL"));
        Assert.NotEmpty(_bot.Commits.SelectMany(commit => commit.Messages));
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync();
        _watch.Dispose();
        await _bot.DisposeAsync();
        _reload.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    private List<string> Lines() => [.. _bot.Store.Admin.After(0, 99).Select(line => line.Body.Html)];

    private void Change(string file, string what, string with)
    {
        var path = Path.Combine(_path, file);
        var text = File.ReadAllText(path);
        Assert.Contains(what, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(what, with, StringComparison.Ordinal));
    }

    /// <summary>Lets the watch look until something has come about.</summary>
    private Task LookAsync(Func<bool> isSo, string what) => Eventually.TrueAsync(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return isSo();
    }, what);

    /// <summary>Lets the watch look some times more; each look is through when the next one is waited for.</summary>
    private async Task LookAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await _bot.Writer.StepAsync(_ => true, TestContext.Current.CancellationToken);
        }
    }

    private Task AcceptAsync(long user, string text) =>
        _bot.Writer.AcceptAsync([new Input.StaffMessage($"{user}{text}", Group, new Person("Анна", "ru", user), text, null)], TestContext.Current.CancellationToken);
}
