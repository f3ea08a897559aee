using System.Collections.Immutable;
using Bot.Core.Csv;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Storage;
using Bot.Storage.Lists;

namespace Bot.Lists;

/// <summary>Makes lists of customers, a page at a time: memory does not grow with their number, and the writer is never held.</summary>
/// <param name="now">The business's time, by which the condition is asked.</param>
internal sealed class ListExport(StoreOptions database, Content content, DateTimeOffset now)
{
    /// <summary>Telegram takes 50 MB; a page of customers more may come before it is looked at.</summary>
    public const long LargestFile = 45L * 1024 * 1024;

    /// <summary>Writes everybody to one stream; answers how many they are.</summary>
    public long Write(Expression condition, Stream to, CancellationToken cancellationToken)
    {
        using var text = new StreamWriter(to, CsvWriter.Encoding, leaveOpen: true);
        var list = new CustomerListText(text, content.Settings);
        list.Head();
        var count = 0L;
        foreach (var page in Pages(condition, cancellationToken))
        {
            foreach (var customer in page)
            {
                list.Row(customer);
                count++;
            }
        }

        return count;
    }

    /// <summary>Writes files of which none is larger than it may be; answers their names and how many customers each has.</summary>
    /// <param name="real">The real time, for the names.</param>
    public IEnumerable<(string Name, long Customers)> Write(Expression condition, ListFiles files, DateTimeOffset real, long largest,
        CancellationToken cancellationToken)
    {
        using var pages = Pages(condition, cancellationToken).GetEnumerator();
        var hasMore = pages.MoveNext();
        while (hasMore)
        {
            var (name, file) = files.Create("customers", real);
            var count = 0L;
            using (file)
            using (var text = new StreamWriter(file, CsvWriter.Encoding))
            {
                var list = new CustomerListText(text, content.Settings);
                list.Head();
                do
                {
                    foreach (var customer in pages.Current)
                    {
                        list.Row(customer);
                        count++;
                    }

                    text.Flush();
                    hasMore = pages.MoveNext();
                }
                while (hasMore && file.Length < largest);
            }

            yield return (name, count);
        }
    }

    private IEnumerable<ImmutableArray<ListedCustomer>> Pages(Expression condition, CancellationToken cancellationToken)
    {
        using var lists = CustomerLists.Open(database);
        for (ProfileId? after = new ProfileId(0); after is { } from;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = lists.Page(condition, content.Settings, now, from);
            after = page.Cursor;
            if (!page.Customers.IsEmpty)
            {
                yield return page.Customers;
            }
        }
    }
}
