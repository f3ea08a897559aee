namespace Bot.Core.Staff;

/// <summary>What the buttons about webhooks bring back.</summary>
public static class WebhookPresses
{
    public const string SendAgain = "s.hooks.again";

    public const string Drop = "s.hooks.drop";

    public const string DropConfirmed = "s.hooks.drop.yes";

    /// <summary>What a press asks for, or <see langword="null"/>; the data may be forged.</summary>
    public static WebhookCommand? Read(string data) => data switch
    {
        SendAgain => new WebhookCommand.SendAgain(),
        Drop => new WebhookCommand.Drop(IsConfirmed: false),
        DropConfirmed => new WebhookCommand.Drop(IsConfirmed: true),
        _ => null,
    };
}
