using Bot.FakeTelegram.Chats;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>What a customer does and hears on the way to the checklist, in Russian.</summary>
internal static class Customer
{
    public const string Asked = "нужно согласие";
    public const string Agree = "Согласен";
    public const string AskedName = "Как вас зовут?";
    public const string AskedPhone = "оставьте телефон";
    public const string ShareContact = "📱 Отправить мой номер";
    public const string Delivered = "Готово, ";
    public const string AskedOffers = "Присылать советы";
    public const string Accept = "Да";
    public const string Refuse = "Нет";
    public const string Accepted = "Спасибо!";
    public const string Refused = "первым писать не буду";
    public const string Menu = "Чем помочь?";
    public const string Unclear = "Не понял вас";
    public const string Magnet = "7-pyaten.pdf";

    /// <summary>Walks the whole way and says yes to everything.</summary>
    public static async Task GetsTheChecklistAsync(this FakeChat chat, string name = "Анна", string phone = "+79991234567", TimeSpan? patience = null)
    {
        patience ??= Eventually.Patience;
        await chat.GetsToTheNameAsync(patience);
        await chat.GivesNameAndPhoneAsync(name, phone, patience);
        await chat.ReceivesAsync(AskedOffers, patience);
        chat.Presses(Accept);
        await chat.ReceivesAsync(Accepted, patience);
    }

    /// <summary>Follows the link and agrees.</summary>
    public static async Task GetsToTheNameAsync(this FakeChat chat, TimeSpan? patience = null)
    {
        chat.Says("/start guide-vk");
        await chat.ReceivesAsync(Asked, patience ?? Eventually.Patience);
        chat.Presses(Agree);
        await chat.ReceivesAsync(AskedName, patience ?? Eventually.Patience);
    }

    /// <summary>Answers both questions and gets the checklist.</summary>
    public static async Task GivesNameAndPhoneAsync(this FakeChat chat, string name, string phone, TimeSpan? patience = null)
    {
        patience ??= Eventually.Patience;
        chat.Says(name);
        await chat.ReceivesAsync(AskedPhone, patience);
        chat.SharesContact(phone);
        await chat.ReceivesAsync(Delivered, patience);
    }

    /// <summary>Hears an answer to this, be it only that it was not understood.</summary>
    public static Task IsAnsweredAsync(this FakeChat chat, string text, string answer)
    {
        chat.Says(text);
        return chat.ReceivesAsync(answer, Eventually.Patience);
    }

    /// <summary>How often the checklist arrived.</summary>
    public static int Magnets(this FakeChat chat) => chat.Messages.Count(static message => message.FileName is not null || message.Method == "sendDocument");

    /// <summary>The texts that arrived, in order.</summary>
    public static IReadOnlyList<string> Texts(this FakeChat chat) => [.. chat.Messages.Select(static message => message.Text)];
}
