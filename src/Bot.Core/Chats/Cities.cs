using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Bot.Core.Expressions;

namespace Bot.Core.Chats;

/// <summary>A city whose time zone is known.</summary>
/// <param name="Zone">The id in the IANA database.</param>
/// <param name="Russian">Its name in Russian; the English one where there is no other.</param>
public sealed record City(string Zone, string Russian, string English)
{
    /// <summary>Its name in a language of the content.</summary>
    public string NameIn(string language) => language == "ru" ? Russian : English;
}

/// <summary>
/// Time zones by city. The table comes with the program and not from the machine's own zones, so that a city means the same on every
/// machine and no turn waits for hundreds of files.
/// </summary>
public static class Cities
{
    private const int MaxName = 64;

    private static readonly Lazy<ImmutableDictionary<string, City>> ByName = new(() => Read(Lines()));

    /// <summary>The city that was typed, however it was written (<c>нижний  новгород</c>, <c>г. Казань</c>, <c>Zürich, Switzerland</c>), or <see langword="null"/>.</summary>
    public static City? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxName)
        {
            return null;
        }

        var found = Named(text) ?? (text.Split(',') is [var first, _, ..] ? Named(first) : null);

        // A zone that is younger than the machine's own table of zones is of no use there.
        return found is not null && TimeZoneInfo.TryFindSystemTimeZoneById(found.Zone, out _) ? found : null;
    }

    private static City? Named(string text)
    {
        var key = Key(text);
        return ByName.Value.GetValueOrDefault(key)
            ?? (key.Split(' ', 2) is ["г" or "город", var name] ? ByName.Value.GetValueOrDefault(name) : null);
    }

    /// <summary>The table by name. Two cities of one name are a mistake in it.</summary>
    internal static ImmutableDictionary<string, City> Read(IEnumerable<string> lines)
    {
        var cities = new Dictionary<string, City>();
        var zones = new List<string>();
        foreach (var line in lines)
        {
            if (line is ['[', .. var id, ']'])
            {
                zones.Add(id);
            }
            else if (line is not ("" or ['#', ..]))
            {
                var names = line.Split(',', StringSplitOptions.TrimEntries);
                var city = new City(zones[^1], names[0], names[1]);
                foreach (var name in names.Select(Key).Distinct())
                {
                    cities.Add(name, city);
                }
            }
        }

        foreach (var zone in zones)
        {
            var name = zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');
            cities.TryAdd(Key(name), new City(zone, name, name));
        }

        return cities.ToImmutableDictionary();
    }

    /// <summary>The lines of the table that comes with the program.</summary>
    internal static IEnumerable<string> Lines()
    {
        using var stream = typeof(Cities).Assembly.GetManifestResourceStream("cities.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>What of a name is compared: its letters without accents, and single spaces for what stands between them.</summary>
    private static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var c in Folding.Fold(name).Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                key.Append(c);
            }
            else if (c is not ('\'' or '’' or '.') && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark
                && key.Length > 0 && key[^1] != ' ')
            {
                key.Append(' ');
            }
        }

        return key.ToString().TrimEnd();
    }
}
