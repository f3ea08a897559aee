using Bot.Admin;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Writing;

namespace Bot.Contents;

/// <summary>
/// Reads the folder again and puts what it finds in force, between two groups of the writer and in one transaction with the line that says
/// so. With a fault in it the last good content stays, and staff hear of the faults once for each change.
/// </summary>
internal sealed class ContentReload(
    LiveContent live, ContentFolder folder, Writer writer, BookingCheck visits, TimeProvider business, ILogger<ContentReload> log) : IDisposable
{
    /// <summary>Faults that are told; the others show after these are mended.</summary>
    private const int MaxFaults = 5;

    private readonly SemaphoreSlim _alone = new(1);
    private bool _isFaulty;

    /// <summary>Reads the folder and does what is to be done about it.</summary>
    /// <param name="isAsked">Staff asked, and are answered also if nothing is new.</param>
    public async Task RunAsync(bool isAsked, CancellationToken cancellationToken)
    {
        await _alone.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var result = Load();
            await (result.Content is { } content
                ? TakeAsync(content, isAsked, cancellationToken)
                : RefuseAsync(result, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            _alone.Release();
        }
    }

    public void Dispose() => _alone.Dispose();

    private LoadResult Load()
    {
        try
        {
            return folder.Load();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new LoadResult(null, [new Fault(folder.Name, 1, 1, $"cannot be read: {exception.Message}")]);
        }
    }

    private async Task TakeAsync(Content content, bool isAsked, CancellationToken cancellationToken)
    {
        var before = live.Now;
        if (content.Revision == before.Revision)
        {
            if (isAsked || _isFaulty)
            {
                await SayAsync(Phrase.AdminReloadNothing, ("revision", AdminTexts.Text(before.Revision)), cancellationToken).ConfigureAwait(false);
            }

            _isFaulty = false;
            return;
        }

        var changes = ContentChanges.Between(before, content);
        await writer.StepAsync(transaction =>
        {
            live.Replace(content);
            var html = new AdminTexts(content, business.GetUtcNow()).Html(Phrase.AdminReloaded,
                ("revision", AdminTexts.Text(content.Revision)), ("changes", AdminTexts.Text(changes.ToString())));
            transaction.Admin.Say(null, null, new Body(html), business.GetUtcNow());
            return true;
        }, cancellationToken).ConfigureAwait(false);
        live.Announce();
        _isFaulty = false;
        log.LogInformation("The dialogs are reloaded, revision {Revision}: {Changes}", content.Revision, changes.ToString());
        await visits.RunAsync(content, cancellationToken).ConfigureAwait(false);
    }

    private async Task RefuseAsync(LoadResult result, CancellationToken cancellationToken)
    {
        foreach (var fault in result.Faults.Take(MaxFaults))
        {
            log.LogWarning("The dialogs are not reloaded: {Fault}", fault.ToString());
        }

        _isFaulty = true;
        var texts = new AdminTexts(live.Now, business.GetUtcNow());
        var html = texts.Html(Phrase.AdminReloadFaults, ("count", AdminTexts.Number(result.Faults.Length)),
            ("faults", AdminTexts.Text(string.Join('\n', result.Faults.Take(MaxFaults)))));
        await writer.StepAsync(transaction =>
        {
            foreach (var part in Html.Split(html, Html.MaxText))
            {
                transaction.Admin.Say(null, null, new Body(part), business.GetUtcNow());
            }

            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    private Task<bool> SayAsync(Phrase phrase, (string Name, Core.Expressions.Value? Value) value, CancellationToken cancellationToken) => writer.StepAsync(
        transaction =>
        {
            transaction.Admin.Say(null, null, new Body(new AdminTexts(live.Now, business.GetUtcNow()).Html(phrase, value)), business.GetUtcNow());
            return true;
        }, cancellationToken);
}
