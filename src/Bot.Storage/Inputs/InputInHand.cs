using System.IO.MemoryMappedFiles;
using System.Text;
using Bot.Storage.Sqlite;

namespace Bot.Storage.Inputs;

/// <summary>
/// The key of the input whose turn runs at this moment, in a mapped page of <c>&lt;database&gt;.inhand</c>. Noting it costs no system
/// call, and the page outlives a process that is killed: the next start knows which input was in hand then.
/// </summary>
internal sealed class InputInHand : IDisposable
{
    /// <summary>The end of its path, after the database's.</summary>
    public const string Ending = ".inhand";

    private const int Size = 4096;
    private const int MaxKey = Size - sizeof(int);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _page;
    private readonly byte[] _key = new byte[MaxKey];

    public InputInHand(string database)
    {
        var path = database + Ending;

        // Written in full first: a page without room on the disk would end the process when it is touched.
        if (!File.Exists(path) || new FileInfo(path).Length != Size)
        {
            Connections.Protect(path);
            File.WriteAllBytes(path, new byte[Size]);
        }

        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        _page = _file.CreateViewAccessor(0, Size);
    }

    /// <summary>The input in hand, or <see langword="null"/>.</summary>
    public string? Key
    {
        get
        {
            var length = _page.ReadInt32(0);
            if (length is <= 0 or > MaxKey)
            {
                return null;
            }

            _page.ReadArray(sizeof(int), _key, 0, length);
            return Encoding.UTF8.GetString(_key, 0, length);
        }
    }

    public void Take(string key)
    {
        var length = Encoding.UTF8.GetByteCount(key);
        if (length <= MaxKey)
        {
            Encoding.UTF8.GetBytes(key, _key);
            _page.WriteArray(sizeof(int), _key, 0, length);

            // The length last: a key is there whole or not at all.
            _page.Write(0, length);
        }
    }

    public void PutDown() => _page.Write(0, 0);

    public void Dispose()
    {
        _page.Dispose();
        _file.Dispose();
    }
}
