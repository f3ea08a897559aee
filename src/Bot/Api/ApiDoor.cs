using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using Bot.Configuration;
using Bot.Storage;
using Bot.Web;

namespace Bot.Api;

/// <summary>
/// What every request passes: the key, the pace, the form of the body; and what every answer is, also of what fails. Of what was sent nothing goes into
/// the log, not even its path.
/// </summary>
internal sealed class ApiDoor(ApiOptions options, Visitors visitors, TimeProvider clock, ILogger log)
{
    private const double Burst = 100;
    private const double PerSecond = 20;

    /// <summary>Wrong keys of one address; then one every six seconds.</summary>
    private const double WrongBurst = 10;
    private const double WrongPerSecond = 1 / 6.0;

    private readonly ApiKeys _keys = new(options);
    private readonly TokenBuckets<int> _pace = new(Burst, PerSecond, clock);
    private readonly TokenBuckets<IPAddress> _wrong = new(WrongBurst, WrongPerSecond, clock);

    /// <summary>Answers what is asked at one path.</summary>
    /// <param name="operations">By method; none for a path that there is not.</param>
    public async Task AnswerAsync(HttpContext context, ImmutableArray<Operation> operations)
    {
        var aborted = context.RequestAborted;
        try
        {
            var (operation, answer) = await DecideAsync(context, operations, aborted).ConfigureAwait(false);
            if (answer.Status == StatusCodes.Status405MethodNotAllowed)
            {
                context.Response.Headers.Allow = string.Join(", ", operations.Select(one => one.Method));
            }

            log.LogDebug("API {Method} {Path} was answered with {Status}", operation?.Method ?? "-", operation?.Path ?? "-", answer.Status);
            await (answer.Problem is null ? answer : answer.Made()).WriteAsync(context.Response, aborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
    }

    private async Task<(Operation? Operation, Answer Answer)> DecideAsync(HttpContext context, ImmutableArray<Operation> operations, CancellationToken aborted)
    {
        var request = context.Request;
        if (_keys.NumberOf(request) is not { } key)
        {
            // Who has a right key is let through whatever comes from the same address; 32 characters are guessed by nobody.
            return (null, _wrong.Take(visitors.AddressOf(context)) is var slow && slow > TimeSpan.Zero ? Problem.TooMany(slow) : Problem.Unauthorized());
        }

        if (_pace.Take(key) is var wait && wait > TimeSpan.Zero)
        {
            return (null, Problem.TooMany(wait));
        }

        if (operations.IsEmpty)
        {
            return (null, new Problem(StatusCodes.Status404NotFound, "unknown-path", "There is no such path", "GET /api/v1/openapi.json lists all that there are."));
        }

        if (operations.FirstOrDefault(one => one.Method == request.Method) is not { } operation)
        {
            return (null, new Problem(StatusCodes.Status405MethodNotAllowed, "method", "This cannot be done here",
                $"Here you can: {string.Join(", ", operations.Select(one => one.Method))}."));
        }

        try
        {
            var (call, problem) = await Requests.ReadAsync(request, operation, _keys.HashOf(key), aborted).ConfigureAwait(false);
            return (operation, call is null ? problem! : (await operation.AnswerAsync(call).ConfigureAwait(false)).Made());
        }
        catch (BadHttpRequestException exception)
        {
            return (operation, new Problem(exception.StatusCode, "bad-request", "The request is not valid HTTP", "Send the body as long as the header says."));
        }
        catch (StoreException exception)
        {
            log.LogError(exception, "API {Method} {Path} cannot be answered: the database fails", operation.Method, operation.Path);
            return (operation, Problem.Unavailable());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var id = RandomNumberGenerator.GetHexString(12, lowercase: true);

            // Its message may show what was sent.
            log.LogError("API {Method} {Path} failed as {Id}: {Exception} {Trace}", operation.Method, operation.Path, id, exception.GetType().Name, exception.StackTrace);
            return (operation, Problem.Failed(id));
        }
    }
}
