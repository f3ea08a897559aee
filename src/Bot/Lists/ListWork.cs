using System.Collections.Immutable;
using System.Security.Cryptography;
using Bot.Admin;
using Bot.Core.Csv;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Lists;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Storage;
using Bot.Storage.Lists;
using Bot.Telegram.Receiving;
using Bot.Writing;

namespace Bot.Lists;

/// <summary>Fetches a file that somebody sent to the bot in Telegram.</summary>
internal delegate Task<DownloadEnd> Download(string fileId, Stream to, CancellationToken cancellationToken);

/// <summary>The work on lists of customers that the admin chat asks for, and what is said of it there.</summary>
/// <param name="download"><see langword="null"/> without Telegram.</param>
/// <param name="business">The business's clock.</param>
/// <param name="clock">The real one.</param>
internal sealed class ListWork(Func<Content> content, Store store, StoreOptions database, Writer writer, Download? download, TimeProvider business, TimeProvider clock)
{
    private const int MaxShownFaults = 10;

    /// <summary>In a list of so many rows it is told how far it is, at each quarter.</summary>
    private const int LongList = 2_000;

    private readonly ListFiles _files = store.Lists;

    public AdminTexts Texts() => new(content(), business.GetUtcNow());

    /// <summary>Counts who would be in a list, and asks.</summary>
    public async Task AskAsync(StaffCommand.Export export, CancellationToken cancellationToken)
    {
        var (now, texts) = (business.GetUtcNow(), Texts());
        var count = store.Segments.Count(Condition(export.Condition), content().Settings, now);
        await SayAsync(null, count == 0
            ? new Body(texts.Html(Phrase.AdminExportNobody))
            : new Body(texts.Html(Phrase.AdminExportSure, ("count", AdminTexts.Number(count))), null,
                AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminExportMake), StaffPress.MakeExport(export.Id)))), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the list and puts it into the admin chat.</summary>
    public async Task MakeAsync(StaffCommand.MakeExport make, CancellationToken cancellationToken)
    {
        var texts = Texts();
        var export = new ListExport(database, content(), business.GetUtcNow());
        foreach (var (name, customers) in export.Write(Condition(make.Condition), _files, clock.GetUtcNow(), ListExport.LargestFile, cancellationToken))
        {
            await SayAsync(null, WithFile(texts.Html(Phrase.AdminExportFile, ("count", AdminTexts.Number(customers))), name), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Fetches a list that staff sent, and shows what it would do.</summary>
    public async Task ShowAsync(StaffCommand.Import asked, CancellationToken cancellationToken)
    {
        var texts = Texts();
        if (await FetchAsync(asked, cancellationToken).ConfigureAwait(false) is not { } name)
        {
            await SayAsync(null, new Body(texts.Html(asked.File?.Size > FileReceiver.MaxSize ? Phrase.AdminImportTooLarge : Phrase.AdminImportNotFetched)),
                cancellationToken).ConfigureAwait(false);
            return;
        }

        var (list, sha256) = Read(name)!.Value;
        if (!list.CanRecognise || list.Lines().Take(ListReader.MaxRows + 1).Count() > ListReader.MaxRows)
        {
            _files.Delete(name);
            await SayAsync(null, new Body(list.CanRecognise
                ? texts.Html(Phrase.AdminImportTooLarge)
                : texts.Html(Phrase.AdminImportNoColumns, ("headings", AdminTexts.Text(Shortened(string.Join(", ", list.Headings)))))), cancellationToken).ConfigureAwait(false);
            return;
        }

        var preview = ListPreview.Of(list, database, cancellationToken);
        var refused = preview.Faults.IsEmpty ? null : WriteRefused(list, preview.Faults, texts);
        await writer.StepAsync(transaction =>
        {
            var now = business.GetUtcNow();
            var import = transaction.Lists.AddImport(asked.By, name, sha256, now);
            var wasBefore = transaction.Lists.WasTakenIn(sha256, import);
            transaction.Admin.Say(null, null, Shown(texts, preview, import, wasBefore), now);
            if (refused is not null)
            {
                transaction.Admin.Say(null, null, WithFile(texts.Html(Phrase.AdminImportRefused), refused), now);
            }

            return import;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a list in that is confirmed, or goes on with it.</summary>
    public async Task TakeInAsync(long id, CancellationToken cancellationToken)
    {
        if (await writer.StepAsync(transaction => transaction.Lists.Find(id), cancellationToken).ConfigureAwait(false)
            is not { State: ListImportState.Begun } import)
        {
            return;
        }

        if (Read(import.File) is not var (list, _))
        {
            await EndAsync(id, ListImportState.GivenUp, (texts, _) => texts.Html(Phrase.AdminListGone), null, cancellationToken).ConfigureAwait(false);
            return;
        }

        var rows = list.Lines().Count();
        var told = 0;
        await new ListIntake(writer).RunAsync(import, list, async done =>
        {
            var quarter = (int)(4L * done / rows);
            if (rows >= LongList && quarter > told && quarter < 4)
            {
                told = quarter;
                await SayAsync($"import:{id}:{quarter}", new Body(Texts().Html(
                    Phrase.AdminImportProgress, ("done", AdminTexts.Number(done)), ("rows", AdminTexts.Number(rows)))), cancellationToken).ConfigureAwait(false);
            }
        }, cancellationToken).ConfigureAwait(false);

        var faults = Refused(list);
        await EndAsync(id, ListImportState.Done, (texts, end) => texts.Html(Phrase.AdminImportDone,
            ("added", AdminTexts.Number(end.Added)), ("changed", AdminTexts.Number(end.Changed)),

            // What was dropped as known from before changed nothing either.
            ("same", AdminTexts.Number(rows - faults.Length - end.Refused - end.Added - end.Changed)), ("refused", AdminTexts.Number(faults.Length + end.Refused))),
            faults.IsEmpty ? null : WriteRefused(list, faults, Texts()), cancellationToken).ConfigureAwait(false);
    }

    public async Task SayAsync(string? key, Body body, CancellationToken cancellationToken) => await writer.StepAsync(transaction =>
    {
        transaction.Admin.Say(null, key, body, business.GetUtcNow());
        return true;
    }, cancellationToken).ConfigureAwait(false);

    private async Task EndAsync(long id, ListImportState state, Func<AdminTexts, ListImport, string> html, string? file, CancellationToken cancellationToken) =>
        await writer.StepAsync(transaction =>
        {
            if (transaction.Lists.Find(id) is { } end && transaction.Lists.TryMove(id, ListImportState.Begun, state))
            {
                var (texts, now) = (Texts(), business.GetUtcNow());
                transaction.Admin.Say(null, null, new Body(html(texts, end)), now);
                if (file is not null)
                {
                    transaction.Admin.Say(null, null, WithFile(texts.Html(Phrase.AdminImportRefused), file), now);
                }
            }

            return true;
        }, cancellationToken).ConfigureAwait(false);

    /// <summary>Puts the file into the folder of lists; answers its name, or <see langword="null"/> if it cannot be had.</summary>
    private async Task<string?> FetchAsync(StaffCommand.Import asked, CancellationToken cancellationToken)
    {
        if (asked.IsUploaded)
        {
            return asked.File!.FileId;
        }

        if (download is null || asked.File!.Size > FileReceiver.MaxSize)
        {
            return null;
        }

        var (name, file) = _files.Create("import", clock.GetUtcNow());
        DownloadEnd end;
        await using (file.ConfigureAwait(false))
        {
            end = await download(asked.File!.FileId!, file, cancellationToken).ConfigureAwait(false);
        }

        if (end == DownloadEnd.Done)
        {
            return name;
        }

        _files.Delete(name);
        return null;
    }

    private (ListReader List, string Sha256)? Read(string name)
    {
        using var file = _files.Open(name);
        if (file is null)
        {
            return null;
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return (new ListReader(CsvText.Decode(bytes), content(), business.GetUtcNow()), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static ImmutableArray<(ListLine Line, ListFault Fault)> Refused(ListReader list) =>
        [.. list.Lines().Where(line => line.Fault is not null).Select(line => (line, line.Fault!.Value))];

    private string WriteRefused(ListReader list, ImmutableArray<(ListLine Line, ListFault Fault)> faults, AdminTexts texts)
    {
        var (name, file) = _files.Create("refused", clock.GetUtcNow());
        using (file)
        {
            ListPreview.WriteRefused(file, list, faults, texts, content().Settings);
        }

        return name;
    }

    private static Body Shown(AdminTexts texts, ListPreview preview, long import, bool wasBefore)
    {
        var faults = preview.Faults.Take(MaxShownFaults).Select(one => ListFaults.Text(texts, one.Line.Number, one.Fault))
            .Concat(preview.Faults.Length > MaxShownFaults ? ["…"] : []).Select(line => $"\n• {line}");
        var html = texts.Html(Phrase.AdminImportPreview,
            ("rows", AdminTexts.Number(preview.Rows)), ("added", AdminTexts.Number(preview.Added)), ("changed", AdminTexts.Number(preview.Changed)),
            ("same", AdminTexts.Number(preview.Same)), ("refused", AdminTexts.Number(preview.Faults.Length)),
            ("columns", AdminTexts.Text(Shortened(string.Join(", ", preview.Columns)))), ("unread", AdminTexts.Text(Shortened(string.Join(", ", preview.Unread)))),
            ("faults", AdminTexts.Text(string.Concat(faults))), ("again", wasBefore ? AdminTexts.Text(texts.Plain(Phrase.AdminImportAgain)) : null));
        return preview.IsOfUse
            ? new Body(html, null, AdminTexts.Row(
                new InlineButton(texts.Plain(Phrase.AdminImportApply), StaffPress.ApplyImport(import)),
                new InlineButton(texts.Plain(Phrase.AdminImportDrop), StaffPress.DropImport(import))))
            : new Body($"{html}\n\n{texts.Html(Phrase.AdminImportNothing)}");
    }

    private Expression Condition(string typed) =>
        ListCondition.Read(typed, content()).Result ?? throw new InvalidOperationException("The condition was right when it was asked for, and the content has changed since.");

    private static Body WithFile(string html, string name) => new(html, new Attachment(AttachmentKind.Document, Attachment.List(name)));

    /// <summary>A file that is no text has anything in its first row.</summary>
    private static string Shortened(string text)
    {
        var clean = string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)));
        return clean.Length <= 500 ? clean : $"{clean[..499]}…";
    }
}
