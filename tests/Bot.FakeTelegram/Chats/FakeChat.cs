using System.Text.Json;

namespace Bot.FakeTelegram.Chats;

/// <summary>One chat from the customer's side: what the customer does, and all that the bot did there.</summary>
public sealed class FakeChat
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FakeBot _bot;
    private readonly Lock _gate = new();
    private readonly List<LoggedCall> _log = [];
    private readonly Dictionary<long, JsonElement> _markups = [];
    private readonly Dictionary<long, string> _written = [];
    private readonly Dictionary<long, string> _topics = [];
    private TaskCompletionSource _changed = NewSignal();
    private int _heard;

    internal FakeChat(FakeBot bot, long id)
    {
        _bot = bot;
        Id = id;
        Sender = id > 0 ? id : 5;
    }

    public long Id { get; }

    public string FirstName { get; set; } = "Anna";

    public string? Language { get; set; } = "ru";

    /// <summary>The name with <c>@</c>, without it.</summary>
    public string? Username { get; set; }

    /// <summary>Who writes and presses here next: in a group anyone, by their numeric id.</summary>
    public long Sender { get; set; }

    public bool IsBlocked { get; private set; }

    /// <summary>Set to what Telegram says of a chat that cannot be written to, for example <c>Forbidden: user is deactivated</c>.</summary>
    public string? Forbidden { get; set; }

    /// <summary>The bot has never seen this chat.</summary>
    public bool IsUnknown { get; set; }

    /// <summary>The group became a supergroup with this id.</summary>
    public long? MigratedTo { get; set; }

    /// <summary>The group has topics.</summary>
    public bool IsForum { get; set; }

    /// <summary>The bot may make topics.</summary>
    public bool MayManageTopics { get; set; } = true;

    /// <summary>The id of what was written here last, by whomever.</summary>
    public long LastWritten { get; private set; }

    /// <summary>The names of the topics that the bot made, by their ids.</summary>
    public IReadOnlyDictionary<long, string> Topics
    {
        get
        {
            lock (_gate)
                return _topics.ToDictionary();
        }
    }

    /// <summary>All that the bot asked for in this chat, refused requests too, in order.</summary>
    public IReadOnlyList<LoggedCall> Log
    {
        get
        {
            lock (_gate)
                return [.. _log];
        }
    }

    /// <summary>The messages that the customer sees, in order.</summary>
    public IReadOnlyList<LoggedCall> Messages => [.. Log.Where(static call => call.IsMessage)];

    internal bool IsPrivate => Id > 0;

    /// <summary>Writes a text. Answers the update's id.</summary>
    public long Says(string text) => Says(text, null, null);

    /// <summary>Writes a text in a topic.</summary>
    public long SaysIn(long thread, string text) => Says(text, thread, null);

    /// <summary>Writes a text as an answer to a message of the bot.</summary>
    public long Replies(long messageId, string text, long? thread = null) => Says(text, thread, messageId);

    private long Says(string text, long? thread, long? replyTo) => _bot.Push(this, "message", json =>
    {
        WriteMessageStart(json, text);
        WritePlace(json, thread, replyTo);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    });

    /// <summary>Writes a text as an answer to somebody's message.</summary>
    public long Answers(long user, string text) => _bot.Push(this, "message", json =>
    {
        WriteMessageStart(json);
        json.WriteString("text"u8, text);
        json.WriteStartObject("reply_to_message"u8);
        json.WriteNumber("message_id"u8, 1);
        json.WriteStartObject("from"u8);
        json.WriteNumber("id"u8, user);
        json.WriteBoolean("is_bot"u8, false);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Forwards a text that somebody else wrote.</summary>
    public long Forwards(string text) => _bot.Push(this, "message", json =>
    {
        WriteMessageStart(json);
        json.WriteString("text"u8, text);
        json.WriteStartObject("forward_origin"u8);
        json.WriteString("type"u8, "hidden_user"u8);
        json.WriteString("sender_user_name"u8, "Somebody");
        json.WriteNumber("date"u8, 1);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Writes in the group's own name, as administrators can.</summary>
    public long SaysAnonymously(string text) => _bot.Push(this, "message", json =>
    {
        WriteMessageStart(json);
        json.WriteStartObject("sender_chat"u8);
        json.WriteNumber("id"u8, Id);
        json.WriteString("type"u8, "supergroup"u8);
        json.WriteEndObject();
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    });

    /// <summary>The group becomes a supergroup; what is sent to the old id is refused from now on.</summary>
    public long BecomesSupergroup(long id)
    {
        MigratedTo = id;
        _bot.Chat(id).FirstName = FirstName;
        return _bot.Push(this, "message", json =>
        {
            WriteMessageStart(json);
            json.WriteNumber("migrate_to_chat_id"u8, id);
            json.WriteEndObject();
        });
    }

    /// <summary>Changes an earlier message.</summary>
    public long Edits(string text) => EditsMessage(_bot.NewMessageId(), text);

    /// <summary>Changes the words of an earlier message, which stand beside a file of some kind if one is named.</summary>
    public long EditsMessage(long messageId, string text, string? kind = null) => _bot.Push(this, "edited_message", json =>
    {
        WriteMessageStart(json, text, messageId);
        json.WriteString(kind is null ? "text"u8 : "caption"u8, text);
        WriteFile(json, kind);
        json.WriteEndObject();
    });

    /// <summary>Presses the newest button with this label; a button of the reply keyboard types its label.</summary>
    public long Presses(string label)
    {
        var (message, button) = FindButton(label);
        return button.TryGetProperty("callback_data", out var data)
            ? PressesData(data.GetString()!, message)
            : button.TryGetProperty("request_contact", out _) ? SharesContact("+79990000000") : Says(label);
    }

    /// <summary>Whether there is a button with this label.</summary>
    public bool Has(string label) => TryFindButton(label) is not null;

    /// <summary>Brings back data as a press would, also data that no button has.</summary>
    /// <param name="isOld">The message is no longer accessible to the bot.</param>
    public long PressesData(string data, long messageId = 1, bool isOld = false) => _bot.Push(this, "callback_query", json =>
    {
        json.WriteStartObject();
        json.WriteString("id"u8, _bot.NewCallback(this));
        WriteFrom(json);
        json.WriteStartObject("message"u8);
        json.WriteNumber("message_id"u8, messageId);
        WriteChat(json);
        json.WriteNumber("date"u8, isOld ? 0 : _bot.Now);
        json.WriteEndObject();
        json.WriteString("chat_instance"u8, "1");
        json.WriteString("data"u8, data);
        json.WriteEndObject();
    });

    /// <summary>Shares a contact: the customer's own, or someone else's.</summary>
    public long SharesContact(string phone, bool own = true) => _bot.Push(this, "message", json =>
    {
        WriteMessageStart(json);
        json.WriteStartObject("contact"u8);
        json.WriteString("phone_number"u8, phone);
        json.WriteString("first_name"u8, own ? FirstName : "Other");
        json.WriteNumber("user_id"u8, own ? Id : Id + 1_000_000);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Sends something that is not text: <c>sticker</c>, <c>voice</c>, <c>photo</c>, <c>document</c>, <c>location</c>...</summary>
    /// <param name="caption">What is written beside it.</param>
    public long Sends(string kind, string? caption = null, long? replyTo = null, long? thread = null) => _bot.Push(this, "message", json =>
    {
        WriteMessageStart(json, caption ?? $"({kind})");
        WritePlace(json, thread, replyTo);
        if (caption is not null)
            json.WriteString("caption"u8, caption);
        WriteFile(json, kind);
        json.WriteEndObject();
    });

    /// <summary>Sends a document, with a text beside it.</summary>
    public long SendsFile(string name, byte[] bytes, string? caption = null)
    {
        var id = _bot.Methods.Receive(bytes);
        return _bot.Push(this, "message", json =>
        {
            WriteMessageStart(json);
            json.WriteStartObject("document"u8);
            json.WriteString("file_id"u8, id);
            json.WriteString("file_unique_id"u8, "u");
            json.WriteString("file_name"u8, name);
            json.WriteNumber("file_size"u8, bytes.Length);
            json.WriteEndObject();
            if (caption is not null)
                json.WriteString("caption"u8, caption);
            json.WriteEndObject();
        });
    }

    public long Blocks()
    {
        IsBlocked = true;
        return PushMembership("member", "kicked");
    }

    public long Unblocks()
    {
        IsBlocked = false;
        return PushMembership("kicked", "member");
    }

    /// <summary>Waits for the next message after the last one waited for.</summary>
    public Task<LoggedCall> ReceivesAsync(TimeSpan? timeout = null) => ReceivesAsync(static call => call.IsMessage, timeout);

    /// <summary>Waits for the next message that contains this text.</summary>
    public Task<LoggedCall> ReceivesAsync(string text, TimeSpan? timeout = null) =>
        ReceivesAsync(call => call.IsMessage && call.Text.Contains(text, StringComparison.Ordinal), timeout);

    /// <summary>Waits for the next call that fits, after the last one waited for.</summary>
    /// <exception cref="TimeoutException">It does not come. Says what came instead.</exception>
    public async Task<LoggedCall> ReceivesAsync(Func<LoggedCall, bool> fits, TimeSpan? timeout = null)
    {
        using var patience = new CancellationTokenSource(timeout ?? Patience);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                var found = _log.FindIndex(_heard, call => fits(call));
                if (found >= 0)
                {
                    _heard = found + 1;
                    return _log[found];
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Chat {Id} did not receive it. The log: {string.Join("; ", Log.Select(static call => $"{call.Method} {call.Status} '{call.Text}'"))}");
            }
        }
    }

    internal void Add(LoggedCall call)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _log.Add(call);
            changed = _changed;
            _changed = NewSignal();
        }

        changed.TrySetResult();
    }

    internal void KeepMarkup(long messageId, JsonElement parameters)
    {
        lock (_gate)
            _markups[messageId] = parameters;
    }

    /// <summary>What a message was sent or last edited with.</summary>
    internal JsonElement? MarkupOf(long messageId)
    {
        lock (_gate)
            return _markups.TryGetValue(messageId, out var parameters) ? parameters : null;
    }

    internal bool Forget(long messageId)
    {
        lock (_gate)
            return _markups.Remove(messageId);
    }

    /// <summary>What stands in a message of this chat, whoever wrote it; <see langword="null"/> if there is none.</summary>
    internal string? TextOf(long messageId)
    {
        lock (_gate)
            return _written.GetValueOrDefault(messageId);
    }

    internal void KeepText(long messageId, string text)
    {
        lock (_gate)
            (_written[messageId], LastWritten) = (text, messageId);
    }

    internal void AddTopic(long thread, string name)
    {
        lock (_gate)
            _topics[thread] = name;
    }

    /// <summary>Somebody deletes a topic.</summary>
    public void LosesTopic(long thread)
    {
        lock (_gate)
            _topics.Remove(thread);
    }

    internal void WriteChat(Utf8JsonWriter json)
    {
        json.WriteStartObject("chat"u8);
        json.WriteNumber("id"u8, Id);
        json.WriteString("type"u8, IsPrivate ? "private"u8 : "supergroup"u8);
        json.WriteString(IsPrivate ? "first_name"u8 : "title"u8, FirstName);
        json.WriteEndObject();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private (long Message, JsonElement Button) FindButton(string label) =>
        TryFindButton(label) ?? throw new InvalidOperationException($"Chat {Id} has no button '{label}'.");

    private (long Message, JsonElement Button)? TryFindButton(string label)
    {
        lock (_gate)
        {
            foreach (var (message, parameters) in _markups.OrderByDescending(static pair => pair.Key))
            {
                foreach (var button in LoggedCall.ButtonsOf(parameters))
                {
                    if (button.GetProperty("text").GetString() == label)
                        return (message, button);
                }
            }
        }

        return null;
    }

    private long PushMembership(string before, string after) => _bot.Push(this, "my_chat_member", json =>
    {
        json.WriteStartObject();
        WriteChat(json);
        WriteFrom(json);
        json.WriteNumber("date"u8, _bot.Now);
        WriteMember(json, "old_chat_member", before);
        WriteMember(json, "new_chat_member", after);
        json.WriteEndObject();
    });

    private void WriteMember(Utf8JsonWriter json, string name, string status)
    {
        json.WriteStartObject(name);
        json.WriteString("status"u8, status);
        json.WriteStartObject("user"u8);
        json.WriteNumber("id"u8, _bot.Id);
        json.WriteBoolean("is_bot"u8, true);
        json.WriteString("first_name"u8, "Bot");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, string? kind)
    {
        if (kind is null)
            return;

        json.WritePropertyName(kind);
        json.WriteRawValue(kind == "photo"
            ? """[{"file_id":"p1","file_unique_id":"p","width":90,"height":90}]"""
            : """{"file_id":"f1","file_unique_id":"f"}""");
    }

    /// <summary>Telegram says of what stands in a topic, and answers nothing else, that it answers the topic's beginning.</summary>
    private void WritePlace(Utf8JsonWriter json, long? thread, long? replyTo)
    {
        if (thread is { } topic)
        {
            json.WriteNumber("message_thread_id"u8, topic);
            json.WriteBoolean("is_topic_message"u8, true);
        }

        if ((replyTo ?? thread) is not { } answered)
            return;

        json.WriteStartObject("reply_to_message"u8);
        json.WriteNumber("message_id"u8, answered);
        json.WriteStartObject("from"u8);
        json.WriteNumber("id"u8, _bot.Id);
        json.WriteBoolean("is_bot"u8, true);
        json.WriteString("first_name"u8, "Bot");
        json.WriteEndObject();
        WriteChat(json);
        json.WriteNumber("date"u8, _bot.Now);
        json.WriteEndObject();
    }

    private void WriteMessageStart(Utf8JsonWriter json, string? text = null, long? messageId = null)
    {
        var id = messageId ?? _bot.NewMessageId();
        KeepText(id, text ?? "");
        json.WriteStartObject();
        json.WriteNumber("message_id"u8, id);
        WriteFrom(json);
        WriteChat(json);
        json.WriteNumber("date"u8, _bot.Now);
    }

    private void WriteFrom(Utf8JsonWriter json)
    {
        json.WriteStartObject("from"u8);
        json.WriteNumber("id"u8, Sender);
        json.WriteBoolean("is_bot"u8, false);
        json.WriteString("first_name"u8, FirstName);
        if (Username is not null)
            json.WriteString("username"u8, Username);
        if (Language is not null)
            json.WriteString("language_code"u8, Language);
        json.WriteEndObject();
    }
}
