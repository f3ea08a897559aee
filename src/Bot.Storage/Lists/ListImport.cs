namespace Bot.Storage.Lists;

/// <summary>A list that staff sent.</summary>
/// <param name="By">The numeric id of who did.</param>
/// <param name="File">Its name in the folder of lists.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
/// <param name="NextRow">The first row that is perhaps not taken in yet.</param>
public sealed record ListImport(long Id, long By, string File, string Sha256, int NextRow, ListImportState State, long Added, long Changed, long Same, long Refused);

/// <summary>How far a list is. The numbers are stored and must never change.</summary>
public enum ListImportState
{
    /// <summary>What it would do was shown.</summary>
    Shown = 0,

    /// <summary>It is being taken in, and after a restart again.</summary>
    Begun = 1,

    /// <summary>All of it is taken in.</summary>
    Done = 2,

    /// <summary>It is not to be taken in.</summary>
    GivenUp = 3,
}
