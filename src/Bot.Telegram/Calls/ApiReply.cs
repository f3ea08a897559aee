namespace Bot.Telegram.Calls;

/// <summary>What became of one call of the Bot API.</summary>
internal abstract record ApiReply<T>
{
    private ApiReply()
    {
    }

    /// <summary>The server did it.</summary>
    public sealed record Done(T Result) : ApiReply<T>;

    /// <summary>The server refused it, and nothing happened.</summary>
    public sealed record Refused(ApiError Error) : ApiReply<T>;

    /// <summary>There is no usable answer.</summary>
    /// <param name="MayHaveArrived">The request may have been carried out; otherwise it never left us.</param>
    /// <param name="Reason">A short code: no address, no content.</param>
    public sealed record Lost(bool MayHaveArrived, string Reason) : ApiReply<T>;
}

/// <summary>A refusal in the server's words.</summary>
/// <param name="Code">Telegram's error code, which is the HTTP status too.</param>
/// <param name="Description">One line, shortened.</param>
/// <param name="RetryAfter">How long to wait, if told.</param>
/// <param name="MigrateTo">The chat's new id, if it moved.</param>
internal sealed record ApiError(int Code, string Description, TimeSpan? RetryAfter = null, long? MigrateTo = null)
{
    private static readonly TimeSpan Untold = TimeSpan.FromSeconds(1);

    /// <summary>The wait of a 429; one second if the server forgot to say.</summary>
    public TimeSpan Wait => RetryAfter ?? Untold;

    /// <summary>Whether the description contains these words.</summary>
    public bool Says(string words) => Description.Contains(words, StringComparison.OrdinalIgnoreCase);
}
