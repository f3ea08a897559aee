using Bot.Core.Inputs;

namespace Bot.Telegram.Receiving;

/// <summary>What one getUpdates brought.</summary>
/// <param name="Last">The last update's id, or <see langword="null"/> if none had one.</param>
/// <param name="Unreadable">How many were not even an object with an id; they leave no input.</param>
internal sealed record UpdateBatch(IReadOnlyList<Input> Inputs, long? Last, int Unreadable);
