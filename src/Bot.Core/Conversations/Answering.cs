using System.Diagnostics;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Lists;
using Bot.Core.Profiles;
using Bot.Core.Time;
using Bot.Core.Turns;

namespace Bot.Core.Conversations;

/// <summary>Takes what the customer says or presses as the answer to the question that the conversation waits with.</summary>
internal sealed class Answering(Draft draft, Walk walk)
{
    /// <summary>After each so many unusable answers to one question the customer is shown a way out.</summary>
    private const int MaxAttempts = 3;

    /// <summary>Whether what the customer writes is the answer to a question, and not said past it from the menu.</summary>
    public bool IsListening => draft.Conversation is { IsPaused: false };

    /// <summary>Whether the conversation waits for a contact, even one that is paused: its key is still on the screen.</summary>
    public bool AsksContact => draft.TryStateOf(draft.Conversation, out var state) && state.Ask is { } ask && ask.Kinds.Contains(AskKind.Contact);

    /// <summary>Whether the conversation waits for a free text, in which any word is an answer.</summary>
    public bool AsksFreeText => IsListening && draft.TryStateOf(draft.Conversation, out var state) && state.Ask is { } ask && ask.Kinds.Contains(AskKind.Text);

    /// <summary>Takes a text as the answer: the label of a button, or what the question makes of it.</summary>
    public void Take(string text)
    {
        var prompt = new Prompt(draft, walk.State);
        if (prompt.OfferLabelled(text) is { } offer)
        {
            Choose(offer);
            return;
        }

        if (walk.State.Ask is not { } ask)
        {
            Refuse(Phrase.AgainButton);
            return;
        }

        switch (Read(ask, text))
        {
            case Answer.Given given:
                Accept(given.Kind, given.Value);
                break;
            case Answer.Unclear unclear:
                Refuse(unclear.Again);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Takes a shared contact; only the sender's own counts.</summary>
    public void Take(Input.Contact contact)
    {
        if (walk.State.Ask is not { } ask || !ask.Kinds.Any(kind => kind is AskKind.Contact or AskKind.Phone))
        {
            TakeUnreadable();
        }
        else if (!contact.IsOwn)
        {
            Refuse(Phrase.ForeignContact);
        }
        else if (AnswerReader.Phone(contact.Phone is ['+', ..] ? contact.Phone : "+" + contact.Phone, "") is { } phone)
        {
            Accept(AskKind.Contact, new Value.Text(phone));
        }
        else
        {
            Refuse(Phrase.AgainPhone);
        }
    }

    /// <summary>Something was sent that no question can read: a sticker, a voice message.</summary>
    public void TakeUnreadable() => Refuse(walk.State.Ask is { } ask ? AnswerReader.Again(ask) : Phrase.AgainButton);

    /// <summary>Takes a button of the current step; answers <see langword="false"/> if it belongs to another conversation or step.</summary>
    public bool Press(PressData.Step press)
    {
        if (draft.Conversation is not { } conversation || conversation.Id != press.Conversation || conversation.Step != press.Number
            || press.Button >= conversation.Offers.Length)
        {
            return false;
        }

        return Choose(conversation.Offers[press.Button]);
    }

    /// <summary>Asks the current question once more, for example in another language.</summary>
    public void AskAgain()
    {
        if (draft.Conversation is not null)
        {
            new Prompt(draft, walk.State).Show();
        }
    }

    private Answer Read(Ask ask, string text) => BookingQuestion.Of(draft, ask, walk.Conversation.Top) is { } question
        ? question.Read(text)
        : AnswerReader.Read(ask, text, draft.Content, draft.Chat.Language, LocalTime.DayOf(draft.Now, draft.Zone));

    private bool Choose(Offer offer)
    {
        var state = walk.State;
        switch (offer.Kind)
        {
            case OfferKind.Button when state.Buttons.FirstOrDefault(b => b.Id == offer.Value) is { Leads: ButtonLeads.GoTo to } button:
                draft.Acknowledge(isUsed: true);
                walk.Remember(state);
                walk.Do(button.Do, button);
                walk.Go(to.To);
                return true;
            case OfferKind.Answer when state.Ask is { } ask
                && Read(ask, offer.Value) is Answer.Given given:
                draft.Acknowledge(isUsed: true);
                Accept(given.Kind, given.Value);
                return true;
            case OfferKind.Skip when state.Ask is { CanSkip: true }:
                draft.Acknowledge(isUsed: true);
                walk.Remember(state);
                walk.Do(state.OnAnswer);
                walk.Go(walk.Next(state));
                return true;
            case OfferKind.Back when walk.Conversation.Top.Trail is [.., var before] trail:
                draft.Acknowledge(isUsed: true);
                walk.SetTop(walk.Conversation.Top with { Trail = trail.RemoveAt(trail.Length - 1) });
                walk.Go(Target.To(before), isBack: true);
                return true;
            case OfferKind.Page:
                draft.Acknowledge(isUsed: true);
                draft.Conversation = walk.Conversation with { Page = offer.Value };
                AskAgain();
                return true;
            case OfferKind.Nothing:
                draft.Acknowledge(draft.Label(Phrase.NothingFree));
                return true;
            case OfferKind.Answer when BookingQuestion.Of(draft, state.Ask, walk.Conversation.Top) is not null:
                // It was free when the button was shown.
                draft.Acknowledge(draft.Label(Phrase.NotFreeAnyMore), isUsed: true);
                walk.Go(Target.To(state.Id), isBack: true);
                return true;
            case OfferKind.Button or OfferKind.Answer or OfferKind.Skip or OfferKind.Back:
                return false;
            default:
                throw new UnreachableException();
        }
    }

    private void Accept(AskKind kind, Value value)
    {
        var state = walk.State;
        if (kind == AskKind.Topics)
        {
            Toggle(((Value.Choice)value).Id);
            return;
        }

        if (!TryKeep(state.Ask!, kind, value))
        {
            draft.Close(ConversationEnd.Left);
            Menu.Show(draft, Phrase.ConsentFirst);
            return;
        }

        walk.Remember(state);
        walk.Do(state.OnAnswer);
        walk.Go(walk.Next(state));
    }

    /// <summary>Each tap counts at once, and the question stays until the customer says that it is done.</summary>
    private void Toggle(string topic)
    {
        if (!Unsubscription.Choices(draft).Contains(topic))
        {
            Refuse(Phrase.AgainChoice);
            return;
        }

        Unsubscription.Toggle(draft, topic);
        AskAgain();
    }

    private bool TryKeep(Ask ask, AskKind kind, Value value)
    {
        switch (kind)
        {
            case AskKind.Contact or AskKind.Phone:
                return draft.TrySetField(ProfileFields.Phone, value) && (kind == AskKind.Phone || TryVerify(((Value.Text)value).Content));
            case AskKind.Email:
                return draft.TrySetField(ProfileFields.Email, value);
            case AskKind.Language:
                draft.Chat = draft.Chat with { Language = ((Value.Choice)value).Id };
                return true;
            case AskKind.City:
                // Without the consent to personal data the zone alone is kept: it tells nobody who the customer is.
                draft.Chat = draft.Chat with { Zone = Cities.Find(((Value.Text)value).Content)!.Zone };
                draft.TrySetField(ProfileFields.City, value);
                return true;
        }

        if (ask.Into is not { } into)
        {
            return true;
        }

        if (into.IsProfile)
        {
            return draft.TrySetField(into.Name, value);
        }

        walk.SetTop(walk.Conversation.Top with { Values = BookingQuestion.Keep(walk.Conversation.Top.Values, into.Name, value) });
        return true;
    }

    /// <summary>The channel vouches for the phone: what staff know under it is this customer's.</summary>
    private bool TryVerify(string phone)
    {
        if (!draft.TrySetField(ProfileFields.PhoneVerified, new Value.Boolean(true)))
        {
            return false;
        }

        Joining.TakeOver(draft, phone);
        return true;
    }

    private void Refuse(Phrase phrase)
    {
        var attempts = walk.Conversation.Attempts + 1;
        draft.Conversation = walk.Conversation with { Attempts = attempts, LastAt = draft.Now };
        if (walk.IsChanged)
        {
            // The words and buttons on the screen are not those of today.
            AskAgain();
        }
        else
        {
            new Prompt(draft, walk.State).ShowAgain(attempts % MaxAttempts == 0 ? Phrase.WayOut : phrase);
        }
    }
}
