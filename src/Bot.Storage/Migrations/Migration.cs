using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Storage.Migrations;

/// <summary>One numbered script, for example <c>0001_start</c>.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>Those of this program, in order.</summary>
    public static readonly ImmutableArray<Migration> All = ReadAll();

    /// <summary>SHA-256 of the script with Unix line ends, in lower-case hex.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    private static ImmutableArray<Migration> ReadAll()
    {
        var assembly = typeof(Migration).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
                })
                .OrderBy(migration => migration.Number),
        ];
    }
}
