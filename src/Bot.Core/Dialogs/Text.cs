using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs;

/// <summary>A text in every language of the content, each a checked template.</summary>
public sealed record Text(ImmutableDictionary<string, Template> ByLanguage)
{
    /// <summary>The template in this language; the loader saw to it that there is one for each of the content's languages.</summary>
    public Template In(string language) => ByLanguage[language];
}
