namespace Bot.Core.Staff;

/// <summary>What somebody who runs the business may do. The numbers are stored and must never change.</summary>
public enum StaffRole
{
    /// <summary>Everything.</summary>
    Owner = 0,

    /// <summary>Look and write down; not who is staff, nor what deletes or leaves the machine.</summary>
    Operator = 1,
}

/// <summary>Somebody who runs the business.</summary>
/// <param name="User">The numeric id in Telegram.</param>
public readonly record struct StaffMember(long User, StaffRole Role);
