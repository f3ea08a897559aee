using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.Core.Inputs;
using Bot.Core.Loyalty;
using Bot.Core.Purchases;
using Bot.Storage;
using Bot.Storage.Api;

namespace Bot.Api;

/// <summary>Purchases of a till or a site, with the points that they are paid with and bring.</summary>
internal sealed partial class PurchaseEndpoints(Store store, Decisions decisions, Customers customers)
{
    public ImmutableArray<Operation> Operations =>
    [
        Operation.Post("/purchases", BuyAsync),
        Operation.Get("/purchases/{id}", Get),
    ];

    /// <summary>Whether this can be the id of a purchase or a refund: it must fit into a path.</summary>
    public static bool IsId(string id) => IdPattern().IsMatch(id);

    /// <summary>What <see cref="IsId"/> demands, in words.</summary>
    public const string IdRule = "An id has 1 to 64 of the characters A-Z a-z 0-9 . _ : -, the first a letter or a digit.";

    private Task<Answer> BuyAsync(Call call)
    {
        var fields = new Fields(call.Json, "id", "customer", "amount", "pay_points");
        var id = fields.Text("id", isNeeded: true);
        return decisions.AnswerAsync(call, () => Read(fields, id), decision => decision.Result switch
        {
            RequestResult.Done => Shown(id!, StatusCodes.Status201Created),
            RequestResult.Known => Shown(id!, StatusCodes.Status200OK),
            RequestResult.NotEnough => Problem.Conflict("not-enough-points", "There are not so many points",
                    "Nothing was bought. Send the same id again with at most so many points as `available` says.")
                with
            { Field = "pay_points", Number = ("available", decision.Subject ?? 0) },
            RequestResult.Differs => Problem.Conflict("purchase-differs", "There is another purchase with this id",
                    "It has another amount, customer or number of points. Each purchase has an id of its own.")
                with
            { Field = "id" },
            _ => Customers.Unknown(),
        });
    }

    private Asked Read(Fields fields, string? id)
    {
        if (id is not null && !IsId(id))
        {
            fields.Wrong("id", IdRule);
        }

        var mark = customers.Read(fields);
        var amount = fields.Amount("amount");
        var pay = fields.Whole("pay_points", Points.Most) ?? 0;
        if (amount is <= 0 or > Purchase.MaxAmount)
        {
            fields.Wrong("amount", FormattableString.Invariant($"The amount of a purchase is more than 0 and at most {Purchase.MaxAmount:F0}."));
        }

        if (fields.Fault is not null)
        {
            return fields.Fault;
        }

        if (customers.Find(mark!) is { } customer)
        {
            return new Input.Bought(customer.Chat, new Purchase(id!, amount!.Value), new Points(pay));
        }

        // It may have been bought when the mark still led to somebody: once for ever.
        return store.Api.Purchase(id!) is { } sale && (sale.Amount, sale.Spent) == (amount!.Value, pay) ? Shown(id!, StatusCodes.Status200OK) : Customers.Unknown();
    }

    private Answer Get(Call call)
    {
        if (new Parameters(call.Http) is { Fault: { } fault })
        {
            return fault;
        }

        return store.Api.Purchase(call.Id) is { } sale
            ? new Answer(StatusCodes.Status200OK, json =>
            {
                Write(json, sale);
                json.WriteNumber("refunded", sale.Refunded);
                json.WriteString("at", sale.At.UtcDateTime);
            })
            : Problem.Unknown("purchase", "id", "No purchase has this id.");
    }

    private Answer Shown(string id, int status) => store.Api.Purchase(id) is { } sale
        ? new Answer(status, json => Write(json, sale))
        : Problem.Unknown("purchase", "id", "The purchase is not kept any more.");

    private static void Write(Utf8JsonWriter json, SaleState sale)
    {
        json.WriteString("id", sale.Id);
        json.WriteString("customer", Customers.Text(sale.Customer.Value));
        json.WriteNumber("amount", sale.Amount);
        json.WriteNumber("money", sale.Money);
        json.WriteNumber("points_spent", sale.Spent);
        json.WriteNumber("points_earned", sale.Earned);
        json.WriteNumber("balance", sale.Balance);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:-]{0,63}\z")]
    private static partial Regex IdPattern();
}
