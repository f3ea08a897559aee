using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

internal static partial class ActionReader
{
    private static DialogAction.Case? Case(YamlNode node, YamlNode? with, Vocabulary vocabulary, FileReader file)
    {
        if (file.Word(node, Keys.CaseKinds, "kind of case") is not { } kind)
        {
            return null;
        }

        var map = with is null ? null : file.Map(with, Keys.Case, "`with:` of a case");
        return new(kind, Value("score", ValueKind.Number), Value("words", ValueKind.Text));

        Expression? Value(string key, ValueKind holds)
        {
            if (map?[key] is not { } place || file.Expression(place, vocabulary, "a value") is not { } expression)
            {
                return null;
            }

            if (expression.Kind != holds)
            {
                file.Faults.Add(place, $"`{key}` is {Kinds.Name(holds)}, and this is {Kinds.Name(expression.Kind)}.");
            }

            return expression;
        }
    }
}
