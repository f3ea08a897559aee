using System.Collections.Immutable;
using Bot.Core.Inputs;
using Bot.Core.Loyalty;
using Bot.Storage;

namespace Bot.Api;

/// <summary>Purchases that are given back, whole or in part.</summary>
internal sealed class RefundEndpoints(Store store, Decisions decisions, Customers customers)
{
    public ImmutableArray<Operation> Operations => [Operation.Post("/refunds", RefundAsync)];

    private Task<Answer> RefundAsync(Call call)
    {
        var fields = new Fields(call.Json, "id", "purchase", "amount");
        var id = fields.Text("id", isNeeded: true);
        return decisions.AnswerAsync(call, () => Read(fields, id), decision => decision.Result switch
        {
            RequestResult.Done => Shown(id!, StatusCodes.Status201Created),
            RequestResult.Known => Shown(id!, StatusCodes.Status200OK),
            RequestResult.TooMuch => Problem.Conflict("refund-too-large", "More is given back than is left",
                    "Nothing was given back. Of this purchase so much can be given back as `refundable` says.")
                with
            { Field = "amount", Number = ("refundable", (decision.Subject ?? 0) / 100m) },
            RequestResult.Differs => Problem.Conflict("refund-differs", "There is another refund with this id",
                    "It is of another purchase or amount. Each refund has an id of its own.")
                with
            { Field = "id" },
            _ => Unknown(),
        });
    }

    private Asked Read(Fields fields, string? id)
    {
        if (id is not null && !PurchaseEndpoints.IsId(id))
        {
            fields.Wrong("id", PurchaseEndpoints.IdRule);
        }

        var purchase = fields.Text("purchase", isNeeded: true);
        var amount = fields.Amount("amount");
        if (amount <= 0)
        {
            fields.Wrong("amount", "The amount of a refund is more than 0.");
        }

        if (fields.Fault is not null)
        {
            return fields.Fault;
        }

        return store.Api.Purchase(purchase!) is { } sale && customers.Find(sale.Customer) is { } customer
            ? new Input.Refunded(customer.Chat, new Refund(id!, purchase!, amount!.Value))
            : Unknown();
    }

    private Answer Shown(string id, int status) => store.Api.Refund(id) is { } refund
        ? new Answer(status, json =>
        {
            json.WriteString("id", refund.Id);
            json.WriteString("purchase", refund.Purchase);
            json.WriteNumber("amount", refund.Amount);
            json.WriteNumber("money", refund.Money);
            json.WriteNumber("points_returned", refund.Returned);
            json.WriteNumber("points_taken_back", refund.TakenBack);
            json.WriteNumber("balance", refund.Balance);
        })
        : Unknown();

    private static Problem Unknown() => Problem.Unknown("purchase", "purchase", "No purchase has this id. Send it with POST /api/v1/purchases first.");
}
