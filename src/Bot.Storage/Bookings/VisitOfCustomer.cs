using Bot.Core.Bookings;
using Bot.Core.Ids;

namespace Bot.Storage.Bookings;

/// <summary>A visit and whose it is, for staff.</summary>
public sealed record VisitOfCustomer(Booking Booking, ProfileId Profile, string? Name, string? Contact);
