using System.Diagnostics;
using System.Threading.Channels;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Writing;

namespace Bot.Lists;

/// <summary>
/// Does what takes its time with lists of customers, one after another and beside the writer. A list that was being taken in when the bot ended is
/// gone on with; what was only asked is asked again by staff.
/// </summary>
internal sealed class ListDesk : IDisposable
{
    private const int MaxWaiting = 20;

    private readonly Channel<StaffCommand.OfLists> _waiting =
        Channel.CreateBounded<StaffCommand.OfLists>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly CancellationTokenSource _stopping = new();
    private readonly ListWork _work;
    private readonly Writer _writer;
    private readonly ILogger<ListDesk> _log;
    private Task _running = Task.CompletedTask;

    public ListDesk(ListWork work, Writer writer, ILogger<ListDesk> log)
    {
        (_work, _writer, _log) = (work, writer, log);
        writer.Committed += committed =>
        {
            foreach (var command in committed.Asked.OfType<StaffCommand.OfLists>())
            {
                _waiting.Writer.TryWrite(command);
            }
        };
    }

    public void Start() => _running = Task.Run(RunAsync);

    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        foreach (var begun in await _writer.StepAsync(transaction => transaction.Lists.Begun(), _stopping.Token).ConfigureAwait(false))
        {
            await TryAsync(new StaffCommand.ApplyImport(begun.Id)).ConfigureAwait(false);
        }

        await foreach (var command in _waiting.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
        {
            await TryAsync(command).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(StaffCommand.OfLists command)
    {
        try
        {
            await (command switch
            {
                StaffCommand.Export export => _work.AskAsync(export, _stopping.Token),
                StaffCommand.MakeExport make => _work.MakeAsync(make, _stopping.Token),
                StaffCommand.Import import => _work.ShowAsync(import, _stopping.Token),
                StaffCommand.ApplyImport apply => _work.TakeInAsync(apply.Id, _stopping.Token),
                _ => throw new UnreachableException(),
            }).ConfigureAwait(false);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            _log.LogError(exception, "What the admin chat asked of a list cannot be done ({Command})", command.Name);
            try
            {
                await _work.SayAsync(null, new Body(_work.Texts().Html(Phrase.AdminFailed)), _stopping.Token).ConfigureAwait(false);
            }
            catch (Exception second) when (!_stopping.IsCancellationRequested)
            {
                _log.LogError(second, "The admin chat cannot be told so either");
            }
        }
    }
}
