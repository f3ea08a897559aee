using System.Globalization;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Time;

namespace Bot.Core.Broadcasts;

/// <summary>What a plan became of what staff typed.</summary>
/// <param name="Plan"><see langword="null"/> if it cannot be done; then <paramref name="Fault"/> says why.</param>
/// <param name="Reason">What could not be read, in the words of whoever read it.</param>
public readonly record struct Planned(BroadcastPlan? Plan, Phrase? Fault = null, string? Reason = null);

/// <summary>Changes the plan of a draft as staff want it, and says what is wrong with what they typed. Nothing wrong gets into a plan.</summary>
public static class BroadcastPlanner
{
    private const string None = "-";
    private const int LongestLabel = 64;
    private const int FewestOfArm = 10;
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366);
    private static readonly string[] Moments = ["yyyy-MM-dd HH:mm", "dd.MM.yyyy HH:mm", "d.M.yyyy H:mm"];

    /// <summary>Whether a wording can be sent, with the words for what cannot.</summary>
    public static Planned Check(Content content, BroadcastPlan plan, Variant variant)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(variant);
        var (template, fault) = (content.ReadText(variant.Source) is var parsed ? parsed.Result : null, parsed.Fault);
        if (template is null)
        {
            return new(null, Phrase.AdminBroadcastUnreadable, fault!.Message);
        }

        var length = template.Parts.OfType<TemplatePart.Fixed>().Sum(part => part.Plain.Length);
        return length > (variant.File is null ? Html.MaxText : Html.MaxCaption)
            ? new(null, Phrase.AdminBroadcastTooLong)
            : variant.File is null && template.IsConstant && string.IsNullOrWhiteSpace(template.Constant) ? new(null, Phrase.AdminBroadcastUsage)
            : new(plan);
    }

    /// <summary>Another wording: the draft becomes an experiment.</summary>
    public static Planned Add(Content content, Broadcast draft, Variant variant)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var plan = draft.Plan;
        return plan.Variants.Length >= BroadcastPlan.MaxVariants
            ? new(null, Phrase.AdminVariantUsage)
            : Check(content, plan with
            {
                Variants = plan.Variants.Add(variant with { Button = variant.Button ?? plan.Variants[0].Button }),
                Split = plan.Split ?? Split.Of(string.Create(CultureInfo.InvariantCulture, $"broadcast-{draft.Id.Value}")),
            }, variant);
    }

    /// <summary>A part of the plan by its name.</summary>
    public static Planned Set(Content content, BroadcastPlan plan, string key, string value, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(value);
        return key switch
        {
            "topic" => content.Settings.Topics.ContainsKey(value) && value != Topic.Reminders
                ? new(plan with { Topic = value })
                : new(null, Phrase.AdminBroadcastNoTopic, Names(content.Settings.Topics.Keys.Where(topic => topic != Topic.Reminders))),
            "segment" when value is None or "all" => new(plan with { Segment = null, For = null }),
            "segment" => content.Segments.ContainsKey(value)
                ? new(plan with { Segment = value, For = null })
                : new(null, Phrase.AdminBroadcastNoSegment, Names(content.Segments.Keys)),
            "for" => content.ReadCondition(value) is { Fault: { } fault }
                ? new(null, Phrase.AdminBroadcastUnreadable, fault.Message)
                : new(plan with { For = value, Segment = null }),
            "at" or "local" when value is "now" or None => new(plan with { At = null, IsLocal = false }),
            "at" or "local" => MomentOf(value, now, content.Settings.Zone) is { } at
                ? new(plan with { At = at, IsLocal = key == "local" })
                : new(null, Phrase.AdminSetUsage),
            "button" or "link" when value is None => new(WithButton(plan, null)),
            "button" => Labelled(value) is var (label, dialog) && content.Dialogs.GetValueOrDefault(dialog) is { Takes: null }
                ? new(WithButton(plan, new BroadcastButton(label, dialog, null)))
                : new(null, Phrase.AdminBroadcastNoDialog, Names(content.Dialogs.Values.Where(one => one.Takes is null).Select(one => one.Id))),
            "link" => Labelled(value) is var (label, url) && WebAddress.IsValid(url)
                ? new(WithButton(plan, new BroadcastButton(label, null, url)))
                : new(null, Phrase.AdminSetUsage),
            "split" => SplitOf(value, plan) is { } split ? new(plan with { Split = split }) : new(null, Phrase.AdminSetUsage),
            "goal" => content.Events.Contains(value) ? new(plan with { Goal = value }) : new(null, Phrase.AdminBroadcastNoEvent, Names(content.Events)),
            _ => new(null, Phrase.AdminSetUsage),
        };
    }

    /// <summary>When a plan begins: in the customers' own time with the earliest of them.</summary>
    public static DateTimeOffset StartOf(BroadcastPlan plan, IEnumerable<TimeZoneInfo> zones, TimeZoneInfo business, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.At is not { } at)
        {
            return now;
        }

        var (day, time) = (DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at));
        var start = plan.IsLocal ? zones.Append(business).Min(zone => LocalTime.At(day, time, zone)) : LocalTime.At(day, time, business);
        return start > now ? start : now;
    }

    private static BroadcastPlan WithButton(BroadcastPlan plan, BroadcastButton? button) =>
        plan with { Variants = [.. plan.Variants.Select(variant => variant with { Button = button })] };

    /// <summary>A label and where it leads: <c>Book a visit = booking</c>.</summary>
    private static (string Label, string Target)? Labelled(string value)
    {
        var sign = value.IndexOf('=', StringComparison.Ordinal);
        return sign > 0 && value[..sign].Trim() is { Length: > 0 and <= LongestLabel } label && !label.Contains('\n', StringComparison.Ordinal)
            && value[(sign + 1)..].Trim() is { Length: > 0 } target
            ? (label, target)
            : null;
    }

    /// <summary>Sample, hold-out and the experiment's name: <c>10% 10% spring</c>, or <c>500 0%</c>.</summary>
    private static Split? SplitOf(string value, BroadcastPlan plan)
    {
        var words = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (plan.Split is not { } split || words is not [var sample, var holdOut, .. var name] || Share(holdOut) is not { } held || name.Length > 1
            || (name is [var one] && !Identifier.IsId(one)))
        {
            return null;
        }

        var (share, count) = (Share(sample), Count(sample));
        return held < 1 && (count is not null || (share > 0 && (share * plan.Variants.Length) + held <= 1))
            ? new Split(name is [var experiment] ? experiment : split.Experiment, share, count, held)
            : null;
    }

    private static decimal? Share(string text) =>
        text is [.. var number, '%'] && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100
            ? percent / 100
            : null;

    private static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= FewestOfArm ? count : null;

    /// <summary>A day and a time, or a time that is to come next.</summary>
    private static DateTime? MomentOf(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            var today = local.Date + time.ToTimeSpan();
            return today > local ? today : today.AddDays(1);
        }

        return DateTime.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            && moment > local.AddDays(-1) && moment - local <= Farthest
            ? moment
            : null;
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
