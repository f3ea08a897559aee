using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads services.yaml: what can be booked, with whom and when.</summary>
internal sealed class ServicesReader(YamlNode.Map root, FileReader file)
{
    private const int MostDays = 365;
    private const int MostVisits = 50;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly Text NoText = new(ImmutableDictionary<string, Template>.Empty);

    /// <summary>All of it; <see langword="null"/> after a fault.</summary>
    public Catalog? Catalog()
    {
        file.Map(root, Keys.Services, "services.yaml");
        var rules = Rules();
        var holidays = HoursReader.Days(root["holidays"], "`holidays:`", file);
        var specialists = All("specialists", "anna", Specialist);
        var services = All("services", "cleaning", (id, map) => Service(id, map, specialists));
        return services.IsEmpty || specialists.IsEmpty ? null : new Catalog(rules, services, specialists, holidays);
    }

    private BookingRules Rules()
    {
        var address = Line("address", root) ?? file.Around.Business?.Address;
        if (address is null && file.Around.Business is not null)
        {
            file.Faults.Add(root, "It is not said where visits take place. Add `address:`, here or under `business:` in settings.yaml.");
        }

        if (root["hours"] is { } hours)
        {
            HoursReader.Week(hours, root["breaks"], file);
        }

        return new BookingRules(
            address ?? "",
            Whole("days", 30, MostDays),
            Length("notice", root, 2 * Hour, TimeSpan.Zero, 30 * Day),
            Cells(root, "step", 30 * Minute, Slots.Cell, Day),
            Length("hold", root, 10 * Minute, Minute, Hour),
            Whole("at-most", 3, MostVisits));
    }

    private ImmutableArray<T> All<T>(string key, string example, Func<string, YamlNode.Map, T?> read)
        where T : class
    {
        if (root[key] is not { } node)
        {
            file.Faults.Add(root, $"`{key}:` is missing. List at least one there: `{example}:` and what belongs to it below.");
            return [];
        }

        if (file.Map(node, $"`{key}:`") is not { } map)
        {
            return [];
        }

        if (map.Pairs.IsEmpty)
        {
            file.Faults.Add(node, $"There is nothing under `{key}:`. List at least one.");
        }

        var all = ImmutableArray.CreateBuilder<T>();
        foreach (var (name, value) in map.Pairs)
        {
            if (file.Id(name, "a name here") is { } id
                && file.Map(value, key == "services" ? Keys.Service : Keys.Specialist, key == "services" ? "A service" : "A specialist") is { } one
                && read(id, one) is { } known)
            {
                all.Add(known);
            }
        }

        return all.ToImmutable();
    }

    private Service? Service(string id, YamlNode.Map map, ImmutableArray<Specialist> specialists)
    {
        var before = file.Faults.Count;
        var title = Name(map, "title", "The service");
        if (map["duration"] is null)
        {
            file.Faults.Add(map, "It is not said how long this takes. Add `duration: 1h`.");
        }

        var duration = Cells(map, "duration", Hour, Slots.Cell, Day);
        var buffer = Cells(map, "buffer", TimeSpan.Zero, TimeSpan.Zero, Day);
        var price = map["price"] is { } priceNode ? file.Number(priceNode) : null;
        if (price < 0)
        {
            file.Faults.Add(map["price"]!, "`price:` is 0 or more, in the currency of settings.yaml. Take it away if it is not known beforehand.");
        }

        var who = Who(map["specialists"]);
        var whoDoes = specialists.Where(one => who.IsEmpty || who.Contains(one.Id)).ToList();
        if (file.Faults.Count == before && whoDoes.Count > 0
            && whoDoes.TrueForAll(one => one.Hours.Days.All(day => day.All(hours => TimeSpan.FromMinutes(hours.To - hours.From) < duration))))
        {
            file.Faults.Add(map["duration"]!, "This takes longer than anybody who does it works without a break, so it could never be booked. Make it shorter, or their hours longer.");
        }

        return file.Faults.Count == before ? new Service(id, title, duration, buffer, price, who) : null;
    }

    private ImmutableArray<string> Who(YamlNode? node)
    {
        var known = (root["specialists"] as YamlNode.Map)?.Pairs.Select(pair => pair.Key.Value).ToList() ?? [];
        var who = ImmutableArray.CreateBuilder<string>();
        foreach (var item in node is null ? [] : FileReader.OneOrMore(node))
        {
            if (file.Id(item, "a specialist") is not { } id)
            {
                continue;
            }

            if (!known.Contains(id))
            {
                file.Faults.Add(item, $"There is no specialist `{id}` under `specialists:`.{Suggestion.For(id, known)}");
            }

            who.Add(id);
        }

        if (node is YamlNode.List { Items.IsEmpty: true })
        {
            file.Faults.Add(node, "Nobody does this. Name who does, or take `specialists:` away if all do.");
        }

        return who.ToImmutable();
    }

    private Specialist? Specialist(string id, YamlNode.Map map)
    {
        var before = file.Faults.Count;
        var name = Name(map, "name", "The specialist");
        var hours = map["hours"] ?? root["hours"];
        if (hours is null)
        {
            file.Faults.Add(map, "It is not said when there is work. Add `hours:` here, or for all at the top: `hours: { weekday: \"09:00-18:00\" }`.");
        }

        var week = hours is null ? null : HoursReader.Week(hours, map["breaks"] ?? root["breaks"], file);
        var away = HoursReader.Days(map["away"], "`away:`", file);
        var (contact, address) = (Line("contact", map), Line("address", map));
        return week is not null && file.Faults.Count == before ? new Specialist(id, name, contact, address, week, away) : null;
    }

    /// <summary>A name in all languages, the same for every customer.</summary>
    private Text Name(YamlNode.Map map, string key, string what)
    {
        if (map[key] is not { } node)
        {
            file.Faults.Add(map, $"{what} has no `{key}:`.");
            return NoText;
        }

        var text = file.Text(node, new Vocabulary { Business = file.Around.Business }, TextUse.Label);
        if (text?.ByLanguage.Values.Any(template => !template.IsConstant) is true && file.Around.Business is not null)
        {
            file.Faults.Add(node, $"`{key}:` can use `business.` values only.");
        }

        return text ?? NoText;
    }

    private string? Line(string key, YamlNode.Map map) => map[key] is { } node ? file.Scalar(node, $"`{key}:`")?.Value : null;

    private TimeSpan Length(string key, YamlNode.Map map, TimeSpan usual, TimeSpan least, TimeSpan most) =>
        map[key] is { } node ? file.Duration(node, $"`{key}:`", least, most) ?? usual : usual;

    /// <summary>A length of time in which visits are measured.</summary>
    private TimeSpan Cells(YamlNode.Map map, string key, TimeSpan usual, TimeSpan least, TimeSpan most)
    {
        var length = Length(key, map, usual, least, most);
        if (length.Ticks % Slots.Cell.Ticks != 0)
        {
            file.Faults.Add(map[key]!, $"`{key}:` is a multiple of 5 minutes: 5m, 30m, 1h.");
        }

        return length;
    }

    private int Whole(string key, int usual, int most)
    {
        if (root[key] is not { } node)
        {
            return usual;
        }

        if (file.Number(node) is not { } number)
        {
            return usual;
        }

        if (number < 1 || number > most || number % 1 != 0)
        {
            file.Faults.Add(node, $"`{key}:` is a whole number from 1 to {most}.");
            return usual;
        }

        return (int)number;
    }
}
