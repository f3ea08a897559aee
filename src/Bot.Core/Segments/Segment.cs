using Bot.Core.Dialogs;
using Bot.Core.Expressions;

namespace Bot.Core.Segments;

/// <summary>A named condition over profiles, from <c>segments.yaml</c>.</summary>
public sealed record Segment(string Id, Text Name, Expression For);

/// <summary>How many Marketing messages a customer gets at most.</summary>
/// <param name="For">Whom it limits; <see langword="null"/> for everyone. All caps that fit hold at once.</param>
/// <param name="AtMost">1 or more.</param>
/// <param name="In">In any stretch of this length.</param>
public sealed record Cap(Expression? For, int AtMost, TimeSpan In);
