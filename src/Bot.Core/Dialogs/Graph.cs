using System.Text;

namespace Bot.Core.Dialogs;

/// <summary>Draws a dialog.</summary>
public static class Graph
{
    /// <summary>The dialog as the text of a Mermaid state diagram.</summary>
    public static string Mermaid(Dialog dialog)
    {
        ArgumentNullException.ThrowIfNull(dialog);
        var graph = new StringBuilder($"---\ntitle: {dialog.Id}\n---\nstateDiagram-v2\n");
        graph.Append("    [*] --> ").Append(Name(dialog.States[0].Id)).Append('\n');
        foreach (var opening in dialog.Opens.Where(o => o.At is not null))
        {
            Arrow(graph, "[*]", Target.To(opening.At!), Label(opening));
        }

        foreach (var state in dialog.States)
        {
            graph.Append("    state \"").Append(state.Id).Append(state.Call is { } call ? $" (calls {call})" : "").Append("\" as ").Append(Name(state.Id)).Append('\n');
            Ways(graph, state);
        }

        return graph.ToString();
    }

    private static void Ways(StringBuilder graph, State state)
    {
        foreach (var button in state.Buttons)
        {
            if (button.Leads is ButtonLeads.GoTo goTo)
            {
                Arrow(graph, Name(state.Id), goTo.To, button.Id);
            }
        }

        if (state.IfLeft is { } left)
        {
            Arrow(graph, Name(state.Id), left, "left");
        }

        foreach (var taken in state.Do.Select(DialogAction.WayOut).OfType<Target>())
        {
            Arrow(graph, Name(state.Id), taken, "taken");
        }

        if (state.IfNone is { } none)
        {
            Arrow(graph, Name(state.Id), none, "nothing to choose");
        }

        if (state.Timeout is { } timeout)
        {
            Arrow(graph, Name(state.Id), timeout.To, "no answer");
        }

        if (state.SkipIf is not null)
        {
            Branches(graph, state, "skipped");
        }

        if (state.Ask is not null || !state.Waits)
        {
            Branches(graph, state, state.Ask is not null ? "answer" : "");
        }
    }

    private static void Branches(StringBuilder graph, State state, string how)
    {
        foreach (var branch in state.Goto)
        {
            Arrow(graph, Name(state.Id), branch.To, branch.If is { } condition ? $"{how} if {condition.Source}".TrimStart() : how);
        }
    }

    private static void Arrow(StringBuilder graph, string from, Target to, string label)
    {
        graph.Append("    ").Append(from).Append(" --> ").Append(to.Kind switch
        {
            TargetKind.State => Name(to.State!),
            TargetKind.End => "[*]",
            TargetKind.Leave => "[*]",
        });
        var words = to.Kind == TargetKind.Leave ? label.Length > 0 ? $"{label}, leaves" : "leaves" : label;
        if (words.Length > 0)
        {
            graph.Append(": ").Append(Plain(words));
        }

        graph.Append('\n');
    }

    private static string Label(Opening opening) => opening switch
    {
        Opening.Menu => "menu",
        Opening.Keyword keyword => keyword.Words.Order(StringComparer.Ordinal).First(),
        Opening.Link link => $"link {link.Id}",
        Opening.Command command => $"/{command.Name}",
        Opening.Button button => $"button {button.Name}",
        _ => "",
    };

    // Mermaid has words of its own (`end`, `state`), takes a hyphen for part of an arrow, and reads signs in labels.
    private static string Name(string id) => "s_" + id.Replace('-', '_');

    private static string Plain(string label) =>
        string.Concat(label.Select(c => c is ':' or ';' or '#' or '"' or '\n' or '\r' or '<' or '>' or '{' or '}' ? Sign(c) : c.ToString()));

    private static string Sign(char c) => c is '\n' or '\r' ? " " : $"#{(int)c};";
}
