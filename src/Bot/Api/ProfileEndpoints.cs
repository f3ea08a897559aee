using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Storage;

namespace Bot.Api;

/// <summary>Customers: what is known of them, and more of it.</summary>
internal sealed class ProfileEndpoints(Func<Content> content, Store store, Decisions decisions, Customers customers, TimeProvider business)
{
    private static readonly string[] Marks = ["phone", "email", "card"];

    public ImmutableArray<Operation> Operations =>
    [
        Operation.Post("/profiles", PutAsync),
        Operation.Get("/profiles", Find),
        Operation.Get("/profiles/{id}", Get),
    ];

    /// <summary>Adds a customer, or to one, as a row of a list does.</summary>
    private Task<Answer> PutAsync(Call call) => decisions.AnswerAsync(
        call,
        () =>
        {
            var (row, source, fault) = new ProfileReader(content(), business.GetUtcNow()).Read(call.Json);
            return row is null ? fault! : new Input.Imported("", PlaceFor(call.Request), By: 0, List: 0, row, source);
        },
        decision => customers.Find(new ProfileId(decision.Subject ?? 0)) is { } customer
            ? Shown(customer.Profile, decision.Result == RequestResult.Done ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            : Customers.Unknown(null));

    private Answer Get(Call call)
    {
        if (new Parameters(call.Http) is { Fault: { } fault })
        {
            return fault;
        }

        return customers.MarkOf("id", call.Id) is { } mark && customers.Find(mark) is { } customer
            ? Shown(customer.Profile, StatusCodes.Status200OK)
            : Customers.Unknown("id");
    }

    private Answer Find(Call call)
    {
        var parameters = new Parameters(call.Http, Marks);
        var named = Marks.Where(name => parameters.Text(name) is not null).ToList();
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        if (named is not [var name])
        {
            return Problem.Invalid(named.Count == 0 ? Marks[0] : named[1], $"Ask by exactly one of: {string.Join(", ", Marks)}.");
        }

        // A plus that was not encoded comes as a space.
        var text = parameters.Text(name)!;
        if (customers.MarkOf(name, name == "phone" && text[0] == ' ' ? $"+{text[1..]}" : text) is not { } mark)
        {
            return Problem.Invalid(name, Customers.FaultOf(name));
        }

        return customers.Find(mark) is { } customer ? Shown(customer.Profile, StatusCodes.Status200OK) : Customers.Unknown(name);
    }

    private Answer Shown(ProfileId profile, int status)
    {
        var (rules, now) = (content().Loyalty, business.GetUtcNow());
        var state = store.Api.Customer(profile, rules?.WindowBegin(now) ?? now, now);
        return new Answer(status, json => ProfileJson.Write(json, state, rules, now));
    }

    /// <summary>For a customer who is not known there is a place that the same request always has; the writer puts a known one's chat instead of it.</summary>
    private static ChatAddress PlaceFor(Request request) => new(ChatAddress.Staff, 0,
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Key}\n{request.Fingerprint}"))) & long.MaxValue);
}
