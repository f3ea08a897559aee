using System.CommandLine;
using Bot.Configuration;
using Bot.Contents;
using Bot.Core.Dialogs;
using Bot.Storage;

namespace Bot.CommandLine;

/// <summary>What commands need: the options, from settings that any of them takes as <c>--Section:Key=value</c>, and the content.</summary>
internal static class Setup
{
    /// <summary>The options, or <see langword="null"/> after printing what is wrong with them.</summary>
    public static BotOptions? ReadOptions(ParseResult parsed)
    {
        try
        {
            var (options, faults) = OptionsReader.Read(OptionsReader.Sources(Directory.GetCurrentDirectory(), parsed.UnmatchedTokens));
            Print(faults);
            return options;
        }
        catch (FormatException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return null;
        }
    }

    /// <summary>Does what a command does with the options; trouble with the database or with files is one line.</summary>
    public static int WithOptions(ParseResult parsed, Func<BotOptions, int> action)
    {
        if (ReadOptions(parsed) is not { } options)
        {
            return Commands.Failed;
        }

        try
        {
            return action(options);
        }
        catch (Exception exception) when (IsTrouble(exception))
        {
            Console.Error.WriteLine(exception.Message);
            return Commands.Failed;
        }
    }

    /// <inheritdoc cref="WithOptions"/>
    public static async Task<int> WithOptionsAsync(ParseResult parsed, Func<BotOptions, Task<int>> action)
    {
        if (ReadOptions(parsed) is not { } options)
        {
            return Commands.Failed;
        }

        try
        {
            return await action(options).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsTrouble(exception))
        {
            Console.Error.WriteLine(exception.Message);
            return Commands.Failed;
        }
    }

    /// <summary>The content, or <see langword="null"/> after printing its faults.</summary>
    public static Content? ReadContent(ContentFolder folder)
    {
        var result = folder.Load();
        Print(result.Faults.Select(fault => fault.ToString()));
        return result.Content;
    }

    /// <summary>Whether a word of the command line that no command knows is a setting.</summary>
    public static bool IsSetting(string token) =>
        token.StartsWith("--", StringComparison.Ordinal) && token.IndexOf(':') is > 2 and var colon && token.IndexOf('=') > colon;

    private static bool IsTrouble(Exception exception) =>
        exception is StoreRefusedException or StoreException or IOException or UnauthorizedAccessException;

    private static void Print(IEnumerable<string> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }
    }
}
