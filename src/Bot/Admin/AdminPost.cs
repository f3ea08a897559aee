using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Storage.Admin;
using Bot.Storage.Talks;

namespace Bot.Admin;

/// <summary>As what a line goes to the admin chat: into the customer's topic as the customer wrote it, or else under the customer's name.</summary>
internal static class AdminPost
{
    /// <param name="thread">The customer's topic, if there is one.</param>
    public static (Body Body, Place? Place) Of(AdminLine line, long? thread, ChatAddress chat, TalkReader talks)
    {
        if (line.Chat is not { } customer)
        {
            return (line.Body, null);
        }

        return line.Body.Copy switch
        {
            { } copy when line.IsEdit && talks.PassedOn(customer, copy.Message, chat) is { } passedOn =>
                (line.Body with { Html = thread is null ? line.Body.Html : copy.Html ?? "" }, new Place(Edits: passedOn)),
            { } copy when line.IsEdit || (thread is null && copy.Media is null) => (AsText(line.Body), new Place(thread)),
            { } when thread is not null => (line.Body with { Html = "" }, new Place(thread)),
            { Media: not MediaKind.Other } when Html.Length(line.Body.Html) <= Html.MaxCaption => (line.Body, null),
            { } => (line.Body with { Html = "" }, new Place(ReplyTo: talks.Latest(customer, chat))),
            null => (line.Body, new Place(thread, line.ReplyTo)),
        };
    }

    /// <summary>Its words alone.</summary>
    public static Body AsText(Body body) => body with { Copy = null };
}
