using System.CommandLine;
using System.Security.Cryptography;
using Bot.Admin;
using Bot.Configuration;
using Bot.Contents;
using Bot.Core.Csv;
using Bot.Core.Dialogs;
using Bot.Core.Lists;
using Bot.Lists;
using Bot.Operations;
using Bot.Storage;
using Bot.Storage.Lists;
using Bot.Timing;
using Bot.Writing;

namespace Bot.CommandLine;

/// <summary><c>bot import</c>: customers out of a CSV file. Without --apply it only tells what it would do.</summary>
internal static class ImportCommand
{
    /// <summary>Who took a list in on the machine itself: nobody in Telegram has this id.</summary>
    private const long Machine = 0;

    private const int MaxShownFaults = 50;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The CSV file; its first row names the columns." };
        var apply = new Option<bool>("--apply") { Description = "Take it in; the bot must be stopped. Without it nothing is written." };
        var command = new Command("import", "Tell what a CSV file with customers would do, or take it in.") { file, apply };
        command.SetAction((parsed, cancellationToken) => Setup.WithOptionsAsync(parsed, async options =>
        {
            if (Setup.ReadContent(new ContentFolder(options.DialogsPath)) is not { } content)
            {
                return Commands.Failed;
            }

            var bytes = await File.ReadAllBytesAsync(parsed.GetRequiredValue(file), cancellationToken).ConfigureAwait(false);
            var now = TimeProvider.System.GetUtcNow();
            var list = new ListReader(CsvText.Decode(bytes), content, now);
            if (!list.CanRecognise || list.Lines().Take(ListReader.MaxRows + 1).Count() > ListReader.MaxRows)
            {
                Console.Error.WriteLine(list.CanRecognise
                    ? $"The file has more than {ListReader.MaxRows} rows: split it."
                    : $"A column phone, email or id is needed; the first row says: {string.Join(", ", list.Headings)}.");
                return Commands.Failed;
            }

            var preview = ListPreview.Of(list, options.Existing, cancellationToken);
            Tell(preview, new AdminTexts(content, now));
            return parsed.GetValue(apply) ? await ApplyAsync(options, content, bytes, cancellationToken).ConfigureAwait(false) : Commands.Done;
        }));
        return command;
    }

    private static void Tell(ListPreview preview, AdminTexts texts)
    {
        Console.WriteLine($"{preview.Rows} rows: {preview.Added} new customers, {preview.Changed} added to, {preview.Same} unchanged, {preview.Faults.Length} not fit.");
        Console.WriteLine($"Columns: {string.Join(", ", preview.Columns)}. Not read: {(preview.Unread.IsEmpty ? "none" : string.Join(", ", preview.Unread))}.");
        foreach (var (line, fault) in preview.Faults.Take(MaxShownFaults))
        {
            Console.WriteLine($"  {ListFaults.Text(texts, line.Number, fault)}");
        }
    }

    /// <summary>The one path, without its other ends: a writer that takes the rows, and nobody who sends.</summary>
    private static async Task<int> ApplyAsync(BotOptions options, Content content, byte[] bytes, CancellationToken cancellationToken)
    {
        var (logs, clock) = (Logs.Quiet, TimeProvider.System);
        using var store = Store.Open(options.Existing with { WaitForLock = TimeSpan.Zero }, clock, logs.CreateLogger<Store>(), cancellationToken);
        var business = BusinessClock.Of(store, clock, options.Demo.IsOn);
        using var metrics = new Metrics();
        var staff = new StaffHandler(() => content, null, metrics, logs.CreateLogger<StaffHandler>());
        using var writer = new Writer(store, new InputHandler(() => content, store, staff, business), business, metrics, logs.CreateLogger<Writer>());
        var (name, file) = store.Lists.Create("import", clock.GetUtcNow());
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        store.MarkRunning();
        writer.Start();
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var id = await writer.StepAsync(transaction =>
        {
            var import = transaction.Lists.AddImport(Machine, name, sha256, business.GetUtcNow());
            transaction.Lists.TryMove(import, ListImportState.Shown, ListImportState.Begun);
            transaction.Staff.Audit(Machine, "import.apply", import, business.GetUtcNow());
            return import;
        }, cancellationToken).ConfigureAwait(false);
        await new ListWork(() => content, store, options.Existing, writer, null, business, clock).TakeInAsync(id, cancellationToken).ConfigureAwait(false);
        var end = await writer.StepAsync(transaction => transaction.Lists.Find(id), cancellationToken).ConfigureAwait(false);
        if (!await writer.StopAsync(cancellationToken).ConfigureAwait(false))
        {
            Console.Error.WriteLine("Not all could be written; run it again, and it goes on.");
            return Commands.Failed;
        }

        store.MarkClean();
        Console.WriteLine($"Taken in: {end!.Added} new customers, {end.Changed} added to.");
        return Commands.Done;
    }
}
