using System.Collections.Concurrent;
using System.Text.Json;
using Bot.FakeTelegram.Api;
using Bot.FakeTelegram.Chats;
using Bot.FakeTelegram.Receiving;

namespace Bot.FakeTelegram;

/// <summary>One bot at the server: its chats, its updates, its settings.</summary>
public sealed class FakeBot
{
    private readonly FakeTelegramServer _server;
    private readonly ConcurrentDictionary<long, FakeChat> _chats = new();
    private readonly ConcurrentDictionary<string, FakeChat> _callbacks = new(StringComparer.Ordinal);
    private readonly Lock _pushing = new();
    private long _lastUpdate = 1000;
    private long _lastMessage;
    private long _lastCallback;
    private int _conflicts;

    internal FakeBot(FakeTelegramServer server, string token)
    {
        _server = server;
        Token = token;
        Id = long.Parse(token.AsSpan(0, token.IndexOf(':')), System.Globalization.CultureInfo.InvariantCulture);
    }

    public string Token { get; }

    public long Id { get; }

    public string Username { get; set; } = "test_bot";

    /// <summary>The token was revoked: every call is answered by 401.</summary>
    public bool IsRevoked { get; set; }

    /// <summary>What allowed_updates was last.</summary>
    public IReadOnlyList<string>? AllowedUpdates { get; internal set; }

    /// <summary>The webhook's address, if one is set.</summary>
    public string? WebhookUrl { get; internal set; }

    /// <summary>How many updates the bot has not confirmed.</summary>
    public int Pending => Queue.Count;

    /// <summary>How many of them the bot has fetched, whatever it does with them.</summary>
    public int Given => Queue.Given;

    /// <summary>How often a getUpdates came while another one of a living program was held.</summary>
    public int Conflicts => _conflicts;

    /// <summary>How many files were uploaded.</summary>
    public int Uploads => Methods.Uploads;

    /// <summary>The commands by language; the key of the default list is empty. Those of one chat end with <c>@</c> and its id.</summary>
    public IReadOnlyDictionary<string, string> Commands => Methods.Commands.ToDictionary(static pair => pair.Key, static pair => pair.Value.GetRawText());

    internal UpdateQueue Queue { get; } = new();

    internal Poll Poll { get; } = new();

    internal Methods Methods { get; } = new();

    internal WebhookPusher? Webhook { get; set; }

    internal long Now => _server.Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The chat with this id; positive ids are private chats, negative ones groups.</summary>
    public FakeChat Chat(long id) => _chats.GetOrAdd(id, static (key, bot) => new FakeChat(bot, key), this);

    /// <summary>All file ids become unknown, as after a change of the bot.</summary>
    public void ForgetFiles() => Methods.ForgetFiles();

    /// <summary>Sets the id of the next update: ids start anew after a quiet week.</summary>
    public void SetNextUpdateId(long id) => Interlocked.Exchange(ref _lastUpdate, id - 1);

    /// <summary>Puts an update, or anything else, into the queue as it is, as many copies at once as are wanted.</summary>
    public void PushRaw(string json, long updateId = 0, long chat = 0, int copies = 1)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(json);
        Queue.Add([.. Enumerable.Range(0, copies).Select(_ => new QueuedUpdate(updateId, chat, bytes))]);
        Webhook?.Wake(chat);
    }

    internal FakeChat? KnownChat(long id) => _chats.TryGetValue(id, out var chat) && !chat.IsUnknown ? chat : null;

    internal void CountConflict() => Interlocked.Increment(ref _conflicts);

    internal long NewMessageId() => Interlocked.Increment(ref _lastMessage);

    internal string NewCallback(FakeChat chat)
    {
        var id = $"cb{Interlocked.Increment(ref _lastCallback)}";
        _callbacks[id] = chat;
        return id;
    }

    /// <summary>The chat of a press that was not answered yet.</summary>
    internal FakeChat? TakeCallback(string id) => _callbacks.TryRemove(id, out var chat) ? chat : null;

    internal long Push(FakeChat chat, string kind, Action<Utf8JsonWriter> writeValue)
    {
        if (AllowedUpdates is { } allowed && !allowed.Contains(kind))
            return 0;

        // Ids and places in the queue go together: a poll that confirms an id confirms all below it.
        lock (_pushing)
            return Enqueue(chat, kind, writeValue, ++_lastUpdate);
    }

    private long Enqueue(FakeChat chat, string kind, Action<Utf8JsonWriter> writeValue, long id)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("update_id"u8, id);
            json.WritePropertyName(kind);
            writeValue(json);
            json.WriteEndObject();
        }

        Queue.Add(new QueuedUpdate(id, chat.Id, buffer.ToArray()));
        Webhook?.Wake(chat.Id);
        return id;
    }
}
