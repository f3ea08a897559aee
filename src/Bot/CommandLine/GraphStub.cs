namespace Bot.CommandLine;
internal static class Graph { public static string Mermaid(Bot.Core.Dialogs.Dialog d) => d.Id; }
