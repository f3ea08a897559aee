using System.Security.Cryptography;
using System.Text;

namespace Bot.Core.Staff;

/// <summary>Eight signs that stand for an id of the content where a button's data has no room for the whole: the same for ever.</summary>
public static class ShortName
{
    private const int Length = 8;

    public static string Of(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..Length];
}
