using System.Text;

namespace Bot.Core.Csv;

/// <summary>The text of a file of which nobody said how it is encoded.</summary>
public static class CsvText
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What Excel on a Russian Windows still writes.
    private static readonly Encoding Windows1251 = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    /// <summary>Reads UTF-8 and UTF-16, with or without a mark, and what is neither as Windows-1251.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, .. var marked]:
                return Encoding.UTF8.GetString(marked);
            case [0xFF, 0xFE, .. var little]:
                return Encoding.Unicode.GetString(little);
            case [0xFE, 0xFF, .. var big]:
                return Encoding.BigEndianUnicode.GetString(big);
        }

        // Delimiters and line ends are ASCII in every file of several cells, so that half of their bytes are zero.
        var start = bytes[..Math.Min(bytes.Length, 4_096)];
        if (start.Contains((byte)0))
        {
            return ZerosAt(start, 1) >= ZerosAt(start, 0) ? Encoding.Unicode.GetString(bytes) : Encoding.BigEndianUnicode.GetString(bytes);
        }

        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Windows1251.GetString(bytes);
        }
    }

    private static int ZerosAt(ReadOnlySpan<byte> bytes, int offset)
    {
        var zeros = 0;
        for (var i = offset; i < bytes.Length; i += 2)
        {
            zeros += bytes[i] == 0 ? 1 : 0;
        }

        return zeros;
    }
}
