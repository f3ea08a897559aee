namespace Bot.Core.Inputs;

/// <summary>The request of another program that brought an input, and that waits to hear what was decided.</summary>
/// <param name="Key">What makes it this request and no other; it is the input's key too.</param>
/// <param name="Fingerprint">SHA-256 of all that was asked, lower-case hex: the same key with another one is another request by mistake.</param>
public sealed record Request(string Key, string Fingerprint);

/// <summary>What was decided on a request. The numbers are stored and must never change.</summary>
public enum RequestResult
{
    /// <summary>It is done. The subject is what it made or changed, if that has a number.</summary>
    Done = 0,

    /// <summary>It was so already: another request with the same content came before, or nothing of it was new. The subject as with <see cref="Done"/>.</summary>
    Known = 1,

    /// <summary>Under this id something else is kept already.</summary>
    Differs = 2,

    /// <summary>There are not so many points to pay with. The subject is how many can be used.</summary>
    NotEnough = 3,

    /// <summary>More was to be refunded than is left of the purchase. The subject is what is left, in hundredths of the currency.</summary>
    TooMuch = 4,

    /// <summary>The time is not free.</summary>
    Taken = 5,

    /// <summary>In the state that the visit has by now it cannot be done. The subject is the visit.</summary>
    Forbidden = 6,

    /// <summary>What it is about is not there any more.</summary>
    Gone = 7,
}
