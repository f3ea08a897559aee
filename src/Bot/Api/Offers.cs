using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Dialogs;

namespace Bot.Api;

/// <summary>What can be booked, as a request names it; or the reason why it cannot.</summary>
/// <param name="Who">Who may do it, in the order of the file.</param>
internal sealed record Offers(Catalog Catalog, Service Service, ImmutableArray<Specialist> Who, Problem? Problem)
{
    /// <param name="specialist">The only one, or <see langword="null"/> for anyone who does it.</param>
    public static Offers Read(Content content, string service, string? specialist)
    {
        if (content.Catalog is not { } catalog)
        {
            return Not(Problem.Unknown("catalog", null, "This business takes no bookings: there is no services.yaml in its dialogs."));
        }

        if (catalog.Service(service) is not { } offered)
        {
            return Not(Problem.Unknown("service", "service", $"services.yaml has no such service. It has: {string.Join(", ", catalog.Services.Select(one => one.Id))}."));
        }

        var who = catalog.WhoDoes(offered);
        ImmutableArray<Specialist> chosen = specialist is null ? who : [.. who.Where(one => one.Id == specialist)];
        return chosen.IsEmpty && specialist is not null
            ? Not(Problem.Unknown("specialist", "specialist", $"Nobody of that id does this. There are: {string.Join(", ", who.Select(one => one.Id))}."))
            : new Offers(catalog, offered, chosen, null);
    }

    private static Offers Not(Problem problem) => new(null!, null!, [], problem);
}
