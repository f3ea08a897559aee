using System.Threading.Channels;
using Bot.Contents;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Time;
using Bot.Writing;

namespace Bot.Admin;

/// <summary>Answers what staff asked for, one after another, and tells them of what went wrong. What does not fit is dropped: staff ask again.</summary>
internal sealed class AdminDesk : IDisposable
{
    private const int MaxWaiting = 100;

    private readonly Channel<Work> _waiting = Channel.CreateBounded<Work>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stopping = new();
    private readonly AdminAnswers _answers;
    private readonly ContentReload _reload;
    private readonly Func<Content> _content;
    private readonly Writer _writer;
    private readonly TimeProvider _business;
    private readonly ILogger<AdminDesk> _log;
    private Task _work = Task.CompletedTask;

    public AdminDesk(AdminAnswers answers, ContentReload reload, Func<Content> content, Writer writer, TimeProvider business, ILogger<AdminDesk> log)
    {
        (_answers, _reload, _content, _writer, _business, _log) = (answers, reload, content, writer, business, log);
        writer.Committed += committed =>
        {
            // What is done with lists takes its time, and has a desk of its own.
            foreach (var command in committed.Asked.Where(command => command is not StaffCommand.OfLists))
            {
                _waiting.Writer.TryWrite(new Work(command, null));
            }

            foreach (var kind in committed.Aside)
            {
                _waiting.Writer.TryWrite(new Work(null, kind));
            }
        };
    }

    public void Start() => _work = Task.Run(RunAsync);

    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        await foreach (var work in _waiting.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
        {
            try
            {
                await (work.Command is { } command ? AnswerAsync(command) : AlarmAsync(work.Aside!)).ConfigureAwait(false);
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                _log.LogError(exception, "The admin chat cannot be answered ({Command})", work.Command?.Name ?? "alarm");
                await TrySayAsync(null, [new Body(Texts().Html(Phrase.AdminFailed))]).ConfigureAwait(false);
            }
        }
    }

    private Task AnswerAsync(StaffCommand command) => command is StaffCommand.Reload
        ? _reload.RunAsync(isAsked: true, _stopping.Token)
        : SayAsync(null, [.. _answers.To(command)]);

    private Task AlarmAsync(string kind)
    {
        var day = LocalTime.DayOf(_business.GetUtcNow(), _content().Settings.Zone);
        return SayAsync($"aside:{kind}:{day:yyyy-MM-dd}", [new Body(Texts().Html(Phrase.AdminAsideAlarm, ("kind", AdminTexts.Text(kind))))]);
    }

    private async Task TrySayAsync(string? key, List<Body> bodies)
    {
        try
        {
            await SayAsync(key, bodies).ConfigureAwait(false);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            _log.LogError(exception, "The admin chat cannot be told so either");
        }
    }

    private async Task SayAsync(string? key, List<Body> bodies) => await _writer.StepAsync(transaction =>
    {
        bodies.ForEach(body => transaction.Admin.Say(null, key, body, _business.GetUtcNow()));
        return bodies.Count;
    }, _stopping.Token).ConfigureAwait(false);

    private AdminTexts Texts() => new(_content(), _business.GetUtcNow());

    /// <summary>A question, or the kind of an input that was set aside.</summary>
    private readonly record struct Work(StaffCommand? Command, string? Aside);
}
