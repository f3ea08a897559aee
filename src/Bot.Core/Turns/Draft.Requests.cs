using Bot.Core.Inputs;

namespace Bot.Core.Turns;

/// <summary>What other programs hear.</summary>
internal sealed partial class Draft
{
    /// <summary>What was decided, for the program that asked. Where nobody but people did there is nothing to say: they hear it in their chats.</summary>
    /// <param name="subject">What <paramref name="result"/> says that it is.</param>
    public void Respond(RequestResult result, long? subject = null)
    {
        if (Input.Request is { } request)
        {
            _effects.Add(new Effect.Respond(request, result, subject));
        }
    }
}
