using System.Collections.Immutable;
using System.Text;
using Bot.Core.Messages;

namespace Bot.Core.Expressions;

/// <summary>Reads a text: the owner's markup, <c>{{ expressions }}</c>, and everything else as it stands.</summary>
internal sealed class TemplateReader(string source, Vocabulary vocabulary)
{
    private const string LinkForm = "A link is written like this: <a href=\"https://example.com\">text</a>.";

    private readonly ImmutableArray<TemplatePart>.Builder _parts = ImmutableArray.CreateBuilder<TemplatePart>();
    private readonly StringBuilder _html = new();
    private readonly StringBuilder _plain = new();
    private readonly StringBuilder _wording = new();
    private readonly Stack<(string Tag, int At)> _open = [];
    private ExpressionFault? _fault;
    private int _at;
    private bool _hasMarkup;

    public Parsed<Template> Whole()
    {
        while (_fault is null && _at < source.Length)
        {
            if (IsAt("{{"))
            {
                Slot();
            }
            else if (source[_at] == '<' && Markup.TagAt(source, _at) is { } tag)
            {
                Tag(tag);
            }
            else if (Markup.SlipAt(source, _at) is { } slip)
            {
                Fail(_at, slip);
            }
            else
            {
                Letters(source[_at], source[_at].ToString());
                _at++;
            }
        }

        if (_fault is null && _open.TryPeek(out var open))
        {
            Fail(open.At, $"<{open.Tag}> is not closed: put </{open.Tag}> where it ends.");
        }

        Flush();
        return _fault is null ? new(new Template(source, _parts.DrainToImmutable()), null) : new(null, _fault);
    }

    private bool IsAt(string sign) => string.CompareOrdinal(source, _at, sign, 0, sign.Length) == 0;

    private void Letters(char c, string wording)
    {
        _ = c switch
        {
            '<' => _html.Append("&lt;"),
            '>' => _html.Append("&gt;"),
            '&' => _html.Append("&amp;"),
            _ => _html.Append(c),
        };
        _plain.Append(c);
        _wording.Append(wording);
    }

    private void Slot()
    {
        if (ReadSlot() is not var (node, other, at, written) || node is null)
        {
            return;
        }

        if (node is Node.Given given && Roots.IsBusiness(given.Root, vocabulary.Business, out var value) && vocabulary.Business is not null)
        {
            if ((value ?? other) is not { } fixedValue)
            {
                Fail(at, $"settings.yaml gives no value for this under `business:`. Add it there, or say what to show instead: {{{{ {written.Trim()} else 'text' }}}}.");
                return;
            }

            _html.Append(Html.Escape(fixedValue));
            _plain.Append(fixedValue);
            _wording.Append(fixedValue);
            return;
        }

        if (node.Kind is ValueKind.Boolean or ValueKind.Duration or ValueKind.Magnet or ValueKind.Service or ValueKind.Specialist or ValueKind.Booking)
        {
            Fail(at, $"A text cannot show {Kinds.Name(node.Kind)}.");
            return;
        }

        Flush();
        _parts.Add(new TemplatePart.Slot(node, at, other, Labels(node), "{{" + written + "}}"));
    }

    private ImmutableDictionary<string, string>? Labels(Node node) =>
        node is Node.Remembered { Holds: ValueKind.Choice } remembered
        && vocabulary.Language is { } language
        && vocabulary.Options.TryGetValue(remembered.Name, out var options)
            ? options.Where(o => o.Value.ContainsKey(language)).ToImmutableDictionary(o => o.Key, o => o.Value[language])
            : null;

    /// <summary>Reads <c>{{ ... }}</c> and moves behind it.</summary>
    private (Node? Node, string? Else, int At, string Written)? ReadSlot()
    {
        var start = _at + 2;
        var end = EndOfSlot(start);
        if (end < 0)
        {
            Fail(_at, "`{{` without `}}`: the expression is not closed.");
            return null;
        }

        var written = source[start..end];
        var parser = new Parser(written, vocabulary);
        var (node, other) = parser.WholeSlot();
        _at = end + 2;
        if (node is null && parser.Fault is { } fault)
        {
            Fail(start + fault.At, fault.Message);
            return null;
        }

        var at = start + written.Length - written.TrimStart().Length;
        return (node, other, at, written);
    }

    private int EndOfSlot(int start)
    {
        var quote = '\0';
        for (var i = start; i < source.Length; i++)
        {
            if (quote != '\0')
            {
                quote = source[i] == quote ? '\0' : quote;
            }
            else if (source[i] is '"' or '\'')
            {
                quote = source[i];
            }
            else if (source[i] == '}' && i + 1 < source.Length && source[i + 1] == '}')
            {
                return i;
            }
        }

        return -1;
    }

    private void Tag(Tag tag)
    {
        if (tag.IsClosing)
        {
            Close(tag);
            return;
        }

        if (_open.Any(o => o.Tag == tag.Name))
        {
            Fail(_at, $"<{tag.Name}> stands inside another <{tag.Name}>.");
            return;
        }

        _open.Push((tag.Name, _at));
        if (tag.Name == "a")
        {
            Link();
            return;
        }

        Mark($"<{tag.Name}>", source.Substring(_at, tag.Length));
        _at += tag.Length;
    }

    private void Close(Tag tag)
    {
        if (!_open.TryPeek(out var open))
        {
            Fail(_at, $"</{tag.Name}> closes what was not opened.");
        }
        else if (open.Tag != tag.Name)
        {
            Fail(_at, $"</{tag.Name}> comes before </{open.Tag}>: what is opened last is closed first.");
        }
        else
        {
            _open.Pop();
            Mark($"</{tag.Name}>", $"</{tag.Name}>");
            _at += tag.Length;
        }
    }

    private void Link()
    {
        const string Beginning = "<a href=\"";
        var start = _at;
        if (!IsAt(Beginning))
        {
            Fail(start, LinkForm);
            return;
        }

        _at += Beginning.Length;
        var address = new StringBuilder();
        while (_at < source.Length && source[_at] != '"')
        {
            if (!IsAt("{{"))
            {
                address.Append(source[_at++]);
                continue;
            }

            var at = _at;
            if (ReadSlot() is not var (node, _, _, _) || node is null)
            {
                return;
            }

            if (node is not Node.Given given || !Roots.IsBusiness(given.Root, vocabulary.Business, out var value))
            {
                Fail(at, "The address of a link can use `business.` values only.");
                return;
            }

            address.Append(value);
        }

        if (_at + 1 >= source.Length || source[_at + 1] != '>')
        {
            Fail(start, LinkForm);
            return;
        }

        _at += 2;
        if (!WebAddress.IsValid(address.ToString()) && vocabulary.Business is not null)
        {
            Fail(start, $"The address of a link begins with https:// or http:// and has no spaces. {LinkForm}");
            return;
        }

        Mark($"<a href=\"{Html.Escape(address.ToString())}\">", $"<a href=\"{address}\">");
    }

    private void Mark(string html, string wording)
    {
        _hasMarkup = true;
        _html.Append(html);
        _wording.Append(wording);
    }

    private void Flush()
    {
        if (_html.Length > 0 || _wording.Length > 0)
        {
            _parts.Add(new TemplatePart.Fixed(_html.ToString(), _plain.ToString(), _wording.ToString(), _hasMarkup));
        }

        _hasMarkup = false;

        _html.Clear();
        _plain.Clear();
        _wording.Clear();
    }

    private void Fail(int at, string message)
    {
        _fault ??= new(at, message);
        _at = source.Length;
    }
}
