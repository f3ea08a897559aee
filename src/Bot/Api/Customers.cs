using System.Globalization;
using Bot.Core.Conversations;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Core.Profiles;
using Bot.Storage;
using Bot.Storage.Api;

namespace Bot.Api;

/// <summary>Whom a request is about.</summary>
internal sealed class Customers(Func<Content> content, Store store)
{
    private const string Name = "customer";

    /// <summary>By what a customer can be named.</summary>
    private static readonly string[] Marks = ["id", "phone", "email", "card"];

    /// <summary>The customer that a body names under <c>customer</c>; <see langword="null"/> if that is faulty, which the fields then say.</summary>
    public CustomerMark? Read(Fields fields)
    {
        if (fields.Object(Name, isNeeded: true, Marks) is not { } customer)
        {
            return null;
        }

        var named = Marks.Where(customer.Has).ToList();
        if (named is not [var mark])
        {
            fields.Wrong(Name, $"Name the customer by exactly one of: {string.Join(", ", Marks)}.");
            return null;
        }

        if (customer.Text(mark) is not { } text)
        {
            return null;
        }

        if (MarkOf(mark, text) is { } read)
        {
            return read;
        }

        customer.Wrong(mark, FaultOf(mark));
        return null;
    }

    /// <summary>The mark that is written like this, or <see langword="null"/> if it is none.</summary>
    public CustomerMark? MarkOf(string mark, string text) => mark switch
    {
        "id" => IdOf(text) is { } id ? new CustomerMark.ById(new ProfileId(id)) : null,
        "phone" => AnswerReader.Phone(text, content().Settings.Business.Phone) is { } phone ? new CustomerMark.ByPhone(phone) : null,
        "email" => AnswerReader.Email(text) is { } email ? new CustomerMark.ByEmail(email) : null,
        "card" => Card.Read(text) is { } code ? new CustomerMark.ByCard(code) : null,
        _ => null,
    };

    /// <summary>What is wrong with a mark that cannot be read.</summary>
    public static string FaultOf(string mark) => mark switch
    {
        "id" => "The id of a customer is a whole number, written as a text.",
        "phone" => "It is no phone number. Send it with its country: +79991234567.",
        "email" => "It is no email address.",
        _ => $"The code of a card has {Card.Length} letters and digits.",
    };

    /// <summary>Where a customer is reached; <see langword="null"/> if nobody is known by this mark.</summary>
    public CustomerPlace? Find(CustomerMark mark) => store.Api.Find(mark);

    public CustomerPlace? Find(ProfileId profile) => Find(new CustomerMark.ById(profile));

    /// <summary>Nobody is known by what the request says.</summary>
    public static Problem Unknown(string? field = Name) =>
        Problem.Unknown("customer", field, "Nobody is known by this. Add them with POST /api/v1/profiles, or try another of id, phone, email and card.");

    /// <summary>An id as programs have it: a whole number above zero, as a text.</summary>
    public static long? IdOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
