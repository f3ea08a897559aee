namespace Bot.Storage;

/// <summary>The store will not do what was asked. The message is one line that says why and what to do.</summary>
public sealed class StoreRefusedException(string message, Exception? inner = null) : Exception(message, inner);
