using System.Globalization;
using Bot.Core.Messages;

namespace Bot.Core.Talks;

/// <summary>How a message to a customer names what staff wrote: <c>talk:4711</c>, or <c>talk:</c> if it stands nowhere.</summary>
public static class TalkCause
{
    private const string Prefix = $"{TalkTurn.Cause}:";

    public static string Of(Copy? original) =>
        original is null ? Prefix : string.Create(CultureInfo.InvariantCulture, $"{Prefix}{original.Message}");

    /// <summary>Whether staff wrote the message with this cause, and the channel's id of what they wrote, if it stands anywhere.</summary>
    public static bool TryRead(string cause, out long? original)
    {
        var isTheirs = cause.StartsWith(Prefix, StringComparison.Ordinal);
        original = isTheirs && long.TryParse(cause.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var message) ? message : null;
        return isTheirs;
    }
}
