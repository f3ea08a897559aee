using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Bot.Core.Bookings;
using Bot.Core.Consents;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Conversations;

/// <summary>What a state shows: its text, its file, and what can be pressed.</summary>
internal sealed class Prompt(Draft draft, State state)
{
    /// <summary>Buttons of a scale in one row.</summary>
    private const int ScaleColumns = 6;

    private Conversation Conversation => draft.Conversation!;

    /// <summary>Shows the state; answers whether the conversation now waits in it.</summary>
    public bool Show()
    {
        var offers = Offers();
        var waits = state.Ask is not null || offers.Any(row => row.Any(item => item.Offer is { Kind: OfferKind.Button }));
        if (waits)
        {
            draft.Conversation = Conversation with
            {
                Revision = draft.Content.Revision,
                Step = Conversation.Step + 1,
                Offers = Numbered(offers),
                Attempts = 0,
                LastAt = draft.Now,
                IsPaused = false,
            };
        }

        var scope = Scope();
        var attachment = Attachment(scope);
        if (waits && state.Timeout is { } timeout)
        {
            draft.Schedule(draft.Now + timeout.After, new TimerCause.Timeout(Conversation.Id, Conversation.Frames[0].Dialog, Conversation.Step), MessageKind.Service);
        }

        if (state.Say is not null || attachment is not null)
        {
            var text = state.Say?.In(draft.Chat.Language);
            draft.Say($"{Conversation.Top.Dialog}/{state.Id}", text is null ? "" : text.Html(scope) + Note(text), attachment, Keyboard(offers));
        }

        return waits;
    }

    private string Note(Template text) => state.Ask is { Kinds: [AskKind.FreeTime] }
        ? BusinessTime.Note(draft, isNeeded: true)
        : BusinessTime.Note(draft, text);

    /// <summary>Says what was wrong with the answer, over the same buttons. Those of the earlier message stay good, if they are the same.</summary>
    public void ShowAgain(Phrase phrase)
    {
        var offers = Offers();
        if (!Numbered(offers).SequenceEqual(Conversation.Offers))
        {
            draft.Conversation = Conversation with { Step = Conversation.Step + 1, Offers = Numbered(offers) };
        }

        if (phrase == Phrase.WayOut)
        {
            var label = draft.Label(Phrase.MenuCommand);
            offers.Add([new Item(label, null, new InlineButton(label, new PressData.Menu().ToString()))]);
        }

        draft.Say(phrase, Keyboard(offers), Bounds());
    }

    /// <summary>The offer whose label was typed, in this language. A consent is given by its button, never by typing.</summary>
    public Offer? OfferLabelled(string text)
    {
        if (text.Length > 128)
        {
            return null;
        }

        var typed = Folding.Fold(text);
        foreach (var item in Offers().SelectMany(row => row))
        {
            if (item.Offer is { Kind: not (OfferKind.Answer or OfferKind.Nothing) } offer && !GivesConsent(offer) && Folding.Fold(item.Label) == typed)
            {
                return offer;
            }
        }

        return null;
    }

    private static ImmutableArray<Offer> Numbered(List<ImmutableArray<Item>> offers) =>
        [.. offers.SelectMany(row => row).Select(item => item.Offer).OfType<Offer>()];

    private bool GivesConsent(Offer offer) => offer.Kind == OfferKind.Button
        && state.Buttons.First(button => button.Id == offer.Value).Do.Any(action => action is DialogAction.Consent);

    private Scope Scope() => draft.Scope(Conversation.Top.Values);

    /// <summary>A button: one that brings its offer back, or one that leads elsewhere and is not of this conversation.</summary>
    private readonly record struct Item(string Label, Offer? Offer, InlineButton? Elsewhere = null);

    private List<ImmutableArray<Item>> Offers()
    {
        var rows = new List<ImmutableArray<Item>>();
        if (state.Ask is { } ask)
        {
            AddAnswers(rows, ask);
        }

        foreach (var button in state.Buttons)
        {
            if (IsShown(button))
            {
                rows.Add([ItemOf(button)]);
            }
        }

        ImmutableArray<Item> last = [.. Ways()];
        if (!last.IsEmpty)
        {
            rows.Add(last);
        }

        return rows;
    }

    private void AddAnswers(List<ImmutableArray<Item>> rows, Ask ask)
    {
        foreach (var kind in ask.Kinds)
        {
            switch (kind)
            {
                case AskKind.Name when draft.HasConsent(Purpose.PersonalData)
                    && draft.Input.From?.FirstName is { } first && AnswerReader.Name(first) is { } name:
                    rows.Add([new Item(name, new Offer(OfferKind.Answer, name))]);
                    break;
                case AskKind.Scale:
                    var points = Enumerable.Range((int)ask.From!, (int)(ask.To!.Value - ask.From.Value) + 1)
                        .Select(point => point.ToString(CultureInfo.InvariantCulture))
                        .Select(point => new Item(point, new Offer(OfferKind.Answer, point)));
                    rows.AddRange(points.Chunk(ScaleColumns).Select(row => row.ToImmutableArray()));
                    break;
                case AskKind.Choice:
                    rows.AddRange(ask.Options.Select(option => ImmutableArray.Create(
                        new Item(option.Label.In(draft.Chat.Language).Plain(Scope()), new Offer(OfferKind.Answer, option.Id)))));
                    break;
                case AskKind.Language:
                    rows.AddRange(draft.Content.Settings.Languages.Select(code => ImmutableArray.Create(
                        new Item(draft.NameOfLanguage(code), new Offer(OfferKind.Answer, code)))));
                    break;
                case AskKind.Topics:
                    AddTopics(rows);
                    break;
                case AskKind.Service or AskKind.Specialist or AskKind.FreeDay or AskKind.FreeTime or AskKind.MyBooking:
                    rows.AddRange(BookingQuestion.Of(draft, ask, Conversation.Top)!.Rows(Conversation.Page)
                        .Select(row => row.Select(choice => new Item(choice.Label, choice.Offer)).ToImmutableArray()));
                    break;
                case AskKind.Text or AskKind.Name or AskKind.Email or AskKind.Phone or AskKind.Contact or AskKind.Number or AskKind.Date or AskKind.City:
                    break;
            }
        }
    }

    /// <summary>Each topic with its mark, and a way to be left alone for a while.</summary>
    private void AddTopics(List<ImmutableArray<Item>> rows)
    {
        foreach (var topic in Unsubscription.Choices(draft))
        {
            var mark = draft.Profile.TopicsOff.Contains(topic) ? "⬜" : "✅";
            var name = draft.Content.Settings.Topics[topic].In(draft.Chat.Language).Plain(Scope());
            rows.Add([new Item($"{mark} {name}", new Offer(OfferKind.Answer, topic))]);
        }

        if (draft.HasConsent(Purpose.Marketing))
        {
            var isPaused = draft.Profile.PausedUntil > draft.Now;
            var pause = draft.Label(isPaused ? Phrase.Resume : Phrase.PauseMonth);
            rows.Add([new Item(pause, null, new InlineButton(pause, new PressData.Pause(isPaused).ToString()))]);
            var all = draft.Label(Phrase.UnsubscribeAll);
            rows.Add([new Item(all, null, new InlineButton(all, new PressData.Unsubscribe(null).ToString()))]);
        }
    }

    private IEnumerable<Item> Ways()
    {
        if (state is { CanGoBack: true, Waits: true } && !Conversation.Top.Trail.IsEmpty)
        {
            yield return new Item(draft.Label(Phrase.Back), new Offer(OfferKind.Back, ""));
        }

        if (state.Ask is { CanSkip: true } ask)
        {
            var usual = ask.Kinds.Contains(AskKind.Topics) ? Phrase.Done : Phrase.Skip;
            yield return new Item(ask.Skip?.In(draft.Chat.Language).Plain(Scope()) ?? draft.Label(usual), new Offer(OfferKind.Skip, ""));
        }
    }

    private Keyboard? Keyboard(List<ImmutableArray<Item>> offers)
    {
        if (state.Ask?.Kinds.Contains(AskKind.Contact) == true)
        {
            return new Keyboard.ShareContact(draft.Label(Phrase.ShareContact), [.. offers.SelectMany(row => row).Where(item => item.Elsewhere?.Url is null).Select(item => item.Label)]);
        }

        var number = 0;
        ImmutableArray<ImmutableArray<InlineButton>> rows =
        [
            .. offers.Select(row => row.Select(item => item.Elsewhere
                ?? new InlineButton(item.Label, new PressData.Step(Conversation.Id, Conversation.Step, number++).ToString())).ToImmutableArray()),
        ];
        return rows.IsEmpty ? null : new Keyboard.Inline(rows);
    }

    private Item ItemOf(Button button)
    {
        var label = Label(button);
        return button.Leads switch
        {
            ButtonLeads.GoTo => new Item(label, new Offer(OfferKind.Button, button.Id)),
            ButtonLeads.Open open => new Item(label, null, new InlineButton(label, new PressData.Open(open.Dialog, null).ToString())),
            ButtonLeads.OpenWith open => new Item(label, null,
                new InlineButton(label, new PressData.OpenFor(open.Button, BookingValues.BookingOf(Scope())!.Id).ToString())),
            ButtonLeads.Url url => new Item(label, null, new InlineButton(label, null, url.Address.In(draft.Chat.Language).Plain(Scope()))),
            _ => throw new UnreachableException(),
        };
    }

    private bool IsShown(Button button) => (button.If is null || button.If.Holds(Scope()))
        && (button.Leads is not ButtonLeads.OpenWith || BookingValues.BookingOf(Scope()) is not null);

    private string Label(Button button) => button.Label.In(draft.Chat.Language).Plain(Scope());

    private Attachment? Attachment(Scope scope) => state.File switch
    {
        null => null,
        { Name: { } name } file => new Attachment(file.Kind, name),
        { Expression: { } expression } file => expression.Evaluate(scope) is Value.File value ? new Attachment(file.Kind, value.Name, value.Content) : null,
        _ => null,
    };

    /// <summary>What the phrases about numbers may name.</summary>
    private ImmutableDictionary<string, Value>? Bounds() => state.Ask is { From: { } from, To: { } to }
        ? ImmutableDictionary<string, Value>.Empty.Add("from", new Value.Number(from)).Add("to", new Value.Number(to))
        : null;
}
