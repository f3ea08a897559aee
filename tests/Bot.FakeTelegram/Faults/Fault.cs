namespace Bot.FakeTelegram.Faults;

/// <summary>How a request goes wrong.</summary>
public enum FaultKind
{
    /// <summary>A refusal in JSON, with <see cref="Fault.Code"/> and <see cref="Fault.Description"/>.</summary>
    Refusal,

    /// <summary>An HTML page with the status <see cref="Fault.Code"/>, as a proxy sends it.</summary>
    HtmlPage,

    /// <summary>The connection is dropped before anything is done.</summary>
    Reset,

    /// <summary>The request is carried out and the connection is dropped instead of an answer.</summary>
    Lost,

    /// <summary>The request is carried out and the answer comes after <see cref="Fault.Delay"/>.</summary>
    Hang,

    /// <summary>Nothing is done and nothing is answered until the caller gives up.</summary>
    Silence,

    /// <summary>The request is carried out and half of the answer is sent.</summary>
    Truncated,

    /// <summary>The request is carried out and the answer, with status 200, is no JSON.</summary>
    Garbage,
}

/// <summary>A rule that makes requests go wrong.</summary>
public sealed record Fault(FaultKind Kind)
{
    private int _seen;
    private int _done;

    /// <summary>Which method; <see langword="null"/> means every send method, <c>*</c> every method.</summary>
    public string? Method { get; init; }

    /// <summary>Which chat; <see langword="null"/> means every chat.</summary>
    public long? Chat { get; init; }

    /// <summary>Every how many matching requests.</summary>
    public int Every { get; init; } = 1;

    /// <summary>How many matching requests go well before.</summary>
    public int Skip { get; init; }

    /// <summary>How often at most.</summary>
    public int Times { get; init; } = int.MaxValue;

    public int Code { get; init; } = 400;

    public string Description { get; init; } = "Bad Request";

    public int? RetryAfter { get; init; }

    public long? MigrateTo { get; init; }

    public TimeSpan Delay { get; init; }

    public static Fault TooManyRequests(int seconds) =>
        new(FaultKind.Refusal) { Code = 429, Description = $"Too Many Requests: retry after {seconds}", RetryAfter = seconds };

    public static Fault Forbidden(string description = "Forbidden: bot was blocked by the user") =>
        new(FaultKind.Refusal) { Code = 403, Description = description };

    public static Fault BadRequest(string what) => new(FaultKind.Refusal) { Description = $"Bad Request: {what}" };

    public static Fault Unauthorized() => new(FaultKind.Refusal) { Code = 401, Description = "Unauthorized", Method = "*" };

    public static Fault Html(int status) => new(FaultKind.HtmlPage) { Code = status };

    public static Fault Reset() => new(FaultKind.Reset);

    public static Fault Lost() => new(FaultKind.Lost);

    public static Fault Hang(TimeSpan delay) => new(FaultKind.Hang) { Delay = delay };

    public static Fault Silence() => new(FaultKind.Silence);

    public static Fault Truncated() => new(FaultKind.Truncated);

    public static Fault Garbage() => new(FaultKind.Garbage);

    /// <summary>The same fault, only once.</summary>
    public Fault Once() => this with { Times = 1 };

    internal bool Strikes(string method, long? chat)
    {
        var matches = Method switch
        {
            null => method.StartsWith("send", StringComparison.Ordinal) || method == "copyMessage",
            "*" => true,
            _ => string.Equals(Method, method, StringComparison.OrdinalIgnoreCase),
        };
        if (!matches || (Chat is not null && Chat != chat))
            return false;

        var turn = Interlocked.Increment(ref _seen) - Skip;
        return turn > 0 && turn % Every == 0 && Interlocked.Increment(ref _done) <= Times;
    }
}
