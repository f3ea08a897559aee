using Bot.Core.Dialogs;

namespace Bot.Core.Expressions;

/// <summary>What every expression can see beside the profile's fields and the conversation's values.</summary>
public enum Root
{
    Now,
    Today,
    LastActive,
    Created,
    SourceFirst,
    SourceLast,
    Language,
    MagnetId,
    MagnetTitle,
    MagnetFile,
    BusinessName,
    BusinessPhone,
    BusinessAddress,
    BusinessPolicy,
    BusinessReview,
}

/// <summary>The names of the roots, in plain dictionaries: frozen ones cost more at start than they save.</summary>
internal static class Roots
{
    /// <summary>The first part of these names, which no remembered value or field may have.</summary>
    public static readonly HashSet<string> Reserved;

    public static readonly Dictionary<string, Root> ByName = new Dictionary<string, Root>
    {
        ["now"] = Root.Now,
        ["today"] = Root.Today,
        ["last_active"] = Root.LastActive,
        ["created"] = Root.Created,
        ["source.first"] = Root.SourceFirst,
        ["source.last"] = Root.SourceLast,
        ["language"] = Root.Language,
        ["magnet.id"] = Root.MagnetId,
        ["magnet.title"] = Root.MagnetTitle,
        ["magnet.file"] = Root.MagnetFile,
        ["business.name"] = Root.BusinessName,
        ["business.phone"] = Root.BusinessPhone,
        ["business.address"] = Root.BusinessAddress,
        ["business.policy"] = Root.BusinessPolicy,
        ["business.review"] = Root.BusinessReview,
    };

    static Roots() => Reserved = new HashSet<string>(ByName.Keys.Select(n => n.Split('.')[0]))
    {
        "profile", "tags", "and", "or", "not", "has", "in", "else", "true", "false", "from", "to",
    };

    public static ValueKind KindOf(Root root) => root switch
    {
        Root.Now or Root.LastActive or Root.Created => ValueKind.Moment,
        Root.Today => ValueKind.Date,
        Root.MagnetFile => ValueKind.File,
        Root.SourceFirst or Root.SourceLast or Root.Language or Root.MagnetId or Root.MagnetTitle or Root.BusinessName or Root.BusinessPhone
            or Root.BusinessAddress or Root.BusinessPolicy or Root.BusinessReview => ValueKind.Text,
    };

    public static bool IsMagnet(Root root) => root is Root.MagnetId or Root.MagnetTitle or Root.MagnetFile;

    /// <summary>Whether the value can be missing at run time. The business's are put in when the content is loaded.</summary>
    public static bool MayBeMissing(Root root) => root is Root.SourceFirst or Root.SourceLast;

    /// <summary>Whether this root is one of the business's values, and which.</summary>
    public static bool IsBusiness(Root root, Business? business, out string? value)
    {
        (var isBusiness, value) = root switch
        {
            Root.BusinessName => (true, business?.Name),
            Root.BusinessPhone => (true, business?.Phone),
            Root.BusinessAddress => (true, business?.Address),
            Root.BusinessPolicy => (true, business?.Policy),
            Root.BusinessReview => (true, business?.Review),
            _ => (false, null),
        };
        return isBusiness;
    }
}
