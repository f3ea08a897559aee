using System.Collections.Immutable;

namespace Bot.Core.Expressions;

internal sealed partial class Parser
{
    private Node? Function(Token name)
    {
        Read();
        Node? node = name.Text switch
        {
            "event" or "count" => Event(name.Text),
            "consent" => Consent(),
            "segment" => Segment(),
            "ago" => Duration("ago") is { } length ? new Node.Ago(length) : null,
            "next" => Fail(name.At, "`next(...)` stands after `in`: `profile.birthday in next(7d)`."),
            _ => Roots.ByName.TryGetValue(name.Text, out var root) && Roots.TakesLength(root)
                ? _checker.Name(name) is not null && Duration(name.Text) is { } within ? new Node.Given(root, within) : null
                : _checker.IsFunction(name) ? Spoken(name) : null,
        };
        _depth--;
        return node is not null && Close() ? node : null;
    }

    private Node? Event(string function)
    {
        if (Peek.Kind != TokenKind.Name)
        {
            return Fail(Peek.At, $"Name the event, without quotes: `{function}(lead-magnet.delivered)`.");
        }

        var name = Read();
        if (!_checker.IsEvent(name))
        {
            return null;
        }

        TimeSpan? within = null;
        if (Take(","))
        {
            within = Duration(function);
            if (within is null)
            {
                return null;
            }
        }

        return function == "event" ? new Node.Happened(name.Text, within) : new Node.Count(name.Text, within);
    }

    private Node? Consent()
    {
        if (Peek.Kind != TokenKind.Name)
        {
            return Fail(Peek.At, "Name the purpose, without quotes: `consent(marketing)`.");
        }

        var purpose = Read();
        return _checker.IsPurpose(purpose) ? _checker.Consented(purpose) : null;
    }

    private Node? Segment()
    {
        if (Peek.Kind != TokenKind.Name)
        {
            return Fail(Peek.At, "Name the segment, without quotes: `segment(sleeping)`.");
        }

        return _checker.Segment(Read());
    }

    private Node? Spoken(Token name)
    {
        var arguments = ImmutableArray.CreateBuilder<Node>();
        do
        {
            if (IsNext(")") && arguments.Count == 0)
            {
                break;
            }

            if (Or() is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }
        while (Take(","));

        return _checker.Spoken(name, arguments.DrainToImmutable());
    }

    private TimeSpan? Duration(string function)
    {
        if (Peek.Kind == TokenKind.Duration)
        {
            return Read().Duration;
        }

        Fail(Peek.At, $"`{function}(...)` needs a length of time here, for example 10m, 2h or 7d.");
        return null;
    }
}
