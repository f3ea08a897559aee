using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bot.Core.Inputs;
using Bot.Telegram.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Bot.Telegram.Receiving;

/// <summary>Receives updates that Telegram posts. Answers 200 only after the update is committed; all else makes Telegram repeat it.</summary>
/// <param name="bot">The bot's own user id.</param>
/// <param name="secret">What setWebhook told Telegram to show, 1-256 of A-Za-z0-9_-.</param>
/// <param name="stopping">From then on updates are left to the next start.</param>
public sealed class Webhook(long bot, string secret, AcceptInputs accept, ILogger<Webhook> logger, CancellationToken stopping)
{
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";
    private const int LargestUpdate = 1024 * 1024;

    private readonly byte[] _secret = secret.Length > 0
        ? Encoding.UTF8.GetBytes(secret)
        : throw new ArgumentException("A webhook needs a secret.", nameof(secret));

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context) => context.Response.StatusCode = await StatusOfAsync(context.Request).ConfigureAwait(false);

    private async Task<int> StatusOfAsync(HttpRequest request)
    {
        if (!HasSecret(request))
            return StatusCodes.Status401Unauthorized;
        if (stopping.IsCancellationRequested)
            return StatusCodes.Status503ServiceUnavailable;

        var (input, status) = await ReadAsync(request).ConfigureAwait(false);
        if (input is null)
            return status;

        try
        {
            // The sender's patience is no reason to undo the work: the request's own token is not passed on.
            await accept([input], stopping).ConfigureAwait(false);
            return StatusCodes.Status200OK;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return StatusCodes.Status503ServiceUnavailable;
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "Update {Key} could not be taken in; Telegram will bring it again.", input.Key);
            return StatusCodes.Status500InternalServerError;
        }
    }

    private bool HasSecret(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[SecretHeader].ToString()), _secret);

    private async Task<(Input? Input, int Status)> ReadAsync(HttpRequest request)
    {
        try
        {
            var body = await PooledBytes.ReadAsync(request.Body, request.ContentLength, LargestUpdate, request.HttpContext.RequestAborted).ConfigureAwait(false);
            if (body is not { } bytes)
                return (null, StatusCodes.Status413PayloadTooLarge);

            using (bytes)
                return (Updates.Read(bytes.Span, bot, out _), StatusCodes.Status400BadRequest);
        }
        catch (JsonException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // The sender went away in the middle, so nobody reads this.
            return (null, StatusCodes.Status400BadRequest);
        }
    }
}

/// <summary>Puts the webhook on its path.</summary>
public static class WebhookEndpoint
{
    /// <summary>Maps <c>POST /telegram</c>.</summary>
    public static IEndpointConventionBuilder MapTelegramWebhook(this IEndpointRouteBuilder endpoints, Webhook webhook) =>
        endpoints.MapPost("/telegram", webhook.HandleAsync);
}
