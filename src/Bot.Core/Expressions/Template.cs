using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;

namespace Bot.Core.Expressions;

/// <summary>
/// A parsed and checked text with <c>{{ expressions }}</c>. What a value contains is never read as a template or as markup.
/// </summary>
public sealed record Template
{
    private readonly string? _html;
    private readonly string? _plain;

    internal Template(string source, ImmutableArray<TemplatePart> parts)
    {
        Source = source;
        Parts = parts;
        Words = string.Concat(parts.Select(p => p.Wording));
        if (parts.All(p => p is TemplatePart.Fixed))
        {
            _html = string.Concat(parts.Select(p => ((TemplatePart.Fixed)p).Html));
            _plain = string.Concat(parts.Select(p => ((TemplatePart.Fixed)p).Plain));
        }
    }

    /// <summary>As written.</summary>
    public string Source { get; }

    /// <summary>Whether it is the same for every customer.</summary>
    public bool IsConstant => _html is not null;

    /// <summary>Its plain text, if it is the same for every customer.</summary>
    internal string Constant => _plain ?? "";

    internal ImmutableArray<TemplatePart> Parts { get; }

    private string Words { get; }

    /// <summary>The template, or what is wrong with it.</summary>
    public static Parsed<Template> Parse(string source, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new TemplateReader(source, vocabulary).Whole();
    }

    /// <summary>Telegram's HTML: the owner's markup kept, every value escaped.</summary>
    public string Html(Scope scope) => _html ?? Render(scope, asHtml: true);

    /// <summary>Plain text without markup, for labels and notices.</summary>
    public string Plain(Scope scope) => _plain ?? Render(scope, asHtml: false);

    /// <summary>The source with the business's values put in and the customer's left as written, for the wording of a consent.</summary>
    public string Wording(Scope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Words;
    }

    private string Render(Scope scope, bool asHtml)
    {
        var text = new StringBuilder(Source.Length + 32);
        foreach (var part in Parts)
        {
            switch (part)
            {
                case TemplatePart.Fixed fixedPart:
                    text.Append(asHtml ? fixedPart.Html : fixedPart.Plain);
                    break;
                case TemplatePart.Slot slot:
                    var value = slot.Show(scope);
                    text.Append(asHtml ? Messages.Html.Escape(value) : value);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        return text.ToString();
    }
}

/// <summary>A piece of a template.</summary>
internal abstract record TemplatePart(string Wording)
{
    /// <summary>The same for every customer.</summary>
    public sealed record Fixed(string Html, string Plain, string Wording, bool HasMarkup) : TemplatePart(Wording);

    /// <summary>A value.</summary>
    /// <param name="At">Where the expression begins in the source.</param>
    /// <param name="Else">What stands there if the value is missing.</param>
    /// <param name="Labels">The words for the options of a choice.</param>
    public sealed record Slot(Node Node, int At, string? Else, ImmutableDictionary<string, string>? Labels, string Wording) : TemplatePart(Wording)
    {
        /// <summary>The expression as written.</summary>
        public string Written => Wording[2..^2].Trim();

        public string Show(Scope scope) => Evaluation.Of(Node, scope) switch
        {
            null => Else ?? "",
            Value.Choice choice when Labels is not null => Labels.GetValueOrDefault(choice.Id, choice.Id),
            var value => SpokenValues.Show(value, scope),
        };
    }
}
