using Bot.Core.Bookings;

namespace Bot.Core.Expressions;

/// <summary>What expressions see of a service, a specialist and a visit. What is gone from the content is told as it was booked.</summary>
internal static class BookingValues
{
    /// <summary>The visit that a conversation or an automation is about, if it is this customer's.</summary>
    public static Booking? BookingOf(Scope scope) => scope.Values.GetValueOrDefault(GivenValues.Booking) is Value.Booking booking
        ? scope.Snapshot.Profile?.Bookings.GetValueOrDefault(booking.Id)
        : null;

    /// <summary>When the customer's next visit begins; missing if there is none.</summary>
    public static Value.Moment? Next(Scope scope) =>
        scope.Snapshot.Profile?.Bookings.Values.Where(booking => booking.IsOpen && booking.Start > scope.Now).Min(booking => (DateTimeOffset?)booking.Start) is { } start
            ? new Value.Moment(start)
            : null;

    public static Value? Of(Root root, Scope scope) => Roots.Reads(root) switch
    {
        GivenValues.Service => scope.Values.GetValueOrDefault(GivenValues.Service) is Value.Service { Id: var id }
            && scope.Content.Catalog?.Service(id) is { } service
            ? Of(root, service, scope)
            : null,
        GivenValues.Specialist => scope.Values.GetValueOrDefault(GivenValues.Specialist) is Value.Specialist { Id: var id }
            && scope.Content.Catalog?.Specialist(id) is { } specialist
            ? Of(root, specialist, scope)
            : null,
        _ => BookingOf(scope) is { } booking ? Of(root, booking, scope) : null,
    };

    public static string Title(Booking booking, Scope scope) =>
        scope.Content.Catalog?.Service(booking.Service)?.Title.In(scope.Language).Plain(scope) ?? booking.Title;

    public static string Name(Booking booking, Scope scope) =>
        scope.Content.Catalog?.Specialist(booking.Specialist)?.Name.In(scope.Language).Plain(scope) ?? booking.Name;

    public static string Address(Booking booking, Scope scope) =>
        scope.Content.Catalog is not { } catalog ? scope.Content.Settings.Business.Address ?? "" : catalog.Specialist(booking.Specialist)?.Address ?? catalog.Rules.Address;

    public static string Contact(Booking booking, Scope scope) =>
        scope.Content.Catalog?.Specialist(booking.Specialist)?.Contact ?? scope.Content.Settings.Business.Phone;

    private static Value? Of(Root root, Service service, Scope scope) => root switch
    {
        Root.ServiceTitle => new Value.Text(service.Title.In(scope.Language).Plain(scope)),
        Root.ServicePrice => service.Price is { } price ? new Value.Number(price) : null,
        _ => new Value.Number((decimal)service.Duration.TotalMinutes),
    };

    private static Value.Text Of(Root root, Specialist specialist, Scope scope) => new(root == Root.SpecialistName
        ? specialist.Name.In(scope.Language).Plain(scope)
        : specialist.Contact ?? scope.Content.Settings.Business.Phone);

    private static Value? Of(Root root, Booking booking, Scope scope) => root switch
    {
        Root.BookingStart => new Value.Moment(booking.Start),
        Root.BookingEnd => new Value.Moment(booking.End),
        Root.BookingService => new Value.Text(Title(booking, scope)),
        Root.BookingSpecialist => new Value.Text(Name(booking, scope)),
        Root.BookingAddress => new Value.Text(Address(booking, scope)),
        Root.BookingContact => new Value.Text(Contact(booking, scope)),
        Root.BookingPrice => booking.Price is { } price ? new Value.Number(price) : null,
        Root.BookingState => new Value.Text(booking.State.Name()),
        _ => new Value.File(Calendar.FileName, Calendar.Of(booking with { Title = Title(booking, scope), Name = Name(booking, scope) },
            scope.Content.Settings.Business, Address(booking, scope), Contact(booking, scope), scope.Now)),
    };
}
