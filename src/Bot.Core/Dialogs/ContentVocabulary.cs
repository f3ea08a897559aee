using System.Collections.Immutable;
using Bot.Core.Dialogs.Loading;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Dialogs;

/// <summary>What an expression that staff type at any time may name: the same as in the content's own files.</summary>
public static class ContentVocabulary
{
    /// <summary>What stands in a text that belongs to no conversation.</summary>
    public static Vocabulary ForTexts(this Content content) => Of(content).Vocabulary;

    /// <summary>What stands after <c>for:</c>: asked of profiles in any chat or none.</summary>
    public static Vocabulary ForConditions(this Content content) => Of(content).ForVocabulary;

    /// <summary>A condition as staff type it, or what is wrong with it.</summary>
    public static Parsed<Expression> ReadCondition(this Content content, string source)
    {
        var parsed = Expression.Parse(source, content.ForConditions());
        return parsed.Result is { } condition && Knowledge.IsConstant(condition.Tree)
            ? new(null, new ExpressionFault(0, "This condition is the same for everybody. Ask for something that differs."))
            : parsed;
    }

    /// <summary>A text as staff type it, or what is wrong with it: values that may be missing need an <c>else</c>.</summary>
    public static Parsed<Template> ReadText(this Content content, string source)
    {
        var parsed = Template.Parse(source, content.ForTexts());
        foreach (var slot in parsed.Result?.Parts.OfType<TemplatePart.Slot>().Where(slot => slot.Else is null) ?? [])
        {
            if (Knowledge.MayMiss(slot.Node, Loading.Facts.None) is { } missing)
            {
                return new(null, new ExpressionFault(slot.At, $"{missing} may be unknown. Say what to show then: {{{{ {slot.Written} else 'text' }}}}."));
            }
        }

        return parsed;
    }

    private static Surroundings Of(Content content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new Surroundings
        {
            Languages = content.Settings.Languages,
            Business = content.Settings.Business,
            Fields = ProfileFields.BuiltIn.AddRange(content.Settings.Fields),
            HasFields = true,
            Purposes = content.Settings.Consents,
            Events = content.Events,
            Segments = new SegmentTrees(content.Segments.ToImmutableDictionary(one => one.Key, one => (Node?)one.Value.For.Tree), AreAll: true),
        };
    }
}
