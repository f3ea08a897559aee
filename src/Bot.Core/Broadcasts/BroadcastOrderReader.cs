using System.Globalization;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Staff;

namespace Bot.Core.Broadcasts;

/// <summary>Reads what staff type and press about broadcasts. Whatever it is, it never throws.</summary>
public static class BroadcastOrderReader
{
    private const int LongestValue = 4_000;

    /// <summary>What a command asks for, or how it is to be written.</summary>
    /// <param name="original">The message with its formatting, its file and what it answers; <see langword="null"/> where there is no more than text.</param>
    public static StaffCommand Read(Command command, ChannelMessage? original)
    {
        var argument = command.Argument;
        var (id, rest) = Numbered(argument);
        return command.Name switch
        {
            "broadcast" when id is { } shown && rest.Length == 0 && original?.ReplyTo is null => Of(new BroadcastOrder.Show(shown)),
            "broadcast" when argument.Length == 0 && Wording(argument, original) is null && original is null or { ReplyTo: null, Media: null } =>
                Of(new BroadcastOrder.List()),
            "broadcast" => Wording(argument, original) is { } wording ? Of(new BroadcastOrder.New(wording)) : Hint(Phrase.AdminBroadcastUsage),
            "variant" => Wording(rest, original) is { } wording ? Of(new BroadcastOrder.AddVariant(id, wording)) : Hint(Phrase.AdminVariantUsage),
            "edit" => Edit(id, rest, original),
            _ => Set(id, rest),
        };
    }

    /// <summary>What a button <c>s.b.number.what</c> asks for, or <see langword="null"/>.</summary>
    /// <param name="what">What stands behind the number.</param>
    public static StaffCommand? Read(long number, ReadOnlySpan<string> what)
    {
        var id = new BroadcastId(number);
        return what switch
        {
            ["show"] => Of(new BroadcastOrder.Show(id)),
            ["topics"] => Of(new BroadcastOrder.Choose(id, IsTopic: true)),
            ["segments"] => Of(new BroadcastOrder.Choose(id, IsTopic: false)),
            ["topic", var topic] => Of(new BroadcastOrder.Set(id, "topic", topic)),
            ["segment", var segment] => Of(new BroadcastOrder.Set(id, "segment", segment)),
            ["test"] => Of(new BroadcastOrder.Test(id)),
            ["start"] => Of(new BroadcastOrder.Start(id, null)),
            ["start", var seen] => Of(new BroadcastOrder.Start(id, seen)),
            ["pause"] => Of(new BroadcastOrder.Pause(id)),
            ["resume"] => Of(new BroadcastOrder.Resume(id)),
            ["cancel"] => Of(new BroadcastOrder.Cancel(id, IsConfirmed: false)),
            ["cancel", "yes"] => Of(new BroadcastOrder.Cancel(id, IsConfirmed: true)),
            ["win", var variant] => Of(new BroadcastOrder.Win(id, VariantOf(variant), IsConfirmed: false)),
            ["win", var variant, "yes"] => Of(new BroadcastOrder.Win(id, VariantOf(variant), IsConfirmed: true)),
            ["edit", "yes"] => Of(new BroadcastOrder.ConfirmEdit(id)),
            ["report"] => Of(new BroadcastOrder.Report(id)),
            ["file"] => Of(new BroadcastOrder.File(id)),
            ["recall"] => Of(new BroadcastOrder.Recall(id, IsConfirmed: false)),
            ["recall", "yes"] => Of(new BroadcastOrder.Recall(id, IsConfirmed: true)),
            _ => null,
        };
    }

    /// <summary>A variant's letter.</summary>
    public static string LetterOf(int variant) => ((char)('A' + variant)).ToString();

    private static StaffCommand.Broadcast Of(BroadcastOrder order) => new(order);

    private static StaffCommand.Hint Hint(Phrase phrase) => new(phrase);

    private static StaffCommand Set(BroadcastId? id, string rest)
    {
        var space = rest.IndexOfAny([' ', '\n']);
        return space > 0 && rest[space..].Trim() is { Length: > 0 and <= LongestValue } value
            ? Of(new BroadcastOrder.Set(id, rest[..space].ToLowerInvariant(), value))
            : Hint(Phrase.AdminSetUsage);
    }

    private static StaffCommand Edit(BroadcastId? id, string rest, ChannelMessage? original)
    {
        var letter = rest is [var first] || (rest is [var begins, ' ' or '\n', ..] && (first = begins) > 0) ? VariantOf(first.ToString()) : null;
        return id is { } edited && Wording(letter is null ? rest : rest[1..].Trim(), original) is { File: null, Source.Length: > 0 } wording
            ? Of(new BroadcastOrder.Edit(edited, letter ?? 0, wording.Source))
            : Hint(Phrase.AdminEditUsage);
    }

    /// <summary>The wording that is typed, also beside a file, or else the message that is answered; <see langword="null"/> if that cannot be sent on.</summary>
    private static Variant? Wording(string typed, ChannelMessage? original)
    {
        if (typed.Length > 0 || original?.Media is not null)
        {
            var source = original is null ? typed : TailOf(SourceOf(original.Html), typed);
            return VariantOf(source, original?.Media);
        }

        return original?.ReplyTo is { } replied ? VariantOf(SourceOf(replied.Html), replied.Media) : null;
    }

    private static Variant? VariantOf(string source, Media? media) => media switch
    {
        null => source.Length > 0 ? new Variant(source) : null,
        { FileId: { } file, Kind: MediaKind.Picture } => new Variant(source, new BroadcastFile(AttachmentKind.Picture, file, media.FileName)),
        { FileId: { } file, Kind: MediaKind.Document } => new Variant(source, new BroadcastFile(AttachmentKind.Document, file, media.FileName)),
        { FileId: { } file, Kind: MediaKind.Video } => new Variant(source, new BroadcastFile(AttachmentKind.Video, file, media.FileName)),
        { FileId: { } file, Kind: MediaKind.Voice } => new Variant(source, new BroadcastFile(AttachmentKind.Voice, file, media.FileName)),
        _ => null,
    };

    /// <summary>A text as dialogs have it: signs stand for themselves there, and tags for formatting.</summary>
    private static string SourceOf(string html) => html
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal).Trim();

    /// <summary>The formatted message without its command: it ends with what was typed behind that, whatever tags lie between.</summary>
    private static string TailOf(string source, string typed)
    {
        if (typed.Length == 0)
        {
            return "";
        }

        // The command itself, its number and letter are never formatted.
        var begin = typed.AsSpan().IndexOfAny(' ', '\n') is > 0 and var end ? typed[..end] : typed;
        var skipped = source.IndexOfAny([' ', '\n']);
        var at = skipped < 0 ? -1 : source.IndexOf(begin, skipped, StringComparison.Ordinal);
        while (at > 0 && source[at - 1] == '>' && source.LastIndexOf('<', at - 1) is var tag && tag > skipped && source[tag + 1] != '/')
        {
            at = tag;
        }

        return at < 0 ? typed : source[at..];
    }

    private static (BroadcastId? Id, string Behind) Numbered(string argument)
    {
        var end = argument.AsSpan().IndexOfAny(' ', '\n') is >= 0 and var space ? space : argument.Length;
        return end is > 0 and < 10 && long.TryParse(argument.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (new BroadcastId(number), argument[end..].Trim())
            : (null, argument);
    }

    private static int? VariantOf(string letter) =>
        letter is [var one] && char.ToUpperInvariant(one) - 'A' is >= 0 and < BroadcastPlan.MaxVariants and var variant ? variant : null;
}
