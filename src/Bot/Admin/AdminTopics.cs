using Bot.Channels;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Storage;
using Bot.Telegram.Sending;
using Bot.Writing;

namespace Bot.Admin;

/// <summary>
/// The customers' topics in an admin chat that is a forum: one for each, made with the first line of a talk and used again. Elsewhere, and where
/// the bot may not make any, there are none, and staff answer a customer's messages. For one caller at a time.
/// </summary>
internal sealed class AdminTopics(Store store, Writer writer, TelegramLink telegram, Func<Content> content, TimeProvider clock, TimeProvider business,
    ILogger log)
{
    /// <summary>How soon it is looked again whether a chat has topics and the bot may make them: owners change that while the bot runs.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private ChatAddress? _without;
    private long _since;

    /// <summary>The customer's topic, made if there is none yet; <see langword="null"/> where there are none.</summary>
    public async Task<long?> OfAsync(ChatAddress chat, ProfileId profile, CancellationToken cancellationToken)
    {
        if (store.Talks.Topic(chat, profile) is { } known)
        {
            return known;
        }

        if (_without == chat && clock.GetElapsedTime(_since) < LookAgain)
        {
            return null;
        }

        // Private chats have none for customers, and only groups have ids below zero.
        if (chat.Address >= 0 || await telegram.Forum.HasTopicsAsync(chat, cancellationToken).ConfigureAwait(false) != true)
        {
            (_without, _since) = (chat, clock.GetTimestamp());
            return null;
        }

        return await MakeAsync(chat, profile, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Somebody deleted the topic: the next line gets a new one.</summary>
    public Task ForgetAsync(ChatAddress chat, ProfileId profile) => writer.StepAsync(transaction =>
    {
        transaction.Talks.ForgetTopic(chat, profile);
        return true;
    }, CancellationToken.None);

    /// <summary>Whether a refusal says that the topic is not there, or takes nothing in any more.</summary>
    public static bool IsGone(string reason) =>
        reason.Contains("thread not found", StringComparison.OrdinalIgnoreCase) || reason.Contains("TOPIC_", StringComparison.Ordinal);

    private async Task<long?> MakeAsync(ChatAddress chat, ProfileId profile, CancellationToken cancellationToken)
    {
        while (true)
        {
            var outcome = await telegram.Forum.CreateTopicAsync(chat, NameOf(profile), cancellationToken).ConfigureAwait(false);
            switch (outcome)
            {
                case SendOutcome.Sent { MessageId: var thread }:
                    await writer.StepAsync(transaction =>
                    {
                        transaction.Talks.PutTopic(chat, profile, thread);
                        return true;
                    }, CancellationToken.None).ConfigureAwait(false);
                    return thread;
                case SendOutcome.RetryAfter retry:
                    await Task.Delay(retry.Wait, clock, cancellationToken).ConfigureAwait(false);
                    break;
                case SendOutcome.NotSent or SendOutcome.Unknown:
                    // It may be there already; a topic too many is better than a customer who is not heard.
                    await Task.Delay(Wait, clock, cancellationToken).ConfigureAwait(false);
                    break;
                case SendOutcome.Rejected rejected:
                    await SayRefusedAsync(chat, rejected.Reason).ConfigureAwait(false);
                    (_without, _since) = (chat, clock.GetTimestamp());
                    return null;
                default:
                    // What speaks of the chat itself is found out again when the line is sent.
                    return null;
            }
        }
    }

    private async Task SayRefusedAsync(ChatAddress chat, string reason)
    {
        log.LogWarning("The admin chat is a forum, and the bot may not make topics there ({Reason})", reason);
        var html = new AdminTexts(content(), business.GetUtcNow()).Html(Phrase.AdminTopicsRefused, ("reason", AdminTexts.Text(reason)));
        await writer.StepAsync(transaction =>
        {
            transaction.Admin.Say(null, $"topics-refused:{chat.Address}", new Body(html), business.GetUtcNow());
            return true;
        }, CancellationToken.None).ConfigureAwait(false);
    }

    private string NameOf(ProfileId profile)
    {
        var name = $"{store.Talks.NameOf(profile)} #{profile.Value % 10_000:0000}".Trim();
        return name.Length <= Forum.MaxName ? name : name[^Forum.MaxName..];
    }
}
