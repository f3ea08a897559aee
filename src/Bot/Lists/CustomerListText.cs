using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Bot.Core.Csv;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Lists;
using Bot.Storage.Lists;

namespace Bot.Lists;

/// <summary>Writes customers as rows, headed in the business's language.</summary>
internal sealed class CustomerListText
{
    private const int MostSources = 200;

    private readonly CsvWriter _csv;
    private readonly Settings _settings;
    private readonly ImmutableArray<ListColumn> _columns;
    private readonly bool _isRussian;

    public CustomerListText(TextWriter output, Settings settings)
    {
        (_csv, _settings) = (new CsvWriter(output, CsvWriter.DelimiterIn(settings.Languages[0])), settings);
        _columns = ListColumn.Outgoing(settings.Fields);
        _isRussian = settings.Languages[0] == "ru";
    }

    public void Head() => _csv.Row(_columns.Select(column => CsvCell.Of(column.HeadingIn(_settings.Languages[0]))));

    public void Row(ListedCustomer customer) => _csv.Row(_columns.Select(column => CellOf(customer, column)));

    private CsvCell CellOf(ListedCustomer customer, ListColumn column)
    {
        var profile = customer.Profile;
        return column.Kind switch
        {
            // As a text: a spreadsheet would round it.
            ListColumnKind.Id => CsvCell.Of(profile.Id.Value.ToString(CultureInfo.InvariantCulture)),
            ListColumnKind.Field => CellOf(profile.Fields.GetValueOrDefault(column.Field!)),
            ListColumnKind.Telegram => CsvCell.Of((profile.Fields.GetValueOrDefault(Core.Profiles.ProfileFields.Telegram) as Value.Text)?.Content),
            ListColumnKind.Tags => Joined(profile.Tags.Order(StringComparer.Ordinal)),
            ListColumnKind.Note => CsvCell.Of(null),
            ListColumnKind.Consents => Joined(customer.Consents.Select(consent => $"{consent.Purpose} ({consent.Channel})")),
            ListColumnKind.FirstSource => CsvCell.Of(Shortened(profile.FirstSource)),
            ListColumnKind.LastSource => CsvCell.Of(Shortened(profile.LastSource)),
            ListColumnKind.Created => Moment(profile.CreatedAt),
            ListColumnKind.LastActive => Moment(profile.LastActive),
            ListColumnKind.Purchases => CsvCell.Of(customer.Purchases),
            ListColumnKind.Spent => CsvCell.Of(customer.Spent),
            ListColumnKind.Blocked => customer.IsBlocked is { } blocked ? YesNo(blocked) : CsvCell.Of(null),
        };
    }

    private CsvCell CellOf(Value? value) => value switch
    {
        null => CsvCell.Of(null),
        Value.Number number => CsvCell.Of(number.Amount),
        Value.Date date => CsvCell.Of(date.Day),
        Value.Boolean boolean => YesNo(boolean.Is),
        Value.Moment moment => Moment(moment.At),
        Value.Text text => CsvCell.Of(text.Content),
        Value.Choice choice => CsvCell.Of(choice.Id),
        Value.Duration duration => CsvCell.Of(duration.Length.ToString("c", CultureInfo.InvariantCulture)),
        Value.File file => CsvCell.Of(file.Name),
        Value.Magnet magnet => CsvCell.Of(magnet.Id),
        _ => throw new UnreachableException(),
    };

    private CsvCell YesNo(bool isSo) => CsvCell.Of((isSo, _isRussian) switch { (true, true) => "да", (false, true) => "нет", (true, false) => "yes", _ => "no" });

    private CsvCell Moment(DateTimeOffset at) =>
        CsvCell.Of(TimeZoneInfo.ConvertTime(at, _settings.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));

    private static CsvCell Joined(IEnumerable<string> parts) => CsvCell.Of(string.Join(", ", parts));

    private static string? Shortened(string? text) => text is { Length: > MostSources } ? text[..MostSources] : text;
}
