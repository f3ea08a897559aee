using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Lists;

/// <summary>Who is to be in a list, as staff type it.</summary>
public static class ListCondition
{
    private const string Everybody = "true";

    /// <summary>A segment by its id, an expression as in <c>for:</c>, or everybody if nothing is typed.</summary>
    public static Parsed<Expression> Read(string typed, Content content)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(content);
        var what = typed.Trim();
        return content.Segments.TryGetValue(what, out var segment)
            ? new(segment.For, null)
            : Expression.Parse(what.Length == 0 ? Everybody : what, new Vocabulary
            {
                Fields = ProfileFields.BuiltIn.SetItems(content.Settings.Fields),
                BareFields = true,
                IsOfAnyChat = true,
                Purposes = content.Settings.Consents,
                Business = content.Settings.Business,
                Segments = new SegmentTrees(content.Segments.ToImmutableDictionary(one => one.Key, Node? (one) => one.Value.For.Tree), AreAll: true),
            });
    }
}
