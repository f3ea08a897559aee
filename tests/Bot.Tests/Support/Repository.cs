namespace Bot.Tests.Support;

/// <summary>The files of the project beside its code.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    private static string Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Bot.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("Bot.sln is not above the tests.");
    }
}
