using System.Text;
using QRCoder;

namespace Bot.Core.Messages;

/// <summary>The bytes of a file that was made for one customer. What is kept is its text; a picture is drawn when it is sent.</summary>
public static class MadeFile
{
    /// <summary>So that a scanner across the desk reads it, and Telegram does not blur it.</summary>
    private const int PixelsPerModule = 16;

    public static byte[] Bytes(AttachmentKind kind, string content) => kind == AttachmentKind.Picture ? QrCode(content) : Encoding.UTF8.GetBytes(content);

    /// <summary>A PNG with the QR code of a text, in black on white with a quiet zone around it.</summary>
    private static byte[] QrCode(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return png.GetGraphic(PixelsPerModule);
    }
}
