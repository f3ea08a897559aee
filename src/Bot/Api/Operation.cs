using System.Text.Json;
using Bot.Core.Inputs;

namespace Bot.Api;

/// <summary>One thing that can be asked: how, and who answers it. Each stands in <c>openapi.json</c>.</summary>
/// <param name="Path">Below <c>/api/v1</c>, with <c>{id}</c> for what stands there.</param>
/// <param name="NeedsKey">Whether it must come with an <c>Idempotency-Key</c>, because nothing in it tells a repetition from a second wish.</param>
internal sealed record Operation(string Method, string Path, Func<Call, Task<Answer>> AnswerAsync, bool NeedsKey = false)
{
    /// <summary>A reading one.</summary>
    public static Operation Get(string path, Func<Call, Answer> answer) => new("GET", path, call => Task.FromResult(answer(call)));

    public static Operation Get(string path, Func<Call, Task<Answer>> answer) => new("GET", path, answer);

    public static Operation Post(string path, Func<Call, Task<Answer>> answer, bool needsKey = false) => new("POST", path, answer, needsKey);
}

/// <summary>What was asked.</summary>
/// <param name="Json">The body; of what is no object nothing comes here.</param>
/// <param name="Request">By which a repetition is known.</param>
/// <param name="IsRepeatable">Whether it came with a key of its own, so that it may have come before.</param>
/// <param name="Aborted">Whoever asked has gone.</param>
internal sealed record Call(HttpRequest Http, JsonElement Json, Request Request, bool IsRepeatable, CancellationToken Aborted)
{
    /// <summary>What stands in the path.</summary>
    public string Id => (string)Http.RouteValues["id"]!;
}
