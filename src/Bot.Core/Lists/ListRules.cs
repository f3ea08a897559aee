using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Lists;

/// <summary>What a row of a list makes of a profile.</summary>
public static class ListRules
{
    /// <summary>
    /// The profile as the row says it is. What the customer confirmed stays: a phone that the channel vouches for. Consents, subscriptions and what
    /// happened are not a list's to say.
    /// </summary>
    /// <param name="isStaffs">Whether nobody but staff has ever spoken of this customer; else personal data needs the customer's consent.</param>
    public static Profile Apply(Profile known, ListRow row, bool isStaffs)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(row);
        var mayKeep = isStaffs || known.Consents.Any(consent => consent.Purpose == Purpose.PersonalData);
        var fields = known.Fields;
        foreach (var (name, value) in row.Fields)
        {
            var isPersonal = ProfileFields.BuiltIn.ContainsKey(name);
            var isConfirmed = name == ProfileFields.Phone && known.Fields.GetValueOrDefault(ProfileFields.PhoneVerified) is Value.Boolean { Is: true };
            if (fields.GetValueOrDefault(name) != value && !isConfirmed && (mayKeep || !isPersonal))
            {
                fields = fields.SetItem(name, value);
            }
        }

        var tags = known.Tags.Union(row.Tags);
        return ReferenceEquals(fields, known.Fields) && tags.Count == known.Tags.Count ? known : known with { Fields = fields, Tags = tags };
    }
}
