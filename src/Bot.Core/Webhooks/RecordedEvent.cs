using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Ids;

namespace Bot.Core.Webhooks;

/// <summary>One line of a profile's history, as the outside is told of it.</summary>
/// <param name="Id">The event's own id, the same at each try.</param>
/// <param name="Event">Its name: a built-in one, or one of the content's own.</param>
/// <param name="At">When it happened, by the business's clock.</param>
/// <param name="With">What it came with and still has: texts are gone once they were cleared.</param>
public sealed record RecordedEvent(
    long Id, ProfileId Profile, string Event, DateTimeOffset At, ImmutableSortedDictionary<string, Value> With);
