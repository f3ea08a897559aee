using System.Collections.Immutable;
using System.Text.Json;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Inputs;

namespace Bot.Api;

/// <summary>What happened to a customer elsewhere, so that automations, sequences and segments can go by it.</summary>
internal sealed class EventEndpoints(Func<Content> content, Decisions decisions, Customers customers)
{
    private const int MaxValues = 20;
    private const int MaxText = 1_000;

    public ImmutableArray<Operation> Operations => [Operation.Post("/events", RecordAsync, needsKey: true)];

    private Task<Answer> RecordAsync(Call call)
    {
        var fields = new Fields(call.Json, "customer", "name", "with");
        return decisions.AnswerAsync(call, () => Read(fields), decision => decision.Result == RequestResult.Done
            ? new Answer(StatusCodes.Status201Created, _ => { })
            : Customers.Unknown());
    }

    private Asked Read(Fields fields)
    {
        var mark = customers.Read(fields);
        var name = fields.Text("name", isNeeded: true);
        if (name is not null && OutsideEvent.FaultOf(name, content()) is { } fault)
        {
            fields.Wrong("name", fault);
        }

        var with = With(fields);
        if (fields.Fault is not null)
        {
            return fields.Fault;
        }

        return customers.Find(mark!) is { } customer ? new Input.Event("", customer.Chat, name!, with) : Customers.Unknown();
    }

    private static ImmutableArray<KeyValuePair<string, Value>> With(Fields fields)
    {
        if (fields.Map("with") is not { } values)
        {
            return [];
        }

        var with = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>();
        foreach (var name in values.Names)
        {
            if (!OutsideEvent.IsValueName(name))
            {
                values.Wrong(name, "A value is called by small Latin letters, digits and hyphens between them, beginning with a letter, at most 32.");
            }
            else if (ValueOf(values, name) is { } value)
            {
                with.Add(new(name, value));
            }
            else
            {
                values.Wrong(name, $"A value is a number with at most four decimals, a text of at most {MaxText} characters, true or false, or a moment as a text.");
            }
        }

        if (with.Count > MaxValues)
        {
            fields.Wrong("with", $"An event has at most {MaxValues} values.");
        }

        return with.DrainToImmutable();
    }

    /// <summary>A text in the form of a moment is one.</summary>
    private static Value? ValueOf(Fields values, string name) => values[name].ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new Value.Boolean(values[name].GetBoolean()),
        JsonValueKind.Number => values[name].TryGetDecimal(out var number) && Numbers.IsWithin(number) ? new Value.Number(number) : null,
        JsonValueKind.String => values.Text(name) switch
        {
            null or { Length: > MaxText } => null,
            var text => Fields.ReadMoment(text) is { } moment ? new Value.Moment(moment) : new Value.Text(text),
        },
        _ => null,
    };
}
