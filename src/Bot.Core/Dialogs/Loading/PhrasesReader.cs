using System.Collections.Immutable;
using System.Text;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads what the engine says: its own texts, and those that texts.yaml puts in their place.</summary>
internal static class PhrasesReader
{
    /// <summary>The languages that the bot brings phrases in.</summary>
    public static readonly ImmutableArray<string> BuiltIn = ["ru", "en"];

    private static readonly Dictionary<string, Phrase> ByName =
        Enum.GetValues<Phrase>().ToDictionary(p => Name(p));

    private static readonly Lazy<string> Resource = new(() =>
    {
        using var stream = typeof(PhrasesReader).Assembly.GetManifestResourceStream("phrases.yaml")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    });

    /// <summary>The phrase's name in texts.yaml.</summary>
    public static string Name(Phrase phrase)
    {
        var name = new StringBuilder();
        foreach (var c in phrase.ToString())
        {
            name.Append(char.IsUpper(c) && name.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    /// <param name="own">texts.yaml, if there is one.</param>
    public static Phrases Read(YamlNode.Map? own, FileReader file, Faults faults)
    {
        var languages = file.Around.Languages;
        var builtIn = new FileReader(new FileFaults("phrases.yaml", Resource.Value, faults),
            file.Around with { Languages = [.. languages.Intersect(BuiltIn)] });
        var texts = YamlReader.Read(Resource.Value, builtIn.Faults) is { } root && !builtIn.Around.Languages.IsEmpty
            ? All(Only(root, builtIn.Around.Languages), builtIn)
            : [];
        foreach (var (phrase, text) in own is null ? [] : All(own, file))
        {
            texts[phrase] = texts.TryGetValue(phrase, out var usual) ? new(usual.ByLanguage.SetItems(text.ByLanguage)) : text;
        }

        foreach (var language in languages.Except(BuiltIn))
        {
            Complete(language, texts, own, file.Faults);
        }

        return new(texts.ToImmutableDictionary());
    }

    private static Dictionary<Phrase, Text> All(YamlNode.Map root, FileReader file)
    {
        var texts = new Dictionary<Phrase, Text>();
        foreach (var (key, value) in root.Pairs)
        {
            if (!ByName.TryGetValue(key.Value, out var phrase))
            {
                file.Faults.Add(key, $"The bot has no phrase `{FileReader.Short(key.Value)}`.{Suggestion.For(key.Value, ByName.Keys)}");
            }
            else if (file.Text(value, VocabularyOf(phrase, file.Around), UseOf(phrase), isPartial: true) is { } text)
            {
                file.DemandElse(text, Facts.None.With([.. Values(phrase).Where(value => value.IsAlways).Select(value => value.Name)]));
                texts[phrase] = text;
            }
        }

        return texts;
    }

    private static Vocabulary VocabularyOf(Phrase phrase, Surroundings around) =>
        around.Vocabulary with { Remembered = Values(phrase).ToImmutableDictionary(value => value.Name, value => value.Kind) };

    /// <summary>A value that a phrase may use.</summary>
    /// <param name="IsAlways">Whether it is there each time, so that the phrase needs no <c>else</c> for it.</param>
    private readonly record struct Given(string Name, ValueKind Kind, bool IsAlways);

    private static Given Always(string name, ValueKind kind = ValueKind.Text) => new(name, kind, true);

    private static Given Maybe(string name, ValueKind kind = ValueKind.Text) => new(name, kind, false);

    private static Given[] Values(Phrase phrase) => phrase switch
    {
        Phrase.AgainNumber => [Maybe("from", ValueKind.Number), Maybe("to", ValueKind.Number)],
        Phrase.AgainScale => [Always("from", ValueKind.Number), Always("to", ValueKind.Number)],
        Phrase.TopicOff or Phrase.TopicOn => [Always("topic")],
        Phrase.Paused => [Always("until", ValueKind.Moment)],
        Phrase.AdminLead => [Maybe("name"), Always("contact"), Maybe("source")],
        Phrase.AdminUnsubscribed => [Maybe("name")],
        Phrase.AdminReason => [Maybe("name"), Always("reason")],
        Phrase.AdminTooLate => [Always("template")],
        Phrase.AdminClaimed
            or Phrase.AdminOwner
            or Phrase.AdminOperator
            or Phrase.AdminOperatorAdded
            or Phrase.AdminRemoveSure
            or Phrase.AdminRemoved
            or Phrase.AdminRemoveButton =>
            [Always("user")],
        Phrase.AdminFound or Phrase.AdminFoundMany or Phrase.AdminAside or Phrase.AdminAsideDropped => [Always("count", ValueKind.Number)],
        Phrase.AdminCard =>
        [
            Always("id"), Maybe("name"), Maybe("phone"), Maybe("email"), Maybe("birthday"), Maybe("city"), Maybe("telegram"), Maybe("fields"), Maybe("labels"),
            Always("consents"), Maybe("topics"), Always("since"), Always("active"), Maybe("source"), Maybe("sequences"), Maybe("purchases"),
            Maybe("credit"),
            Maybe("notes"), Always("history"),
        ],
        Phrase.AdminTalkOpened => [Maybe("name"), Always("id"), Maybe("contact")],
        Phrase.AdminTalkUndelivered => [Maybe("name"), Always("id"), Always("reason")],
        Phrase.AdminTalkSays or Phrase.AdminTalkEdited or Phrase.AdminTalkClosed or Phrase.AdminTalkLeft or Phrase.AdminTalkLapsed
            or Phrase.AdminTalkNone or Phrase.AdminTalkBlocked or Phrase.AdminTalkTextOnly or Phrase.AdminTalkWrite or Phrase.AdminTalkSent =>
            [Maybe("name"), Always("id")],
        Phrase.AdminTalkUncopied or Phrase.AdminTopicsRefused => [Always("reason")],
        Phrase.AdminTagged => [Maybe("labels")],
        Phrase.AdminLeads => [Always("count", ValueKind.Number), Always("since")],
        Phrase.AdminAsideAlarm => [Always("kind")],
        Phrase.AdminCaseOpened =>
            [Maybe("name"), Maybe("contact"), Maybe("score", ValueKind.Number), Maybe("words"), Always("due", ValueKind.Moment)],
        Phrase.AdminCaseAdded => [Maybe("name"), Maybe("contact"), Maybe("score", ValueKind.Number), Maybe("words")],
        Phrase.AdminCaseOverdue => [Maybe("name"), Maybe("contact"), Maybe("score", ValueKind.Number), Always("due", ValueKind.Moment)],
        Phrase.AdminCaseCalled or Phrase.AdminCaseWritten => [Maybe("name"), Maybe("contact"), Maybe("due", ValueKind.Moment)],
        Phrase.AdminCaseSolved => [Maybe("name"), Maybe("contact")],
        Phrase.AdminCases => [Always("count", ValueKind.Number)],
        Phrase.AdminCasesOpen => [Always("count", ValueKind.Number), Always("overdue", ValueKind.Number)],
        Phrase.ErasureAsked or Phrase.ErasureAlready => [Always("due", ValueKind.Moment)],
        Phrase.AdminErasureAsked or Phrase.AdminErasureSoon => [Maybe("name"), Maybe("contact"), Always("due", ValueKind.Moment)],
        Phrase.AdminErasureKept => [Maybe("name"), Maybe("contact")],
        Phrase.AdminErased => [Always("id"), Always("asked", ValueKind.Moment)],
        Phrase.AdminEraseSure => [Maybe("name"), Maybe("contact"), Maybe("credit", ValueKind.Number), Maybe("visits", ValueKind.Number)],
        Phrase.AdminErasing => [Maybe("name")],
        Phrase.AdminErasures => [Always("count", ValueKind.Number)],
        Phrase.AdminErasure => [Maybe("name"), Maybe("contact"), Always("asked", ValueKind.Moment), Always("due", ValueKind.Moment)],
        Phrase.AdminReasons => [Always("reasons")],
        Phrase.AdminCase =>
        [
            Maybe("name"), Maybe("contact"), Maybe("score", ValueKind.Number), Maybe("words"), Always("since", ValueKind.Moment),
            Always("due", ValueKind.Moment), Maybe("done"),
        ],
        Phrase.AdminNps =>
        [
            Always("score"), Maybe("margin"), Always("count", ValueKind.Number), Always("promoters", ValueKind.Number),
            Always("passives", ValueKind.Number), Always("detractors", ValueKind.Number), Always("since", ValueKind.Date),
        ],
        Phrase.AdminNpsLine => [Always("what"), Always("score"), Maybe("margin"), Always("count", ValueKind.Number)],
        Phrase.AdminWords => [Maybe("words"), Always("count", ValueKind.Number)],
        Phrase.AdminSurvey => [Always("survey"), Always("since", ValueKind.Date)],
        Phrase.AdminSurveyNumbers => [Always("count", ValueKind.Number), Maybe("average", ValueKind.Number)],
        Phrase.AdminSurveyTexts => [Always("count", ValueKind.Number)],
        Phrase.AdminBackup => [Always("file"), Always("bytes", ValueKind.Number)],
        Phrase.AdminBackupRefused => [Always("reason")],
        Phrase.AdminReloaded => [Always("revision"), Always("changes")],
        Phrase.AdminReloadNothing => [Always("revision")],
        Phrase.AdminReloadFaults => [Always("count", ValueKind.Number), Always("faults")],
        Phrase.AdminLost => [Always("dialog"), Always("step")],
        Phrase.AdminAlarmToken => [Always("since"), Always("until")],
        Phrase.AdminAlarmDisk or Phrase.AdminAlarmDiskOver => [Always("free", ValueKind.Number), Always("percent", ValueKind.Number)],
        Phrase.AdminAlarmLog or Phrase.AdminAlarmLogOver => [Always("size", ValueKind.Number)],
        Phrase.AdminAlarmBackup or Phrase.AdminAlarmBackupOver => [Maybe("latest")],
        Phrase.AdminAlarmSending => [Always("since")],
        Phrase.AdminAlarmWebhooks => [Always("since"), Always("count", ValueKind.Number)],
        Phrase.AdminAlarmDeadWebhooks or Phrase.AdminWebhooksRevived or Phrase.AdminWebhooksDropped => [Always("count", ValueKind.Number)],
        Phrase.AdminWebhooks or Phrase.AdminWebhooksOff =>
            [Always("count", ValueKind.Number), Maybe("since"), Always("dead", ValueKind.Number)],
        Phrase.AdminDigest => [Always("from"), Always("to")],
        Phrase.AdminShare => [Always("percent", ValueKind.Number), Always("count", ValueKind.Number), Always("all", ValueKind.Number)],
        Phrase.AdminNotSent or Phrase.AdminWhyPutOff => [Always("reason")],
        Phrase.AdminSendFailed or Phrase.AdminMaybeSent => [Maybe("said")],
        Phrase.AdminWhy => [Always("id"), Always("zone"), Always("since"), Always("active"), Maybe("source"), Maybe("contact")],
        Phrase.AdminWhyTopics => [Always("topics")],
        Phrase.AdminWhyPaused => [Always("until")],
        Phrase.AdminWhyChat => [Always("channel"), Maybe("consents")],
        Phrase.AdminWhyBlocked or Phrase.AdminWhyTalking => [Always("since")],
        Phrase.AdminWhyZone => [Always("zone")],
        Phrase.AdminWhyStep => [Always("sequence"), Always("step")],
        Phrase.AdminWhyAutomation => [Always("automation")],
        Phrase.AdminWhySilence => [Always("dialog")],
        Phrase.AdminWhyOther => [Always("what")],
        Phrase.AdminWhyRuns => [Always("step")],
        Phrase.AdminStats => [Always("since")],
        Phrase.AdminOwnerSure or Phrase.AdminOwnerAdded => [Always("user")],
        Phrase.AdminAsideOneSure => [Always("what")],
        Phrase.AdminBroadcastUsage => [Maybe("list")],
        Phrase.AdminBroadcastUnreadable => [Always("reason")],
        Phrase.AdminBroadcastNoTopic => [Always("reason")],
        Phrase.AdminBroadcastNoSegment => [Always("reason")],
        Phrase.AdminBroadcastNoDialog => [Always("reason")],
        Phrase.AdminBroadcastNoEvent => [Always("reason")],
        Phrase.AdminBroadcastNotNow => [Always("state")],
        Phrase.AdminBroadcastCard => [Always("number", ValueKind.Number), Always("state"), Always("text"), Maybe("topic"), Always("audience"), Always("when"), Maybe("more"), Maybe("progress")],
        Phrase.AdminBroadcastLocal => [Always("at")],
        Phrase.AdminBroadcastFile => [Maybe("name")],
        Phrase.AdminBroadcastButton => [Always("label"), Always("target")],
        Phrase.AdminBroadcastSplit => [Always("name"), Always("sample"), Always("held")],
        Phrase.AdminBroadcastReach => [Always("count", ValueKind.Number), Maybe("skipped")],
        Phrase.AdminBroadcastNotReached => [Always("reasons")],
        Phrase.AdminBroadcastProgress => [Always("bar"), Always("percent", ValueKind.Number), Always("rate", ValueKind.Number), Maybe("left"), Always("sent", ValueKind.Number), Always("blocked", ValueKind.Number), Always("failed", ValueKind.Number), Always("skipped", ValueKind.Number), Always("unknown", ValueKind.Number), Always("waiting", ValueKind.Number)],
        Phrase.AdminBroadcastLeft => [Always("minutes", ValueKind.Number)],
        Phrase.AdminBroadcastSure => [Always("number", ValueKind.Number), Always("count", ValueKind.Number), Maybe("skipped"), Always("when")],
        Phrase.AdminBroadcastCancelSure => [Always("number", ValueKind.Number)],
        Phrase.AdminBroadcastRecallSure => [Always("number", ValueKind.Number), Always("count", ValueKind.Number)],
        Phrase.AdminBroadcastEditSure => [Always("number", ValueKind.Number), Always("text")],
        Phrase.AdminBroadcastWinSure => [Always("variant"), Always("count", ValueKind.Number)],
        Phrase.AdminBroadcastNobodySure => [Always("count", ValueKind.Number)],
        Phrase.AdminBroadcastErrors => [Always("number", ValueKind.Number)],
        Phrase.AdminBroadcastBlocked => [Always("number", ValueKind.Number)],
        Phrase.AdminBroadcastContent => [Always("number", ValueKind.Number)],
        Phrase.AdminBroadcastRestored => [Always("number", ValueKind.Number)],
        Phrase.AdminBroadcastReport => [Always("number", ValueKind.Number), Always("all", ValueKind.Number), Always("sent", ValueKind.Number), Always("blocked", ValueKind.Number), Always("failed", ValueKind.Number), Always("unknown", ValueKind.Number), Always("skipped", ValueKind.Number), Always("open", ValueKind.Number), Maybe("reasons"), Always("delivery"), Always("clicks"), Always("reactions"), Always("unsubscribed"), Always("left"), Always("goal"), Always("conversions"), Always("revenue"), Always("each"), Maybe("experiment")],
        Phrase.AdminBroadcastShare => [Always("percent"), Always("count", ValueKind.Number), Always("of", ValueKind.Number)],
        Phrase.AdminBroadcastArm => [Always("variant"), Always("sent", ValueKind.Number), Always("clicks"), Always("conversions")],
        Phrase.AdminBroadcastHeld => [Always("count", ValueKind.Number), Always("conversions")],
        Phrase.AdminBroadcastUplift => [Always("variant"), Always("base"), Always("what"), Always("difference"), Always("low"), Always("high"), Maybe("relative")],
        Phrase.AdminWinButton => [Always("variant")],
        Phrase.AdminWhyCase => [Always("kind")],
        Phrase.AdminExportUsage => [Always("reason")],
        Phrase.AdminExportSure
            or Phrase.AdminExportFile => [Always("count", ValueKind.Number)],
        Phrase.AdminImportNoColumns => [Maybe("headings")],
        Phrase.AdminImportPreview => [Always("rows", ValueKind.Number), Always("added", ValueKind.Number), Always("changed", ValueKind.Number), Always("same", ValueKind.Number), Always("refused", ValueKind.Number), Always("columns"), Maybe("unread"), Maybe("faults"), Maybe("again")],
        Phrase.AdminImportProgress => [Always("done", ValueKind.Number), Always("rows", ValueKind.Number)],
        Phrase.AdminImportDone => [Always("added", ValueKind.Number), Always("changed", ValueKind.Number), Always("same", ValueKind.Number), Always("refused", ValueKind.Number)],
        Phrase.AdminImportRow => [Always("row"), Always("fault")],
        Phrase.AdminFaultPhone
            or Phrase.AdminFaultEmail
            or Phrase.AdminFaultName
            or Phrase.AdminFaultDay
            or Phrase.AdminFaultNumber
            or Phrase.AdminFaultYesNo
            or Phrase.AdminFaultTag
            or Phrase.AdminFaultTooLong
            or Phrase.AdminFaultId
            or Phrase.AdminFaultTwice => [Always("value")],
        Phrase.AdminTagUsage or Phrase.AdminNoteUsage or Phrase.AdminReplyUsage => [Maybe("id")],
        Phrase.Mydata =>
        [
            Maybe("fields"), Maybe("personal-data-since", ValueKind.Moment), Maybe("marketing-since", ValueKind.Moment), Maybe("topics"),
            Maybe("paused", ValueKind.Moment), Always("purchases", ValueKind.Number),
        ],
        Phrase.VisitsEnough => [Always("count", ValueKind.Number)],
        Phrase.AdminDay => [Always("day", ValueKind.Date), Always("count", ValueKind.Number)],
        Phrase.AdminDayEmpty or Phrase.AdminBookTime => [Always("day", ValueKind.Date)],
        Phrase.AdminBookService => [Maybe("name")],
        Phrase.VisitBookedForYou or Phrase.VisitMovedForYou or Phrase.VisitCancelledForYou => [.. Visit, Always("address"), Always("contact")],
        Phrase.AdminInTheWay => [.. VisitOf, Always("reason")],
        Phrase.AdminVisitMade or Phrase.AdminVisitMoved or Phrase.AdminVisitCancelled or Phrase.AdminVisitConfirmed
            or Phrase.AdminVisitBooked or Phrase.AdminVisitChanged or Phrase.AdminVisitUnchanged or Phrase.AdminVisitUntold
            or Phrase.AdminVisit or Phrase.AdminBookSure or Phrase.AdminMoveSure or Phrase.AdminCancelVisitSure => VisitOf,
        Phrase.CopyButton => [Always("code")],
        Phrase.CodeRedeemed => [Always("code")],
        Phrase.PointsPurchase => [Always("amount", ValueKind.Number)],
        Phrase.PointsSpent => [Always("count", ValueKind.Number)],
        Phrase.PointsEarned => [Always("count", ValueKind.Number), Always("available", ValueKind.Moment), Always("expires", ValueKind.Moment)],
        Phrase.PointsEarnedLater => [Always("count", ValueKind.Number), Always("available", ValueKind.Moment), Always("expires", ValueKind.Moment)],
        Phrase.PointsRefund => [Always("amount", ValueKind.Number), Always("money", ValueKind.Number)],
        Phrase.PointsReturned => [Always("count", ValueKind.Number)],
        Phrase.PointsTakenBack => [Always("count", ValueKind.Number)],
        Phrase.PointsExpired => [Always("count", ValueKind.Number)],
        Phrase.PointsExpiring => [Always("count", ValueKind.Number), Always("expires", ValueKind.Moment)],
        Phrase.PointsTier => [Always("level"), Always("rate", ValueKind.Number)],
        Phrase.PointsBalance => [Always("balance", ValueKind.Number)],
        Phrase.PointsProgress => [Always("level"), Always("missing", ValueKind.Number)],
        Phrase.PointsComing => [Always("expires", ValueKind.Moment), Always("count", ValueKind.Number)],
        Phrase.PointsLineEarned => [Always("at", ValueKind.Moment), Always("count", ValueKind.Number), Maybe("amount", ValueKind.Number)],
        Phrase.PointsLineSpent => [Always("at", ValueKind.Moment), Always("count", ValueKind.Number), Maybe("amount", ValueKind.Number)],
        Phrase.PointsLineReturned => [Always("at", ValueKind.Moment), Always("count", ValueKind.Number), Maybe("amount", ValueKind.Number)],
        Phrase.PointsLineTakenBack => [Always("at", ValueKind.Moment), Always("count", ValueKind.Number), Maybe("amount", ValueKind.Number)],
        Phrase.PointsLineExpired or Phrase.PointsLineGranted => [Always("at", ValueKind.Moment), Always("count", ValueKind.Number), Maybe("amount", ValueKind.Number)],
        Phrase.AdminSaleUsage => [Maybe("id")],
        Phrase.AdminSale => [Maybe("name"), Always("amount", ValueKind.Number), Maybe("level"), Always("balance", ValueKind.Number), Always("most", ValueKind.Number), Always("earns", ValueKind.Number)],
        Phrase.AdminSaleWhose => [Always("amount", ValueKind.Number)],
        Phrase.AdminSalePointsButton => [Always("count", ValueKind.Number)],
        Phrase.AdminSaleSure => [Maybe("name"), Always("amount", ValueKind.Number), Always("count", ValueKind.Number), Always("money", ValueKind.Number)],
        Phrase.AdminSold => [Maybe("name"), Always("amount", ValueKind.Number), Always("money", ValueKind.Number), Maybe("spent", ValueKind.Number), Always("earned", ValueKind.Number), Maybe("balance", ValueKind.Number)],
        Phrase.AdminSoldAlready => [Maybe("name"), Always("amount", ValueKind.Number)],
        Phrase.AdminNotEnough => [Maybe("name"), Always("count", ValueKind.Number)],
        Phrase.AdminPurchases => [Always("list")],
        Phrase.AdminPurchase => [Always("id"), Always("at", ValueKind.Moment), Always("amount", ValueKind.Number), Maybe("refunded", ValueKind.Number)],
        Phrase.AdminPurchaseButton => [Always("at", ValueKind.Moment), Always("amount", ValueKind.Number)],
        Phrase.AdminRefund => [Maybe("name"), Always("id"), Always("amount", ValueKind.Number), Always("money", ValueKind.Number), Always("returned", ValueKind.Number), Always("taken", ValueKind.Number), Always("short", ValueKind.Number)],
        Phrase.AdminRefundButton => [Always("amount", ValueKind.Number)],
        Phrase.AdminRefunded => [Maybe("name"), Always("amount", ValueKind.Number), Always("money", ValueKind.Number), Maybe("returned", ValueKind.Number), Maybe("taken", ValueKind.Number), Maybe("short", ValueKind.Number)],
        Phrase.AdminRefundGone => [Maybe("name")],
        Phrase.AdminCodeGood => [Maybe("name"), Always("code"), Always("discount"), Always("until", ValueKind.Moment)],
        Phrase.AdminCodeSlow => [Always("until", ValueKind.Moment)],
        Phrase.AdminCodeAlarm => [Always("user"), Always("count", ValueKind.Number)],
        Phrase.AdminRedeemed => [Maybe("name"), Always("code"), Always("discount")],
        _ => [],
    };

    private static readonly Given[] Visit = [Always("title"), Always("who"), Always("at", ValueKind.Moment)];

    private static readonly Given[] VisitOf = [.. Visit, Always("state"), Maybe("name"), Maybe("contact"), Maybe("price", ValueKind.Number)];

    private static TextUse UseOf(Phrase phrase) => phrase switch
    {
        Phrase.Stale or Phrase.Noted or Phrase.LanguageChanged or Phrase.ReasonNoted => TextUse.Notice,
        Phrase.MenuWords or Phrase.HelpWords or Phrase.LanguageWords or Phrase.StopWords or Phrase.HelpCommand or Phrase.LanguageCommand or Phrase.StopCommand => TextUse.Description,
        Phrase.MenuCommand or Phrase.Continue or Phrase.LanguageName or Phrase.Back or Phrase.Skip or Phrase.Done or Phrase.ShareContact
            or Phrase.Unsubscribe or Phrase.Resubscribe or Phrase.PauseMonth or Phrase.Resume or Phrase.UnsubscribeAll => TextUse.Label,
        Phrase.Menu or Phrase.Welcome or Phrase.Help or Phrase.Language or Phrase.Stopped or Phrase.AgainText
            or Phrase.AgainName or Phrase.AgainEmail or Phrase.AgainPhone or Phrase.AgainContact or Phrase.ForeignContact or Phrase.AgainNumber
            or Phrase.AgainDate or Phrase.AgainScale or Phrase.AgainChoice or Phrase.AgainCity or Phrase.AgainButton or Phrase.WayOut or Phrase.Unrecognised
            or Phrase.UnknownLink or Phrase.Lost or Phrase.ConsentFirst or Phrase.TopicOff or Phrase.TopicOn
            or Phrase.Paused or Phrase.Resumed or Phrase.AdminLead or Phrase.AdminUnsubscribed or Phrase.AdminReason or Phrase.AdminTooLate => TextUse.Message,
        Phrase.CopyButton or Phrase.AdminSalePlainButton or Phrase.AdminSalePointsButton or Phrase.AdminPurchasesButton or
            Phrase.AdminSaleButton or Phrase.AdminPurchaseButton or Phrase.AdminRefundButton or Phrase.AdminRedeemButton => TextUse.Label,
        Phrase.CodeRedeemed or Phrase.PointsPurchase or Phrase.PointsSpent or Phrase.PointsEarned or Phrase.PointsEarnedLater or
            Phrase.PointsRefund or Phrase.PointsReturned or Phrase.PointsTakenBack or Phrase.PointsExpired or Phrase.PointsExpiring or
            Phrase.PointsTier or Phrase.PointsBalance or Phrase.PointsProgress or Phrase.PointsComing or Phrase.PointsLineEarned or
            Phrase.PointsLineSpent or Phrase.PointsLineReturned or Phrase.PointsLineTakenBack or Phrase.PointsLineExpired or
            Phrase.PointsLineGranted or
            Phrase.AdminSaleUsage or Phrase.AdminRefundUsage or Phrase.AdminRedeemUsage or Phrase.AdminSale or Phrase.AdminSaleWhose or
            Phrase.AdminSaleSure or Phrase.AdminSaleOld or Phrase.AdminSold or Phrase.AdminSoldAlready or Phrase.AdminNotEnough or
            Phrase.AdminPurchases or Phrase.AdminPurchase or Phrase.AdminRefund or Phrase.AdminRefunded or Phrase.AdminRefundGone or
            Phrase.AdminCodeGood or Phrase.AdminCodeBad or Phrase.AdminCodeSlow or Phrase.AdminCodeAlarm or Phrase.AdminRedeemed => TextUse.Message,
        Phrase.AdminSaleCommand or Phrase.AdminRefundCommand or Phrase.AdminRedeemCommand => TextUse.Description,
        Phrase.UnsubscribeLine => TextUse.Label,
        Phrase.ErasureAsked or Phrase.ErasureAlready or Phrase.ErasureKept or Phrase.ErasureFarewell or Phrase.AdminErasureAsked
            or Phrase.AdminErasureSoon or Phrase.AdminErasureKept or Phrase.AdminErased or Phrase.AdminEraseSure or Phrase.AdminErasing
            or Phrase.AdminEraseUsage or Phrase.AdminErasures or Phrase.AdminErasure => TextUse.Message,
        Phrase.ErasureKeepButton or Phrase.AdminEraseButton => TextUse.Label,
        Phrase.AdminEraseCommand => TextUse.Description,
        Phrase.MydataCommand or Phrase.MydataWords => TextUse.Description,
        Phrase.Mydata or Phrase.MydataAgain => TextUse.Message,
        Phrase.AdminHelp or Phrase.AdminClaimed or Phrase.AdminUnknown or Phrase.AdminNotAllowed or Phrase.AdminFailed or Phrase.AdminNobody
            or Phrase.AdminFound or Phrase.AdminFoundMany or Phrase.AdminCard or Phrase.AdminTagged or Phrase.AdminNoted or Phrase.AdminLeads
            or Phrase.AdminSegments or Phrase.AdminFunnels or Phrase.AdminAutomations or Phrase.AdminAside or Phrase.AdminAsideSure
            or Phrase.AdminAsideDropped or Phrase.AdminAsideAlarm or Phrase.AdminStaff or Phrase.AdminOwner or Phrase.AdminOperator
            or Phrase.AdminOperatorAdded or Phrase.AdminRemoveSure or Phrase.AdminRemoved or Phrase.AdminLastOwner or Phrase.AdminBackup
            or Phrase.AdminBackupRefused or Phrase.AdminNothing or Phrase.AdminFindUsage or Phrase.AdminTagUsage or Phrase.AdminNoteUsage
            or Phrase.AdminReloaded or Phrase.AdminReloadNothing or Phrase.AdminReloadFaults or Phrase.AdminLost
            or Phrase.AdminWhyUsage or Phrase.AdminLeadsUsage or Phrase.AdminStatsUsage or Phrase.AdminOperatorUsage => TextUse.Message,
        Phrase.AdminCaseOpened or Phrase.AdminCaseAdded or Phrase.AdminCaseOverdue or Phrase.AdminCaseCalled or Phrase.AdminCaseWritten
            or Phrase.AdminCaseSolved or Phrase.AdminCaseGone or Phrase.AdminCases or Phrase.AdminCasesOpen or Phrase.AdminReasons or Phrase.AdminCase or Phrase.AdminNps or Phrase.AdminNpsLine
            or Phrase.AdminNpsMonths or Phrase.AdminNpsServices or Phrase.AdminNpsSpecialists or Phrase.AdminWords or Phrase.AdminSurveys
            or Phrase.AdminSurvey or Phrase.AdminSurveyNumbers or Phrase.AdminSurveyTexts or Phrase.AdminNpsUsage or Phrase.AdminSurveyUsage =>
            TextUse.Message,
        Phrase.AdminTooFew or Phrase.AdminCalledButton or Phrase.AdminWrittenButton or Phrase.AdminSolvedButton => TextUse.Label,
        Phrase.AdminNpsCommand or Phrase.AdminSurveyCommand or Phrase.AdminCasesCommand => TextUse.Description,
        Phrase.AdminUnknownSource or Phrase.AdminCardButton or Phrase.AdminTagButton or Phrase.AdminNoteButton or Phrase.AdminWhyButton
            or Phrase.AdminDropButton or Phrase.AdminRemoveButton or Phrase.AdminYes => TextUse.Label,
        Phrase.AdminBroadcastCommand or Phrase.AdminVariantCommand or Phrase.AdminSetCommand or Phrase.AdminEditCommand => TextUse.Description,
        Phrase.AdminBroadcastUsage or Phrase.AdminVariantUsage or Phrase.AdminEditUsage or Phrase.AdminSetUsage
            or Phrase.AdminBroadcastUnreadable or Phrase.AdminBroadcastTooLong or Phrase.AdminBroadcastNoTopic
            or Phrase.AdminBroadcastNoSegment or Phrase.AdminBroadcastNoDialog or Phrase.AdminBroadcastNoEvent
            or Phrase.AdminBroadcastNone or Phrase.AdminBroadcastNotNow or Phrase.AdminBroadcastCard or Phrase.AdminBroadcastFile
            or Phrase.AdminBroadcastButton or Phrase.AdminBroadcastUncounted or Phrase.AdminBroadcastSplit or Phrase.AdminBroadcastReach
            or Phrase.AdminBroadcastNotReached or Phrase.AdminBroadcastProgress or Phrase.AdminBroadcastSure
            or Phrase.AdminBroadcastChanged or Phrase.AdminBroadcastCancelSure or Phrase.AdminBroadcastRecallSure
            or Phrase.AdminBroadcastEditSure or Phrase.AdminBroadcastWinSure or Phrase.AdminBroadcastNobodySure
            or Phrase.AdminBroadcastErrors or Phrase.AdminBroadcastBlocked or Phrase.AdminBroadcastContent
            or Phrase.AdminBroadcastRestored or Phrase.AdminBroadcastReport or Phrase.AdminBroadcastArm or Phrase.AdminBroadcastHeld
            or Phrase.AdminBroadcastUplift or Phrase.AdminChooseTopic or Phrase.AdminChooseSegment => TextUse.Message,
        Phrase.AdminBroadcastDraft or Phrase.AdminBroadcastScheduled or Phrase.AdminBroadcastRunning or Phrase.AdminBroadcastPaused
            or Phrase.AdminBroadcastFinished or Phrase.AdminBroadcastCancelled or Phrase.AdminBroadcastRecalled
            or Phrase.AdminBroadcastEveryone or Phrase.AdminBroadcastAtOnce or Phrase.AdminBroadcastLocal or Phrase.AdminBroadcastLeft
            or Phrase.AdminBroadcastShare or Phrase.AdminBroadcastClicks or Phrase.AdminBroadcastGoal or Phrase.AdminBroadcastTooSmall
            or Phrase.AdminBroadcastHeldOut or Phrase.AdminTopicButton or Phrase.AdminSegmentButton or Phrase.AdminTestButton
            or Phrase.AdminSendButton or Phrase.AdminPauseButton or Phrase.AdminResumeButton or Phrase.AdminCancelButton
            or Phrase.AdminReportButton or Phrase.AdminFileButton or Phrase.AdminRecallButton or Phrase.AdminWinButton
            or Phrase.AdminNobodyButton or Phrase.AdminSkipHeldOut or Phrase.AdminSkipOtherVariant or Phrase.AdminSkipCancelled
            or Phrase.AdminSkipCannotCarry => TextUse.Label,
        Phrase.AdminTestPress => TextUse.Notice,
        Phrase.AnySpecialist or Phrase.VisitMoveButton or Phrase.VisitCancelButton or Phrase.VisitPending or Phrase.VisitConfirmed
            or Phrase.VisitArrived or Phrase.VisitDone or Phrase.VisitNoShow or Phrase.VisitCancelled or Phrase.AdminServiceGone
            or Phrase.AdminSpecialistGone or Phrase.AdminOutsideHours or Phrase.AdminVisitButton or Phrase.AdminArrivedButton
            or Phrase.AdminDoneButton or Phrase.AdminNoShowButton or Phrase.AdminMoveButton or Phrase.AdminCancelVisitButton
            or Phrase.AdminBookButton or Phrase.AdminMoreDaysButton => TextUse.Label,
        Phrase.AgainDay or Phrase.AgainTime or Phrase.TimeTaken or Phrase.VisitsEnough or Phrase.VisitByPhone or Phrase.BusinessTime
            or Phrase.VisitBookedForYou or Phrase.VisitMovedForYou or Phrase.VisitCancelledForYou or Phrase.AdminVisitMade
            or Phrase.AdminVisitMoved or Phrase.AdminVisitCancelled or Phrase.AdminVisitConfirmed or Phrase.AdminVisitBooked
            or Phrase.AdminVisitChanged or Phrase.AdminVisitUnchanged or Phrase.AdminVisitGone or Phrase.AdminVisitUntold
            or Phrase.AdminSlotTaken or Phrase.AdminVisit or Phrase.AdminDay or Phrase.AdminDayEmpty or Phrase.AdminBookService
            or Phrase.AdminBookWho or Phrase.AdminBookDay or Phrase.AdminBookTime or Phrase.AdminNothingFree or Phrase.AdminBookSure
            or Phrase.AdminMoveSure or Phrase.AdminCancelVisitSure or Phrase.AdminNoCatalog or Phrase.AdminInTheWay or Phrase.AdminBookUsage
            or Phrase.AdminBookingsUsage => TextUse.Message,
        Phrase.NothingFree or Phrase.NotFreeAnyMore or Phrase.VisitOver => TextUse.Notice,
        Phrase.AdminBookCommand or Phrase.AdminTodayCommand or Phrase.AdminTomorrowCommand or Phrase.AdminBookingsCommand => TextUse.Description,
        Phrase.AdminExportCommand or Phrase.AdminImportCommand => TextUse.Description,
        Phrase.AdminExportUsage or Phrase.AdminExportSure or Phrase.AdminExportNobody or Phrase.AdminExportFile
            or Phrase.AdminListGone or Phrase.AdminImportUsage or Phrase.AdminImportTooLarge or Phrase.AdminImportNotFetched
            or Phrase.AdminImportNoColumns or Phrase.AdminImportPreview or Phrase.AdminImportAgain or Phrase.AdminImportNothing
            or Phrase.AdminImportStarted or Phrase.AdminImportProgress or Phrase.AdminImportDone or Phrase.AdminImportDropped
            or Phrase.AdminImportRefused or Phrase.AdminImportRow or Phrase.AdminFaultPhone or Phrase.AdminFaultEmail
            or Phrase.AdminFaultName or Phrase.AdminFaultDay or Phrase.AdminFaultNumber or Phrase.AdminFaultYesNo
            or Phrase.AdminFaultTag or Phrase.AdminFaultTooLong or Phrase.AdminFaultId or Phrase.AdminFaultNobody
            or Phrase.AdminFaultUnknownId or Phrase.AdminFaultTwice or Phrase.AdminFaultCutOff => TextUse.Message,
        Phrase.AdminExportMake or Phrase.AdminImportApply or Phrase.AdminImportDrop or Phrase.AdminImportReason => TextUse.Label,
        Phrase.Talk or Phrase.TalkEnd or Phrase.AdminWriteButton or Phrase.AdminCloseButton => TextUse.Label,
        Phrase.TalkCommand or Phrase.TalkWords or Phrase.AdminReplyCommand or Phrase.AdminCloseCommand => TextUse.Description,
        Phrase.TalkOpened or Phrase.TalkAlready or Phrase.TalkClosed or Phrase.AdminTalkOpened or Phrase.AdminTalkSays or Phrase.AdminTalkEdited
            or Phrase.AdminTalkClosed or Phrase.AdminTalkLeft or Phrase.AdminTalkLapsed or Phrase.AdminTalkNone or Phrase.AdminTalkBlocked
            or Phrase.AdminTalkUndelivered or Phrase.AdminTalkTextOnly or Phrase.AdminTalkWrite or Phrase.AdminTalkSent or Phrase.AdminTalkNowhere
            or Phrase.AdminTalkUncopied or Phrase.AdminTopicsRefused or Phrase.AdminReplyUsage or Phrase.AdminCloseUsage => TextUse.Message,
        Phrase.AdminAlarmToken or Phrase.AdminAlarmConflict or Phrase.AdminAlarmConflictOver or Phrase.AdminAlarmDisk
            or Phrase.AdminAlarmDiskOver or Phrase.AdminAlarmLog or Phrase.AdminAlarmLogOver or Phrase.AdminAlarmBackup
            or Phrase.AdminAlarmBackupOver or Phrase.AdminAlarmSending or Phrase.AdminAlarmSendingOver or Phrase.AdminAlarmWriting
            or Phrase.AdminAlarmWritingOver => TextUse.Message,
        Phrase.AdminAlarmWebhooks or Phrase.AdminAlarmWebhooksOver or Phrase.AdminAlarmDeadWebhooks or Phrase.AdminAlarmDeadWebhooksOver
            or Phrase.AdminWebhooks or Phrase.AdminWebhooksOff or Phrase.AdminWebhooksRevived or Phrase.AdminWebhooksSure
            or Phrase.AdminWebhooksDropped => TextUse.Message,
        Phrase.AdminWebhooksAgainButton or Phrase.AdminWebhooksDropButton => TextUse.Label,
        Phrase.AdminWebhooksCommand => TextUse.Description,
        Phrase.AdminDigest or Phrase.AdminShare or Phrase.AdminSequences => TextUse.Message,
        Phrase.AdminNumberLeads or Phrase.AdminNumberConsents or Phrase.AdminNumberUnsubscribed or Phrase.AdminNumberBlocked
            or Phrase.AdminOff or Phrase.AdminGone => TextUse.Label,
        Phrase.AdminDigestCommand => TextUse.Description,
        Phrase.AdminSkipBlocked or Phrase.AdminSkipNoConsent or Phrase.AdminSkipTopicOff or Phrase.AdminSkipPaused
            or Phrase.AdminSkipGoalReached or Phrase.AdminSkipTooLate or Phrase.AdminSkipCap or Phrase.AdminSkipNotFitting
            or Phrase.AdminSkipTooSoonAgain or Phrase.AdminSkipDisabled or Phrase.AdminSkipGone or Phrase.AdminSkipRestored or Phrase.AdminSkipVisitChanged
            or Phrase.AdminSkipUnsubscribed or Phrase.AdminSkipUnknown or Phrase.AdminWaitQuietHours or Phrase.AdminWaitCap
            or Phrase.AdminWaitTalking or Phrase.AdminWaitBusy or Phrase.AdminEndFinished or Phrase.AdminEndGoal or Phrase.AdminEndStopped
            or Phrase.AdminEndUnsubscribed or Phrase.AdminEndGone or Phrase.AdminEndFailed => TextUse.Message,
        Phrase.AdminSent or Phrase.AdminNotSent or Phrase.AdminSendFailed or Phrase.AdminMaybeSent or Phrase.AdminWhy
            or Phrase.AdminWhyTopics or Phrase.AdminWhyPaused or Phrase.AdminWhyChat or Phrase.AdminWhyBlocked or Phrase.AdminWhyTalking
            or Phrase.AdminWhyZone or Phrase.AdminWhyWaits or Phrase.AdminWhySequences or Phrase.AdminWhyMessages or Phrase.AdminWhyStep
            or Phrase.AdminWhyAutomation or Phrase.AdminWhySilence or Phrase.AdminWhyOther or Phrase.AdminWhyPutOff or Phrase.AdminWhyRuns
            or Phrase.AdminWhyOutbox or Phrase.AdminKindReply or Phrase.AdminKindService or Phrase.AdminKindMarketing => TextUse.Message,
        Phrase.AdminStats => TextUse.Message,
        Phrase.AdminOwnerSure or Phrase.AdminOwnerAdded or Phrase.AdminOwnerUsage or Phrase.AdminAsideOneSure => TextUse.Message,
        Phrase.AdminOwnerCommand => TextUse.Description,
        Phrase.AdminWhyCase => TextUse.Message,
        Phrase.AdminRefused => TextUse.Notice,
        Phrase.AdminLeadsCommand or Phrase.AdminFindCommand or Phrase.AdminTagCommand or Phrase.AdminNoteCommand or Phrase.AdminWhyCommand
            or Phrase.AdminSegmentsCommand or Phrase.AdminStatsCommand or Phrase.AdminStaffCommand or Phrase.AdminOperatorCommand
            or Phrase.AdminAsideCommand or Phrase.AdminBackupCommand or Phrase.AdminReloadCommand or Phrase.AdminHelpCommand => TextUse.Description,
    };

    /// <summary>The built-in texts without the languages that this content does not speak.</summary>
    private static YamlNode.Map Only(YamlNode.Map root, ImmutableArray<string> languages) => root with
    {
        Pairs = [.. root.Pairs.Select(p => (p.Key, p.Value is YamlNode.Map map
            ? map with { Pairs = [.. map.Pairs.Where(t => languages.Contains(t.Key.Value))] }
            : p.Value))],
    };

    private static void Complete(string language, Dictionary<Phrase, Text> texts, YamlNode.Map? own, FileFaults faults)
    {
        var missing = Enum.GetValues<Phrase>().Where(p => !texts.TryGetValue(p, out var text) || !text.ByLanguage.ContainsKey(language)).ToList();
        if (missing.Count > 0)
        {
            faults.Add(own?.Line ?? 1, own?.Column ?? 1,
                $"The bot itself speaks {string.Join(" and ", BuiltIn)} only. For `{language}` give its phrases here too; missing: {string.Join(", ", missing.Select(Name))}.");
        }
    }
}
