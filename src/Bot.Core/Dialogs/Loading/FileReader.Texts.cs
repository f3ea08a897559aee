using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

internal sealed partial class FileReader
{
    private readonly Dictionary<object, YamlNode.Scalar> _origins = new(ReferenceEqualityComparer.Instance);

    /// <summary>Faults in texts, which say nothing against the paths through a dialog.</summary>
    public int FaultsInTexts { get; private set; }

    /// <summary>A text in every language of the content.</summary>
    /// <param name="isPartial">Whether languages may be missing, because something else fills them in.</param>
    public Text? Text(YamlNode node, Vocabulary vocabulary, TextUse use, bool isPartial = false)
    {
        var before = faults.Count;
        var text = TextOf(node, vocabulary, use, isPartial);
        FaultsInTexts += faults.Count - before;
        return text;
    }

    /// <summary>An expression that is a condition.</summary>
    public Expression? Condition(YamlNode node, Vocabulary vocabulary)
    {
        if (Expression(node, vocabulary, "a condition") is not { } condition)
        {
            return null;
        }

        if (Knowledge.IsConstant(condition.Tree))
        {
            faults.Add(node, "This condition is the same for everybody: it always holds, or never. Ask for something that differs, or take it away.");
            return null;
        }

        return condition;
    }

    public Expression? Expression(YamlNode node, Vocabulary vocabulary, string what)
    {
        if (Scalar(node, what) is not { } scalar)
        {
            return null;
        }

        var parsed = Expressions.Expression.Parse(scalar.Value, vocabulary);
        if (parsed.Fault is { } fault)
        {
            At(scalar, fault);
        }
        else
        {
            _origins[parsed.Result!] = scalar;
        }

        return parsed.Result;
    }

    /// <summary>Reports a fault at a place within what an expression or template was read from.</summary>
    public void Add(object readFrom, int at, string message)
    {
        if (_origins.TryGetValue(readFrom, out var scalar))
        {
            At(scalar, new(at, message));
        }
    }

    /// <summary>Demands a word for values that may be missing in a text.</summary>
    public void DemandElse(Text text, Facts facts)
    {
        foreach (var template in text.ByLanguage.Values)
        {
            foreach (var slot in template.Parts.OfType<TemplatePart.Slot>().Where(s => s.Else is null))
            {
                if (Knowledge.MayMiss(slot.Node, facts) is { } missing)
                {
                    Add(template, slot.At, $"{missing} may be unknown here. Say what to show then: {{{{ {slot.Written} else 'text' }}}}.");
                }
            }
        }
    }

    private Text? TextOf(YamlNode node, Vocabulary vocabulary, TextUse use, bool isPartial)
    {
        if (node is not YamlNode.Map map)
        {
            faults.Add(node, NoSpace(node) is { } noSpace ? noSpace : around.Languages.IsEmpty
                ? $"{What(use.What)} is written for each language: `ru: text`."
                : $"{What(use.What)} is written for each language, on lines of their own below: {string.Join(", ", around.Languages.Select(l => $"`{l}: ...`"))}.");
            return null;
        }

        var texts = ImmutableDictionary.CreateBuilder<string, Template>();
        var seen = new HashSet<string>();
        foreach (var (key, value) in map.Pairs)
        {
            if (!around.Languages.IsEmpty && !around.Languages.Contains(key.Value))
            {
                NoLanguage(key, value, map);
                continue;
            }

            seen.Add(key.Value);
            if (Template(value, vocabulary with { Language = key.Value }, use) is { } template)
            {
                texts[key.Value] = template;
            }
        }

        foreach (var language in around.Languages.Where(l => !seen.Contains(l) && !isPartial))
        {
            faults.Add(node, $"The text in `{language}` is missing. Add `{language}: ...` beside the others.");
        }

        return new(texts.ToImmutable());
    }

    private void NoLanguage(YamlNode.Scalar key, YamlNode value, YamlNode.Map map)
    {
        if (map.IsFlow && value is YamlNode.Scalar { IsEmpty: true })
        {
            faults.Add(key, $"Inside {{ }} a comma ends the text, so `{Short(key.Value)}` was read as a language. Put the text in quotes, or write each language on a line of its own.");
            return;
        }

        faults.Add(key, $"`{Short(key.Value)}` is none of the `languages:` in settings.yaml, which are: {string.Join(", ", around.Languages)}.");
    }

    private Template? Template(YamlNode node, Vocabulary vocabulary, TextUse use)
    {
        if (node is YamlNode.Scalar scalar && scalar.Value.AsSpan().Trim().IsEmpty)
        {
            faults.Add(node, IsCut(scalar)
                ? "Everything after `#` is a comment to YAML, so this text is empty. Put the whole text in quotes."
                : "This text is empty.");
            return null;
        }

        if (Scalar(node, "a text") is not { } text)
        {
            return null;
        }

        if (IsCut(text))
        {
            faults.Add(text.EndLine, text.EndColumn, "From here on YAML reads a comment: `#` cuts the text. Put the whole text in quotes, or move the comment to a line of its own.");
            return null;
        }

        if (text is { Form: ScalarForm.Plain, Value: ['“' or '„' or '”', .., '”' or '“'] })
        {
            faults.Add(text, "YAML takes these quotes for a part of the text. Put straight ones around it: \"text\"; to show “ ” as well, put the straight ones around them.");
            return null;
        }

        var parsed = Expressions.Template.Parse(text.Value.TrimEnd(), vocabulary);
        if (parsed.Result is not { } template)
        {
            At(text, parsed.Fault!);
            return null;
        }

        _origins[template] = text;
        Limits(template, text, use);
        return template;
    }

    private bool IsCut(YamlNode.Scalar text)
    {
        if (text.Form != ScalarForm.Plain || text.EndLine > faults.Lines.Length)
        {
            return false;
        }

        var line = faults.Lines[text.EndLine - 1];
        return text.EndColumn <= line.Length && line.AsSpan(text.EndColumn - 1).TrimStart().StartsWith("#");
    }

    private void Limits(Template template, YamlNode.Scalar text, TextUse use)
    {
        var length = template.Parts.OfType<TemplatePart.Fixed>().Sum(p => p.Plain.Length);
        if (length > use.Longest)
        {
            faults.Add(text, $"This is too long for {use.What}: {length} characters, and at most {use.Longest} fit. Shorten it.");
        }
        else if (template.IsConstant && template.Parts.OfType<TemplatePart.Fixed>().All(p => p.Plain.AsSpan().Trim().IsEmpty))
        {
            faults.Add(text, "This text is empty.");
        }

        if (use.IsPlain && template.Parts.OfType<TemplatePart.Fixed>().Any(p => p.HasMarkup))
        {
            faults.Add(text, $"{What(use.What)} has no room for bold and the like. Take the tags away.");
        }

        if (use.IsPlain && text.Value.AsSpan().Trim().IndexOfAny('\n', '\r') >= 0)
        {
            faults.Add(text, $"{What(use.What)} is one line.");
        }
    }

    /// <summary>Translates a place in what YAML made of a text into a place in the file.</summary>
    public void At(YamlNode.Scalar scalar, ExpressionFault fault)
    {
        if (fault.IsFollowUp)
        {
            IsIncomplete = true;
            return;
        }

        var (line, column) = (scalar.Line, scalar.Column);
        var before = scalar.Value.AsSpan(0, Math.Min(fault.At, scalar.Value.Length));
        if (scalar.Form == ScalarForm.Literal)
        {
            line += 1 + before.Count('\n');
            var lineStart = before.LastIndexOf('\n') + 1;
            column = Indent(scalar) + before.Length - lineStart + 1;
        }
        else if (scalar.Form != ScalarForm.Folded && scalar.Line == scalar.EndLine)
        {
            column += before.Length + (scalar.Form == ScalarForm.Quoted ? 1 : 0);
        }

        faults.Add(line, column, fault.Message);
    }

    private int Indent(YamlNode.Scalar scalar)
    {
        for (var i = scalar.Line; i < faults.Lines.Length; i++)
        {
            if (!faults.Lines[i].AsSpan().Trim().IsEmpty)
            {
                return faults.Lines[i].Length - faults.Lines[i].TrimStart(' ').Length;
            }
        }

        return 0;
    }
}
