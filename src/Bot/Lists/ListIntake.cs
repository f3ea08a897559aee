using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Core.Lists;
using Bot.Storage.Lists;
using Bot.Writing;

namespace Bot.Lists;

/// <summary>
/// Brings the rows of a list to the writer, behind what customers do. Each row is an input of its own, known by the file's hash and its number:
/// after a crash it goes on where it was, and what comes twice is dropped.
/// </summary>
internal sealed class ListIntake(Writer writer)
{
    /// <summary>Rows that are brought at once.</summary>
    private const int AtOnce = 50;

    /// <param name="progress">Told how many rows of the file are done.</param>
    public async Task RunAsync(ListImport import, ListReader list, Func<int, Task> progress, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var lines in list.Lines().Where(line => line.Row is not null).Chunk(AtOnce))
        {
            done += lines.Length;
            if (lines[^1].Number < import.NextRow)
            {
                continue;
            }

            await writer.AcceptBehindAsync([.. lines.Select(line => InputOf(import, line.Row!))], cancellationToken).ConfigureAwait(false);
            await writer.StepAsync(transaction =>
            {
                transaction.Lists.Advance(import.Id, lines[^1].Number + 1);
                return true;
            }, cancellationToken).ConfigureAwait(false);
            await progress(done).ConfigureAwait(false);
        }
    }

    /// <summary>For a customer who is not known there is a place that the same row always has; the writer puts a known one's chat instead of it.</summary>
    private static Input.Imported InputOf(ListImport import, ListRow row)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"import:{import.Sha256}:{row.Number}");
        var place = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) & long.MaxValue;
        return new Input.Imported(key, new ChatAddress(ChatAddress.Staff, 0, place), import.By, import.Id, row);
    }
}
