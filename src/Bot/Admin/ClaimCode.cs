using System.Security.Cryptography;
using System.Text;

namespace Bot.Admin;

/// <summary>The one-time code that makes a chat the admin chat: new at each start, in the log alone. For the writer's thread.</summary>
internal sealed class ClaimCode
{
    /// <summary>Without those that look alike: it is typed from a screen.</summary>
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>Two halves of 20 bits.</summary>
    private const int Half = 4;

    /// <summary>Wrong guesses of one user; what follows is not looked at.</summary>
    private const int MaxGuesses = 5;

    /// <summary>Wrong guesses of all together, after which no code is right until the next start: nobody mistypes so often.</summary>
    private const int MaxGuessesOfAll = 100;

    private readonly Dictionary<long, int> _guesses = [];
    private int _guessesOfAll;

    /// <summary>As it is typed: <c>XXXX-XXXX</c>.</summary>
    public string Text { get; } = $"{RandomNumberGenerator.GetString(Letters, Half)}-{RandomNumberGenerator.GetString(Letters, Half)}";

    /// <summary>Whether this is the code, and this user may still guess.</summary>
    public bool IsRight(long user, string typed)
    {
        var guesses = _guesses.GetValueOrDefault(user);
        if (guesses >= MaxGuesses || _guessesOfAll >= MaxGuessesOfAll)
        {
            return false;
        }

        // In constant time: how long it takes tells nothing of how much was right.
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(typed.Trim().ToUpperInvariant()), Encoding.UTF8.GetBytes(Text)))
        {
            return true;
        }

        _guesses[user] = guesses + 1;
        _guessesOfAll++;
        return false;
    }
}
