using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Storage;
using Bot.Writing;

namespace Bot.Broadcasts;

/// <summary>
/// Links that tell whether they were followed: <c>/r/</c> and a code of 24 letters, the recipient's id with a signature. Where a link leads
/// stands in the broadcast, never in the link, so it cannot be bent to lead anywhere else; a code that was not made here leads nowhere.
/// </summary>
internal sealed class TrackedLinks
{
    private const string KeyName = "links.key";
    private const int IdBytes = sizeof(long);
    private const int SignatureBytes = 10;

    /// <summary>A customer is not kept waiting by a database that is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Store _store;
    private readonly Writer _writer;
    private readonly string? _root;
    private readonly byte[] _key;

    /// <param name="publicUrl">Where customers reach this bot; without it there are no such links.</param>
    public TrackedLinks(Uri? publicUrl, Store store, Writer writer)
    {
        (_store, _writer) = (store, writer);
        _root = publicUrl?.AbsoluteUri.TrimEnd('/');
        _key = publicUrl is null ? [] : Key(store);
    }

    /// <summary>Whether links are tracked.</summary>
    public bool AreOn => _root is not null;

    /// <summary>The address for one recipient, or <see langword="null"/> if links are not tracked here.</summary>
    public string? For(RecipientId recipient) => _root is null ? null : $"{_root}/r/{Code(recipient)}";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        if (_root is not null)
        {
            endpoints.MapGet("/r/{code}", FollowAsync);
        }
    }

    /// <summary>What a link ends with.</summary>
    internal string Code(RecipientId recipient)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + SignatureBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, recipient.Value);
        Sign(bytes[..IdBytes], bytes[IdBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Whose link this is, or <see langword="null"/> if it was not made here.</summary>
    internal RecipientId? Read(string code)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + SignatureBytes];
        Span<byte> signature = stackalloc byte[SignatureBytes];
        if (code.Length != Base64Url.GetEncodedLength(bytes.Length) || !Base64Url.TryDecodeFromChars(code, bytes, out var written) || written != bytes.Length)
        {
            return null;
        }

        Sign(bytes[..IdBytes], signature);
        return CryptographicOperations.FixedTimeEquals(signature, bytes[IdBytes..]) ? new RecipientId(BinaryPrimitives.ReadInt64BigEndian(bytes)) : null;
    }

    private async Task FollowAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        if (context.Request.RouteValues["code"] is not string code || Read(code) is not { } recipient || _store.Broadcasts.Link(recipient) is not var (chat, url))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.StatusCode = StatusCodes.Status302Found;
        headers.Location = url;
        if (chat.Channel == ChatAddress.Erased)
        {
            return;
        }

        await Task.WhenAny(_writer.AcceptAsync([new Input.Clicked(chat, recipient)], CancellationToken.None), Task.Delay(Patience, context.RequestAborted))
            .ConfigureAwait(false);
    }

    private static byte[] Key(Store store)
    {
        if (store.ReadMeta(KeyName) is { } known)
        {
            return Convert.FromHexString(known);
        }

        var made = RandomNumberGenerator.GetBytes(32);
        using var transaction = store.Begin();
        transaction.SetMeta(KeyName, Convert.ToHexString(made));
        transaction.Commit();
        return made;
    }

    private void Sign(ReadOnlySpan<byte> id, Span<byte> signature)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, id, whole);
        whole[..SignatureBytes].CopyTo(signature);
    }
}
