using System.Collections.Immutable;

namespace Bot.Core.Dialogs;

/// <summary>Turns the files of the content folder into <see cref="Content"/>, or into every fault that is in them.</summary>
public static class ContentLoader
{
    /// <summary>Reads and checks everything; runs nothing.</summary>
    public static LoadResult Load(ContentSource source) => throw new NotSupportedException();
}

/// <summary>The content folder as it was read.</summary>
/// <param name="Yaml">The text of each <c>*.yaml</c> at the top of the folder, by file name.</param>
/// <param name="Files">What is in <c>files/</c>, by its path below it with <c>/</c>; links and what lies outside the folder are not in it.</param>
public sealed record ContentSource(
    ImmutableSortedDictionary<string, string> Yaml,
    ImmutableSortedDictionary<string, ContentFile> Files);

/// <summary>Content or faults; with faults there is no content.</summary>
public sealed record LoadResult(Content? Content, ImmutableArray<Fault> Faults);
