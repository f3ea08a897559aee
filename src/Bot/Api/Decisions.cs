using Bot.Core.Inputs;
using Bot.Storage;
using Bot.Storage.Api;
using Bot.Writing;

namespace Bot.Api;

/// <summary>What a request comes to before it is decided: an input for the writer, or what is answered without one.</summary>
internal readonly record struct Asked(Input? Input, Answer? Answer)
{
    public static implicit operator Asked(Input input) => new(input, null);

    public static implicit operator Asked(Problem problem) => new(null, problem);

    public static implicit operator Asked(Answer answer) => new(null, answer);
}

/// <summary>
/// Brings requests to the writer, down the one path, and answers what was decided there once it is committed. A request that comes again is answered
/// from what was decided the first time.
/// </summary>
internal sealed class Decisions(Store store, Writer writer)
{
    /// <summary>Longer than a commit ever takes, shorter than programs wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="ask">Makes the input; its key and request are put in here.</param>
    /// <param name="tell">The answer to what was decided.</param>
    public async Task<Answer> AnswerAsync(Call call, Func<Asked> ask, Func<Decision, Answer> tell)
    {
        if (call.IsRepeatable && store.Api.DecisionOn(call.Request.Key) is { } known)
        {
            return Told(call, known, tell);
        }

        var asked = ask();
        if (asked.Input is not { } input)
        {
            return asked.Answer!;
        }

        if (writer.Stalled is not null)
        {
            // What cannot be written must not pile up.
            return Problem.Unavailable();
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
        patience.CancelAfter(Patience);
        try
        {
            await writer.AcceptAsync([input with { Key = call.Request.Key, Request = call.Request }], patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return Problem.Unavailable();
        }

        return store.Api.DecisionOn(call.Request.Key) is { } decision ? Told(call, decision, tell) : Problem.Failed(call.Request.Key);
    }

    private static Answer Told(Call call, Decision decision, Func<Decision, Answer> tell) => decision.Fingerprint == call.Request.Fingerprint
        ? tell(decision)
        : new Problem(StatusCodes.Status422UnprocessableEntity, "key-reused", "The key was used for another request",
            "Each request has an Idempotency-Key of its own; only a repetition, byte for byte, has the same.")
        { Field = Requests.KeyHeader };
}
