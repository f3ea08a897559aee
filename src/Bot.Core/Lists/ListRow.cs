using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Profiles;

namespace Bot.Core.Lists;

/// <summary>What a row of a list says of one customer: as much as was written, and nothing of what was left empty.</summary>
/// <param name="Number">The row's number in its file, as spreadsheets count.</param>
/// <param name="Customer">The customer's id here, if the row has one.</param>
/// <param name="Fields">By their names, as they are kept.</param>
public sealed record ListRow(
    int Number, ProfileId? Customer, ImmutableDictionary<string, Value> Fields, ImmutableArray<string> Tags, string? Note)
{
    /// <summary>In E.164.</summary>
    public string? Phone => Text(ProfileFields.Phone);

    public string? Email => Text(ProfileFields.Email);

    private string? Text(string field) => (Fields.GetValueOrDefault(field) as Value.Text)?.Content;
}

/// <summary>What is wrong with a row.</summary>
/// <param name="Value">What was written, if that is what is wrong.</param>
public readonly record struct ListFault(ListFaultKind Kind, string? Value = null);

/// <summary>Why a row is not taken in.</summary>
public enum ListFaultKind
{
    /// <summary>It is no phone number.</summary>
    Phone,

    /// <summary>It is no email address.</summary>
    Email,

    /// <summary>It is no name.</summary>
    Name,

    /// <summary>It is no day, or no birthday of anybody who lives.</summary>
    Day,

    /// <summary>It is no number.</summary>
    Number,

    /// <summary>It is neither yes nor no.</summary>
    YesNo,

    /// <summary>It is no tag.</summary>
    Tag,

    /// <summary>It is longer than anything that is kept.</summary>
    TooLong,

    /// <summary>It is no id of a customer, or none any more after a spreadsheet rounded it.</summary>
    Id,

    /// <summary>Neither id nor phone nor email: nobody could ever tell who this is.</summary>
    Nobody,

    /// <summary>No customer has this id, and there is nothing else to know them by.</summary>
    UnknownId,

    /// <summary>An earlier row, whose number is the value, is about the same customer.</summary>
    Twice,

    /// <summary>A quotation mark is never closed.</summary>
    CutOff,
}

/// <summary>What came of a row. The numbers are stored and must never change.</summary>
public enum ImportResult
{
    /// <summary>A customer who was not known.</summary>
    Added = 0,

    /// <summary>A known customer of whom something new was said.</summary>
    Changed = 1,

    /// <summary>A known customer of whom all was known.</summary>
    Same = 2,

    /// <summary>It could not be taken in.</summary>
    Refused = 3,
}
