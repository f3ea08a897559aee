using System.Formats.Tar;
using System.IO.Compression;
using Bot.Storage.Backups;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

public sealed class BackupFormatTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_cut_exactly_between_two_chunks_is_refused()
    {
        using var whole = new MemoryStream();
        var header = BackupHeader.New("password");
        using (var writing = new EncryptingStream(whole, header))
        {
            writing.Write(new byte[3 * Chunks.Size]);
            writing.Finish();
        }

        var chunk = Chunks.Size + Chunks.TagLength;
        Assert.Equal(BackupHeader.Length + (3 * chunk), whole.Length);
        Assert.Equal(3 * Chunks.Size, Read(whole.ToArray()));
        Assert.Throws<StoreRefusedException>(() => Read(whole.ToArray()[..(BackupHeader.Length + (2 * chunk))]));
        Assert.Throws<StoreRefusedException>(() => Read(whole.ToArray()[..BackupHeader.Length]));

        // Two chunks of equal content swapped.
        byte[] swapped = [.. whole.ToArray()[..BackupHeader.Length], .. Chunk(1), .. Chunk(0), .. Chunk(2)];
        Assert.Throws<StoreRefusedException>(() => Read(swapped));

        byte[] Chunk(int n) => whole.ToArray()[(BackupHeader.Length + (n * chunk))..(BackupHeader.Length + ((n + 1) * chunk))];

        int Read(byte[] file)
        {
            using var chunks = new MemoryStream(file[BackupHeader.Length..]);
            using var reading = new DecryptingStream(chunks, header);
            using var plain = new MemoryStream();
            reading.CopyTo(plain);
            return (int)plain.Length;
        }
    }

    [Theory]
    [InlineData("dialogs/../../escaped.yaml")]
    [InlineData("dialogs//tmp/escaped.yaml")]
    [InlineData("/tmp/escaped.yaml")]
    [InlineData("../escaped.yaml")]
    [InlineData("dialogs/")]
    public void A_name_that_leads_out_of_the_folder_is_refused(string name)
    {
        using var archive = new MemoryStream();
        using (var zip = new GZipStream(archive, CompressionMode.Compress, leaveOpen: true))
        using (var tar = new TarWriter(zip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream([1]),
            });
        }

        archive.Position = 0;
        Assert.Throws<StoreRefusedException>(() => Archive.Read(archive, _folder.File("x.db"), _folder.File("x")));
        Assert.Empty(Directory.GetFiles(_folder.Path, "escaped.yaml", SearchOption.AllDirectories));
        Assert.False(File.Exists("/tmp/escaped.yaml"));
    }
}
