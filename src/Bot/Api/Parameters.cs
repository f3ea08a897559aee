using System.Globalization;

namespace Bot.Api;

/// <summary>Reads what stands behind the question mark as strictly as a body. The first thing that is wrong is kept.</summary>
internal sealed class Parameters
{
    /// <summary>The most of one page.</summary>
    public const int MostOfPage = 500;

    private const int UsualPage = 100;

    private readonly IQueryCollection _query;

    /// <param name="names">The parameters that there may be.</param>
    public Parameters(HttpRequest request, params ReadOnlySpan<string> names)
    {
        _query = request.Query;
        foreach (var (name, values) in _query)
        {
            if (!names.Contains(name))
            {
                Wrong(name, names.Length == 0 ? "This takes no parameters." : $"There is no such parameter here. There are: {string.Join(", ", names!)}.");
            }
            else if (values.Count > 1)
            {
                Wrong(name, "It stands there twice. Send it once.");
            }
        }
    }

    public Problem? Fault { get; private set; }

    public void Wrong(string name, string detail) => Fault ??= Problem.Invalid(name.Length <= 64 ? name : name[..64], detail);

    public string? Text(string name, bool isNeeded = false)
    {
        if (_query[name].ToString() is { Length: > 0 } text)
        {
            return text;
        }

        if (isNeeded)
        {
            Wrong(name, $"`{name}` is missing.");
        }

        return null;
    }

    public DateTimeOffset? Moment(string name)
    {
        if (Text(name, isNeeded: true) is not { } text)
        {
            return null;
        }

        // A plus that was not encoded comes as a space.
        if (Fields.ReadMoment(text.Replace(' ', '+')) is { } moment)
        {
            return moment;
        }

        Wrong(name, $"`{name}` {Fields.MomentRule}");
        return null;
    }

    public DateOnly? Day(string name)
    {
        if (Text(name, isNeeded: true) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2100)
        {
            return day;
        }

        Wrong(name, $"`{name}` is a day between 2000 and 2100: 2026-12-31.");
        return null;
    }

    /// <summary>How many a page is to have.</summary>
    public int Limit()
    {
        if (Text("limit") is not { } text)
        {
            return UsualPage;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is > 0 and <= MostOfPage)
        {
            return limit;
        }

        Wrong("limit", string.Create(CultureInfo.InvariantCulture, $"`limit` is a whole number from 1 to {MostOfPage}."));
        return UsualPage;
    }
}
