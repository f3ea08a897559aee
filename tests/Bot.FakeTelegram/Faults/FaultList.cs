namespace Bot.FakeTelegram.Faults;

/// <summary>The faults in force. The first that strikes decides.</summary>
public sealed class FaultList
{
    private readonly Lock _gate = new();
    private volatile Fault[] _faults = [];

    public void Add(Fault fault)
    {
        lock (_gate)
            _faults = [.. _faults, fault];
    }

    public void Clear() => _faults = [];

    internal Fault? For(string method, long? chat)
    {
        foreach (var fault in _faults)
        {
            if (fault.Strikes(method, chat))
                return fault;
        }

        return null;
    }
}
