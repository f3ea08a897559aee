using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Bot.Core.Bookings;
using Bot.Core.Chats;
using Bot.Core.Conversations;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Sequences;

namespace Bot.Core.Turns;

/// <summary>The outcome of a turn in the making: the snapshot as it is by now, and the effects so far.</summary>
internal sealed partial class Draft
{
    private Facts _facts;
    private bool _isIgnored;
    private readonly List<Effect> _effects = [];
    private readonly List<Scope> _scopes = [];
    private Speech _speech = Speech.Reply;

    public Draft(Content content, Snapshot snapshot, Facts facts, Input input, DateTimeOffset now, IdSource ids)
    {
        // To the millisecond, as moments are kept: a condition must not hold here and fail in the database.
        now = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        (Content, Before, Input, Now, Ids, _facts) = (content, snapshot, input, now, ids, facts);
        Profile = snapshot.Profile ?? Profile.New(new ProfileId(ids.Next()), now);
        Chat = snapshot.Chat
            ?? new Chat(new ChatId(ids.Next()), Profile.Id, input.Chat, LanguageOf(input.From, content.Settings.Languages));
        if (!content.Settings.Languages.Contains(Chat.Language))
        {
            Chat = Chat with { Language = content.Settings.Languages[0] };
        }

        Conversation = snapshot.Conversation;
    }

    public Content Content { get; }

    /// <summary>What the turn began with.</summary>
    public Snapshot Before { get; }

    public Input Input { get; }

    public DateTimeOffset Now { get; }

    public IdSource Ids { get; }

    public Profile Profile { get; set; }

    public Chat Chat { get; set; }

    public Conversation? Conversation { get; set; }

    /// <summary>The customer's time zone, or the business's while it is not known.</summary>
    public TimeZoneInfo Zone => Chat.Zone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : Content.Settings.Zone;

    /// <summary>What an expression can see now.</summary>
    /// <param name="since">Events and purchases count from here on.</param>
    public Scope Scope(ImmutableDictionary<string, Value>? values = null, DateTimeOffset? since = null)
    {
        var scope = new Scope(Content, new Snapshot(Profile, Chat, Conversation), values ?? ImmutableDictionary<string, Value>.Empty,
            _facts, Chat.Language, Now)
        { Since = since };
        _scopes.Add(scope);
        return scope;
    }

    /// <summary>A fact, or <see langword="null"/> if it is missing or must be asked for first: then the outcome so far is void.</summary>
    public Fact? Fact(Query query) => Scope().Fact(query);

    /// <summary>What becomes true in this turn, so that what is asked after this sees it.</summary>
    public void Know(Query query, Fact? answer) => _facts = new Facts(_facts.Answers.SetItem(query, answer));

    public void Add(Effect effect) => _effects.Add(effect);

    /// <summary>From here on the bot speaks of its own accord: not as a reply, and for this cause.</summary>
    /// <param name="topic">What it is about, for who wants no more of it.</param>
    /// <param name="notAfter">Later than this what it says is not sent any more.</param>
    /// <param name="booking">The visit without which it loses its sense.</param>
    public void SpeakAs(MessageKind kind, string? topic, string cause, DateTimeOffset? notAfter, BookingId? booking = null) =>
        _speech = new Speech(kind, topic, cause, notAfter, booking);

    /// <summary>A phrase of the engine as a label or a notice.</summary>
    public string Label(Phrase phrase, ImmutableDictionary<string, Value>? values = null) =>
        Content.Phrases[phrase].In(Chat.Language).Plain(Scope(values));

    /// <summary>A language in its own name.</summary>
    public string NameOfLanguage(string code) => Content.Phrases[Phrase.LanguageName].In(code).Plain(Scope());

    /// <summary>Says a phrase of the engine.</summary>
    public void Say(Phrase phrase, Keyboard? keyboard = null, ImmutableDictionary<string, Value>? values = null) =>
        Say($"phrase/{phrase}", Content.Phrases[phrase].In(Chat.Language).Html(Scope(values)), null, keyboard);

    /// <summary>Says a text, in as many messages as the channel needs; the file goes with the first, the keyboard with the last.</summary>
    public void Say(string template, string html, Attachment? attachment, Keyboard? keyboard)
    {
        var isCaption = attachment is not null && Html.Length(html) <= Html.MaxCaption;
        ImmutableArray<string> texts = Html.IsBlank(html) ? [] : [.. Html.Split(html, isCaption ? Html.MaxCaption : Html.MaxText)];
        List<Body> bodies = (attachment, isCaption) switch
        {
            (null, _) => [.. texts.Select(text => new Body(text))],
            (_, true) => [new Body(texts is [var caption] ? caption : "", attachment)],
            _ => [new Body("", attachment), .. texts.Select(text => new Body(text))],
        };
        for (var i = 0; i < bodies.Count; i++)
        {
            var body = i == bodies.Count - 1
                ? Unsubscription.Offer(this, _speech.Kind, _speech.Topic, bodies[i] with { Keyboard = WithCopies(keyboard, html) })
                : bodies[i];
            _effects.Add(new Effect.Say(_speech.Kind, Cause, template, body, _speech.NotAfter) { Booking = _speech.Booking });
        }
    }

    /// <summary>Answers the press, if this input is one. The first answer stands.</summary>
    public void Acknowledge(string? notice = null, bool isUsed = false)
    {
        if (Input is Input.Press press && !_effects.Exists(effect => effect is Effect.Acknowledge))
        {
            _effects.Add(new Effect.Acknowledge(
                new Acknowledgement(press.Chat, press.Callback, notice, isUsed ? press.MessageId : null)));
        }
    }

    /// <summary>The customer looks at the menu; the conversation can be gone on with.</summary>
    public void Pause() => Conversation = Conversation is { } conversation ? conversation with { IsPaused = true } : null;

    /// <summary>This act is a repetition and gets no answer but the sign that it was received.</summary>
    public void Ignore()
    {
        Acknowledge();
        _isIgnored = true;
    }

    /// <summary>Ends the conversation in front, if there is one.</summary>
    public void Close(ConversationEnd end)
    {
        if (Conversation is { } conversation)
        {
            var root = conversation.Frames[0];
            _effects.Add(new Effect.CloseConversation(conversation.Id, root.Dialog, conversation.Top.State, end));
            Unschedule(conversation.Nudge);
            if (conversation.Frames.Any(frame => frame.Values.ContainsKey(BookingFacts.Held)))
            {
                _effects.Add(new Effect.Release());
            }

            Conversation = null;
        }
    }

    /// <summary>Lets something be looked at when it is due; answers its timer.</summary>
    public TimerId Schedule(DateTimeOffset due, Timers.TimerCause cause, MessageKind kind, Timers.WaitReason? waits = null, bool isExpired = false)
    {
        var timer = new Timer(new TimerId(Ids.Next()), due, cause, waits, IsMarketing: kind == MessageKind.Marketing, isExpired);
        _effects.Add(new Effect.Schedule(timer));
        return timer.Id;
    }

    public void Unschedule(TimerId? timer)
    {
        if (timer is not { } known)
        {
            return;
        }

        // One that was asked for in this very turn is not asked for at all.
        if (_effects.RemoveAll(effect => effect is Effect.Schedule schedule && schedule.Timer.Id == known) == 0)
        {
            _effects.Add(new Effect.Unschedule(known));
        }
    }

    /// <summary>The outcome, or what must be known before there can be one.</summary>
    public TurnResult Finish()
    {
        if (_effects.Exists(effect => effect is Effect.Record))
        {
            new SequenceRuns(this).EndAtGoal();
        }

        if (IsCustomers)
        {
            KeepTelegramName();
            SilenceTurn.Plan(this);
        }

        var missing = _scopes.SelectMany(scope => scope.Missing).Distinct().ToImmutableArray();
        if (!missing.IsEmpty)
        {
            return new TurnResult.Need(missing);
        }

        if (IsCustomers)
        {
            AnswerAtLeast();
        }

        KeepCard();
        KeepKeyboardTrue();
        AdminNotices.Add(this);
        return new TurnResult.Outcome(new Snapshot(Profile, Chat, Conversation), [.. _effects]);
    }

    /// <summary>Whether the customer did something in the chat and waits for an answer.</summary>
    private bool IsCustomers => Input is Input.Message or Input.Press or Input.Contact or Input.Unsupported;

    private string Cause => _speech.Cause ?? ConversationCause;

    private string ConversationCause => Conversation is { } conversation ? $"conversation:{conversation.Id.Value}" : "input";

    /// <summary>A dialog may end without a word; an act of the customer is never met with silence.</summary>
    private void AnswerAtLeast()
    {
        var isSilent = !_isIgnored && !_effects.Exists(effect => effect is Effect.Say or Effect.Acknowledge { Acknowledgement.Notice: not null });
        if (Input is Input.Press press)
        {
            var notice = isSilent ? Label(Phrase.Noted) : null;
            var at = _effects.FindIndex(effect => effect is Effect.Acknowledge);
            if (at < 0)
            {
                Acknowledge(notice);
            }
            else if (isSilent && _effects[at] is Effect.Acknowledge acknowledge)
            {
                _effects[at] = new Effect.Acknowledge(acknowledge.Acknowledgement with { Notice = notice });
            }
        }
        else if (isSilent)
        {
            Say(Phrase.Noted);
        }
    }

    /// <summary>Notes the contact keyboard when it is shown, and takes it away with the first message that can once nobody asks for it.</summary>
    private void KeepKeyboardTrue()
    {
        for (var i = 0; i < _effects.Count; i++)
        {
            if (_effects[i] is not Effect.Say { Body.EditOf: null } say)
            {
                continue;
            }

            if (say.Body.Keyboard is Keyboard.ShareContact)
            {
                Chat = Chat with { HasKeyboard = true };
            }
            else if (Chat.HasKeyboard && say.Body.Keyboard is null && !AsksContact())
            {
                _effects[i] = say with { Body = say.Body with { Keyboard = new Keyboard.Remove() } };
                Chat = Chat with { HasKeyboard = false };
            }
        }
    }

    private bool AsksContact() =>
        TryStateOf(Conversation, out var state) && state.Ask is { } ask && ask.Kinds.Contains(AskKind.Contact);

    /// <summary>The state that a conversation waits in, if the content still has it.</summary>
    public bool TryStateOf(Conversation? conversation, [NotNullWhen(true)] out State? state)
    {
        state = conversation is null ? null : Content.Dialogs.GetValueOrDefault(conversation.Top.Dialog)?.Find(conversation.Top.State);
        return state is not null;
    }

    /// <summary>How the bot speaks in this turn.</summary>
    private readonly record struct Speech(MessageKind Kind, string? Topic, string? Cause, DateTimeOffset? NotAfter, BookingId? Booking = null)
    {
        /// <summary>In answer to the customer's act.</summary>
        public static readonly Speech Reply = new(MessageKind.Reply, null, null, null);
    }

    private static string LanguageOf(Person? from, ImmutableArray<string> languages) =>
        from?.Language?.Split('-')[0] is { } spoken && languages.Contains(spoken) ? spoken : languages[0];
}
