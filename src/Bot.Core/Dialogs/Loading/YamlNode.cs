using System.Collections.Immutable;

namespace Bot.Core.Dialogs.Loading;

/// <summary>A piece of a content file with its place in it. Lines and columns count from 1.</summary>
internal abstract record YamlNode(int Line, int Column)
{
    /// <param name="Value">As YAML understands it.</param>
    internal sealed record Scalar(int Line, int Column, string Value, ScalarForm Form, int EndLine, int EndColumn) : YamlNode(Line, Column)
    {
        /// <summary>Nothing was written: <c>key:</c>.</summary>
        public bool IsEmpty => Form == ScalarForm.Plain && Value.Length == 0;
    }

    internal sealed record List(int Line, int Column, ImmutableArray<YamlNode> Items, bool IsFlow) : YamlNode(Line, Column);

    internal sealed record Map(int Line, int Column, ImmutableArray<(Scalar Key, YamlNode Value)> Pairs, bool IsFlow) : YamlNode(Line, Column)
    {
        public YamlNode? this[string key]
        {
            get
            {
                foreach (var (name, value) in Pairs)
                {
                    if (name.Value == key)
                    {
                        return value;
                    }
                }

                return null;
            }
        }
    }
}

/// <summary>How a scalar is written.</summary>
internal enum ScalarForm
{
    Plain,
    Quoted,

    /// <summary>After <c>|</c>: line by line as it stands.</summary>
    Literal,

    /// <summary>After <c>&gt;</c>: its lines are joined.</summary>
    Folded,
}
