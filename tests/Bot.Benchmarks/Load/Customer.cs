using System.Diagnostics;
using Bot.FakeTelegram.Chats;

namespace Bot.Benchmarks.Load;

/// <summary>One customer on the way through the script. Calls arrive on the server's threads.</summary>
/// <param name="thought">How long they think before the next act.</param>
/// <param name="finished">Called once, when everything that was to come has come.</param>
internal sealed class Customer(FakeChat chat, TimeSpan thought, Action<Customer> finished)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _calls = [];
    private readonly List<TimeSpan> _waits = [];
    private int _act = -1;
    private int _missing;
    private long _acted;
    private bool _isWaiting;
    private int _left = Script.Calls.Values.Sum();

    public long Id => chat.Id;

    /// <summary>From each act to its first answer: the message, or for the last press the callback's answer.</summary>
    public IReadOnlyList<TimeSpan> Waits => _waits;

    public bool IsFinished => Volatile.Read(ref _left) <= 0;

    /// <summary>What is missing or came too often, or <see langword="null"/>.</summary>
    public string? Fault
    {
        get
        {
            lock (_gate)
            {
                var wrong = Script.Calls.Where(call => _calls.GetValueOrDefault(call.Key) != call.Value)
                    .Select(call => $"{call.Key} {_calls.GetValueOrDefault(call.Key)} times instead of {call.Value}")
                    .Concat(_calls.Keys.Except(Script.Calls.Keys).Select(method => $"unexpected {method}"))
                    .ToList();
                return wrong.Count == 0 ? null : $"customer {Id} at act {_act + 1}: {string.Join(", ", wrong)}";
            }
        }
    }

    public void Start() => Next();

    /// <summary>The bot did something in this chat.</summary>
    public void Receive(LoggedCall call)
    {
        bool goesOn, isLast;
        lock (_gate)
        {
            _calls[call.Method] = _calls.GetValueOrDefault(call.Method) + (call.IsDone ? 1 : 100);
            if (_isWaiting && (Act.IsMessage(call.Method) || (Script.Acts[_act].Messages == 0 && call.Method == "answerCallbackQuery")))
            {
                _isWaiting = false;
                _waits.Add(Stopwatch.GetElapsedTime(_acted));
            }

            goesOn = Act.IsMessage(call.Method) && --_missing == 0 && _act + 1 < Script.Acts.Count;
            isLast = --_left == 0;
        }

        if (goesOn && thought == TimeSpan.Zero)
            Next();
        else if (goesOn)
            _ = NextAsync();
        if (isLast)
            finished(this);
    }

    private async Task NextAsync()
    {
        await Task.Delay(thought).ConfigureAwait(false);
        Next();
    }

    private void Next()
    {
        Act act;
        lock (_gate)
        {
            act = Script.Acts[++_act];
            _missing = act.Messages;
            _isWaiting = true;
            _acted = Stopwatch.GetTimestamp();
        }

        act.Do(chat);
    }
}
