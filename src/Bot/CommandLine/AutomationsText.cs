using System.Globalization;
using Bot.Core.Dialogs;
using Bot.Core.Gate;
using Bot.Core.Messages;
using Bot.Core.Sequences;
using Bot.Storage.Automations;

namespace Bot.CommandLine;

/// <summary>The numbers of sequences and automations, those of the content and those of the past.</summary>
internal static class AutomationsText
{
    /// <param name="content"><see langword="null"/> if it cannot be read.</param>
    public static IEnumerable<string> Lines(Content? content, IReadOnlyDictionary<string, AutomationNumbers> numbers)
    {
        var now = content is null ? [] : Causes(content);
        foreach (var cause in now.Keys.Union(numbers.Keys).Order(StringComparer.Ordinal))
        {
            var state = content is null ? "" : now.TryGetValue(cause, out var isOn) ? isOn ? " (on)" : " (off)" : " (no longer in the dialogs)";
            var number = numbers.GetValueOrDefault(cause, AutomationNumbers.None);
            yield return $"{cause.Replace(':', ' ')}{state}";
            yield return $"  {Ways(cause, number)}";
            yield return $"  messages: {Messages(number)}";
            foreach (var message in number.Messages.Where(message => message.Status == DeliveryStatus.Skipped))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"    not sent {message.Count}: {Words.OfSkipped(message.Reason)}");
            }
        }
    }

    /// <summary>What the content has, and whether it is switched on.</summary>
    private static Dictionary<string, bool> Causes(Content content) =>
        content.Sequences.Values.Select(sequence => ($"sequence:{sequence.Id}", sequence.IsEnabled))
            .Concat(content.Automations.Values.Select(automation => ($"automation:{automation.Id}", automation.IsEnabled)))
            .Concat(content.Dialogs.Values.Where(dialog => dialog.Silence is not null).Select(dialog => ($"silence:{dialog.Id}", true)))
            .ToDictionary();

    private static string Ways(string cause, AutomationNumbers number) => cause.Split(':')[0] switch
    {
        "sequence" => string.Create(CultureInfo.InvariantCulture, $"entered {number.Entered}: running {number.Waiting}, ")
            + string.Join(", ", Enum.GetValues<SequenceEnd>().Select(end => $"{NameOf(end)} {number.Ended.GetValueOrDefault(end)}")),
        "automation" => string.Create(CultureInfo.InvariantCulture, $"done {number.Entered}, waiting {number.Waiting}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"waiting {number.Waiting}"),
    };

    private static string Messages(AutomationNumbers number) => string.Join(", ", Enum.GetValues<DeliveryStatus>().Select(status =>
        string.Create(CultureInfo.InvariantCulture, $"{NameOf(status)} {number.Messages.Where(message => message.Status == status).Sum(message => message.Count)}")));

    private static string NameOf(SequenceEnd end) => end switch
    {
        SequenceEnd.Finished => "finished",
        SequenceEnd.Goal => "goal reached",
        SequenceEnd.Stopped => "stopped",
        SequenceEnd.Unsubscribed => "unsubscribed",
        SequenceEnd.Gone => "gone",
        SequenceEnd.Failed => "failed",
    };

    private static string NameOf(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Sent => "sent",
        DeliveryStatus.Blocked => "blocked",
        DeliveryStatus.Failed => "failed",
        DeliveryStatus.Skipped => "not sent",
        DeliveryStatus.Unknown => "unknown",
    };
}
