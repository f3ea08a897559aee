using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs;

/// <summary>What the engine itself says, in every language of the content: built-in texts, replaced by those in <c>texts.yaml</c>.</summary>
public sealed record Phrases(ImmutableDictionary<Phrase, Text> Texts)
{
    /// <summary>Words that people type for a command, folded, and the command.</summary>
    private readonly ImmutableDictionary<string, string> _words = new[]
        {
            (Phrase.MenuWords, "menu"), (Phrase.HelpWords, "help"), (Phrase.LanguageWords, "language"), (Phrase.StopWords, "stop"),
            (Phrase.MydataWords, "mydata"), (Phrase.TalkWords, "talk"),
        }
        .SelectMany(pair => (Texts.GetValueOrDefault(pair.Item1)?.ByLanguage.Values ?? [])
            .SelectMany(words => words.Source.Split(',', StringSplitOptions.RemoveEmptyEntries))
            .Select(word => KeyValuePair.Create(Folding.Fold(word), pair.Item2)))
        .DistinctBy(pair => pair.Key)
        .ToImmutableDictionary();

    /// <summary>The command that a typed text means, without its slash, or <see langword="null"/>.</summary>
    public string? CommandOf(string text) => text.Length <= 64 ? _words.GetValueOrDefault(Folding.Fold(text)) : null;

    /// <summary>The text of a phrase.</summary>
    public Text this[Phrase phrase] => Texts[phrase];
}

/// <summary>The engine's phrases. In <c>texts.yaml</c> their names are in lower case with hyphens: <c>again-name</c>.</summary>
public enum Phrase
{
    /// <summary>Over the menu, when it was asked for.</summary>
    Menu,

    /// <summary>Over the menu, on /start without a link.</summary>
    Welcome,

    /// <summary>On /help.</summary>
    Help,

    /// <summary>Description of /menu in the command list, and the label of buttons that lead there.</summary>
    MenuCommand,

    /// <summary>Description of /help in the command list.</summary>
    HelpCommand,

    /// <summary>Description of /language in the command list.</summary>
    LanguageCommand,

    /// <summary>Description of /stop in the command list.</summary>
    StopCommand,

    /// <summary>Words that people type for /menu, with commas.</summary>
    MenuWords,

    /// <summary>Words that people type for /help, with commas.</summary>
    HelpWords,

    /// <summary>Words that people type for /language, with commas.</summary>
    LanguageWords,

    /// <summary>Words that people type for /stop, with commas.</summary>
    StopWords,

    /// <summary>Label of the button in the menu that goes on with what was left.</summary>
    Continue,

    /// <summary>Over the choice of languages.</summary>
    Language,

    /// <summary>After a language was chosen; also this language's own name is shown by the button.</summary>
    LanguageChanged,

    /// <summary>This language's own name, for example English.</summary>
    LanguageName,

    /// <summary>On /stop.</summary>
    Stopped,

    /// <summary>Label of the button under every message that the customer did not ask for.</summary>
    Unsubscribe,

    /// <summary>A line under such a message where no button can stand.</summary>
    UnsubscribeLine,

    /// <summary>A topic is switched off; may use <c>topic</c>.</summary>
    TopicOff,

    /// <summary>A topic is switched on again; may use <c>topic</c>.</summary>
    TopicOn,

    /// <summary>Label of the button that takes the unsubscription from a topic back.</summary>
    Resubscribe,

    /// <summary>Label of the button that wants a month without such messages.</summary>
    PauseMonth,

    /// <summary>After that; may use <c>until</c>.</summary>
    Paused,

    /// <summary>Label of the button that ends the pause.</summary>
    Resume,

    /// <summary>After that.</summary>
    Resumed,

    /// <summary>Label of the button that wants no such messages at all.</summary>
    UnsubscribeAll,

    /// <summary>Notice after a reason was given.</summary>
    ReasonNoted,

    /// <summary>In the admin chat: somebody left a contact; may use <c>name</c>, <c>contact</c>, <c>source</c>.</summary>
    AdminLead,

    /// <summary>In the admin chat: somebody unsubscribed; may use <c>name</c>.</summary>
    AdminUnsubscribed,

    /// <summary>In the admin chat: somebody who unsubscribed said why; may use <c>name</c> and <c>reason</c>.</summary>
    AdminReason,

    /// <summary>In the admin chat, once a day: messages came too late to be sent; may use <c>template</c>.</summary>
    AdminTooLate,

    /// <summary>On /help in the admin chat, over the list of commands.</summary>
    AdminHelp,

    /// <summary>This chat became the admin chat; may use <c>user</c>.</summary>
    AdminClaimed,

    /// <summary>A command that the admin chat does not know.</summary>
    AdminUnknown,

    /// <summary>A command for owners alone.</summary>
    AdminNotAllowed,

    /// <summary>Something could not be answered.</summary>
    AdminFailed,

    /// <summary>No customer is meant by what was asked.</summary>
    AdminNobody,

    /// <summary>Over the customers found; may use <c>count</c>.</summary>
    AdminFound,

    /// <summary>Over the first of many customers found; may use <c>count</c>.</summary>
    AdminFoundMany,

    /// <summary>What is known of a customer.</summary>
    AdminCard,

    /// <summary>A customer's tags were changed; may use <c>labels</c>.</summary>
    AdminTagged,

    /// <summary>A note was kept.</summary>
    AdminNoted,

    /// <summary>Over the contacts of a period; may use <c>count</c> and <c>since</c>.</summary>
    AdminLeads,

    /// <summary>A source that is not known.</summary>
    AdminUnknownSource,

    /// <summary>Over the segments and how many customers each has.</summary>
    AdminSegments,

    /// <summary>Over how far customers came in each dialog.</summary>
    AdminFunnels,

    /// <summary>Over the numbers of sequences and automations.</summary>
    AdminAutomations,

    /// <summary>Over the inputs that were set aside; may use <c>count</c>.</summary>
    AdminAside,

    /// <summary>Before they are deleted.</summary>
    AdminAsideSure,

    /// <summary>They were deleted; may use <c>count</c>.</summary>
    AdminAsideDropped,

    /// <summary>Once a day for each kind: an input was set aside; may use <c>kind</c>.</summary>
    AdminAsideAlarm,

    /// <summary>Over who is staff.</summary>
    AdminStaff,

    /// <summary>A line about an owner; may use <c>user</c>.</summary>
    AdminOwner,

    /// <summary>A line about an operator; may use <c>user</c>.</summary>
    AdminOperator,

    /// <summary>Somebody is an operator now; may use <c>user</c>.</summary>
    AdminOperatorAdded,

    /// <summary>Before somebody's rights are taken; may use <c>user</c>.</summary>
    AdminRemoveSure,

    /// <summary>Somebody is staff no more; may use <c>user</c>.</summary>
    AdminRemoved,

    /// <summary>The last owner stays.</summary>
    AdminLastOwner,

    /// <summary>A backup was made; may use <c>file</c> and <c>bytes</c>.</summary>
    AdminBackup,

    /// <summary>No backup was made; may use <c>reason</c>.</summary>
    AdminBackupRefused,

    /// <summary>The dialogs were read anew; may use <c>revision</c> and <c>changes</c>.</summary>
    AdminReloaded,

    /// <summary>There is nothing new in the dialogs; may use <c>revision</c>.</summary>
    AdminReloadNothing,

    /// <summary>The dialogs have faults, the last good ones stay in force; may use <c>count</c> and <c>faults</c>.</summary>
    AdminReloadFaults,

    /// <summary>Once for each step and revision: a customer stood in a step that is gone; may use <c>dialog</c> and <c>step</c>.</summary>
    AdminLost,

    /// <summary>Telegram refused the token and takes it again; may use <c>since</c> and <c>until</c>.</summary>
    AdminAlarmToken,

    /// <summary>Another program takes the bot’s updates.</summary>
    AdminAlarmConflict,

    /// <summary>It does so no more.</summary>
    AdminAlarmConflictOver,

    /// <summary>Little room is left on the disk; may use <c>free</c> (megabytes) and <c>percent</c>.</summary>
    AdminAlarmDisk,

    /// <summary>There is room again; may use <c>free</c> (megabytes) and <c>percent</c>.</summary>
    AdminAlarmDiskOver,

    /// <summary>The database’s log is large; may use <c>size</c> (megabytes).</summary>
    AdminAlarmLog,

    /// <summary>It is not any more; may use <c>size</c> (megabytes).</summary>
    AdminAlarmLogOver,

    /// <summary>There is no fresh backup; may use <c>latest</c>.</summary>
    AdminAlarmBackup,

    /// <summary>There is one again; may use <c>latest</c>.</summary>
    AdminAlarmBackupOver,

    /// <summary>Messages do not go out; may use <c>since</c>.</summary>
    AdminAlarmSending,

    /// <summary>They do again.</summary>
    AdminAlarmSendingOver,

    /// <summary>The receiver of webhooks takes nothing; may use <c>since</c> and <c>count</c>.</summary>
    AdminAlarmWebhooks,

    /// <summary>It takes them again.</summary>
    AdminAlarmWebhooksOver,

    /// <summary>Webhooks were given up; may use <c>count</c>.</summary>
    AdminAlarmDeadWebhooks,

    /// <summary>There are none of those any more.</summary>
    AdminAlarmDeadWebhooksOver,

    /// <summary>How it stands with webhooks; may use <c>count</c> (waiting), <c>since</c> and <c>dead</c>.</summary>
    AdminWebhooks,

    /// <summary>The same where they are off; may use <c>count</c> (waiting), <c>since</c> and <c>dead</c>.</summary>
    AdminWebhooksOff,

    /// <summary>Label of the button that sends the dead ones again.</summary>
    AdminWebhooksAgainButton,

    /// <summary>Label of the button that deletes them.</summary>
    AdminWebhooksDropButton,

    /// <summary>They are sent again; may use <c>count</c>.</summary>
    AdminWebhooksRevived,

    /// <summary>Before they are deleted.</summary>
    AdminWebhooksSure,

    /// <summary>They were deleted; may use <c>count</c>.</summary>
    AdminWebhooksDropped,

    /// <summary>Description of /webhooks in the admin chat's list of commands.</summary>
    AdminWebhooksCommand,

    /// <summary>Nothing can be written.</summary>
    AdminAlarmWriting,

    /// <summary>It can again.</summary>
    AdminAlarmWritingOver,

    /// <summary>Over the numbers of a week; may use <c>from</c> and <c>to</c>.</summary>
    AdminDigest,

    /// <summary>A part of a whole; may use <c>percent</c>, <c>count</c> and <c>all</c>.</summary>
    AdminShare,

    /// <summary>Over the numbers of sequences.</summary>
    AdminSequences,

    /// <summary>Label of a number: new contacts.</summary>
    AdminNumberLeads,

    /// <summary>Label of a number: who consented to marketing.</summary>
    AdminNumberConsents,

    /// <summary>Label of a number: who took that back.</summary>
    AdminNumberUnsubscribed,

    /// <summary>Label of a number: who blocked the bot.</summary>
    AdminNumberBlocked,

    /// <summary>A mark: it is switched off.</summary>
    AdminOff,

    /// <summary>A mark: the dialogs no longer have it.</summary>
    AdminGone,

    /// <summary>Description of /digest in the admin chat's list of commands.</summary>
    AdminDigestCommand,

    /// <summary>Why a message was not sent: <c>SkipReason.Blocked</c>.</summary>
    AdminSkipBlocked,

    /// <summary>Why a message was not sent: <c>SkipReason.NoConsent</c>.</summary>
    AdminSkipNoConsent,

    /// <summary>Why a message was not sent: <c>SkipReason.TopicOff</c>.</summary>
    AdminSkipTopicOff,

    /// <summary>Why a message was not sent: <c>SkipReason.Paused</c>.</summary>
    AdminSkipPaused,

    /// <summary>Why a message was not sent: <c>SkipReason.GoalReached</c>.</summary>
    AdminSkipGoalReached,

    /// <summary>Why a message was not sent: <c>SkipReason.TooLate</c>.</summary>
    AdminSkipTooLate,

    /// <summary>Why a message was not sent: <c>SkipReason.Cap</c>.</summary>
    AdminSkipCap,

    /// <summary>Why a message was not sent: <c>SkipReason.NotFitting</c>.</summary>
    AdminSkipNotFitting,

    /// <summary>Why a message was not sent: <c>SkipReason.TooSoonAgain</c>.</summary>
    AdminSkipTooSoonAgain,

    /// <summary>Why a message was not sent: <c>SkipReason.Disabled</c>.</summary>
    AdminSkipDisabled,

    /// <summary>Why a message was not sent: <c>SkipReason.Gone</c>.</summary>
    AdminSkipGone,

    /// <summary>Why a message was not sent: <c>SkipReason.Restored</c>.</summary>
    AdminSkipRestored,

    /// <summary>Why a message was not sent: unsubscribed before it went out.</summary>
    AdminSkipUnsubscribed,

    /// <summary>Why a message was not sent is not known.</summary>
    AdminSkipUnknown,

    /// <summary>Why something waits: quiet hours.</summary>
    AdminWaitQuietHours,

    /// <summary>Why something waits: a cap.</summary>
    AdminWaitCap,

    /// <summary>Why something waits: a person talks.</summary>
    AdminWaitTalking,

    /// <summary>Why something waits: another conversation.</summary>
    AdminWaitBusy,

    /// <summary>How a sequence ended: after its last step.</summary>
    AdminEndFinished,

    /// <summary>How a sequence ended: its goal was reached.</summary>
    AdminEndGoal,

    /// <summary>How a sequence ended: stopped.</summary>
    AdminEndStopped,

    /// <summary>How a sequence ended: unsubscribed.</summary>
    AdminEndUnsubscribed,

    /// <summary>How a sequence ended: the dialogs no longer have it.</summary>
    AdminEndGone,

    /// <summary>How a sequence ended: a step failed.</summary>
    AdminEndFailed,

    /// <summary>What became of a message: the channel has it.</summary>
    AdminSent,

    /// <summary>What became of a message: it was not sent; may use <c>reason</c>.</summary>
    AdminNotSent,

    /// <summary>What became of a message: the channel refused it; may use <c>said</c>.</summary>
    AdminSendFailed,

    /// <summary>What became of a message: nobody knows; may use <c>said</c>.</summary>
    AdminMaybeSent,

    /// <summary>Over the history of a customer; may use <c>id</c>, <c>zone</c>, <c>since</c>, <c>active</c>, <c>source</c>, <c>contact</c>.</summary>
    AdminWhy,

    /// <summary>Topics that a customer switched off; may use <c>topics</c>.</summary>
    AdminWhyTopics,

    /// <summary>The pause of a customer; may use <c>until</c>.</summary>
    AdminWhyPaused,

    /// <summary>One of the chats of a customer; may use <c>channel</c> and <c>consents</c>.</summary>
    AdminWhyChat,

    /// <summary>A chat is blocked; may use <c>since</c>.</summary>
    AdminWhyBlocked,

    /// <summary>A person talks in a chat; may use <c>since</c>.</summary>
    AdminWhyTalking,

    /// <summary>The time zone of a chat; may use <c>zone</c>.</summary>
    AdminWhyZone,

    /// <summary>Over what waits for a customer.</summary>
    AdminWhyWaits,

    /// <summary>Over the sequences of a customer.</summary>
    AdminWhySequences,

    /// <summary>Over the latest messages to a customer.</summary>
    AdminWhyMessages,

    /// <summary>A step of a sequence; may use <c>sequence</c> and <c>step</c>.</summary>
    AdminWhyStep,

    /// <summary>An automation; may use <c>automation</c>.</summary>
    AdminWhyAutomation,

    /// <summary>A look whether a customer fell silent; may use <c>dialog</c>.</summary>
    AdminWhySilence,

    /// <summary>Something else that is due; may use <c>what</c>.</summary>
    AdminWhyOther,

    /// <summary>Why it is put off; may use <c>reason</c>.</summary>
    AdminWhyPutOff,

    /// <summary>A sequence that goes on; may use <c>step</c>.</summary>
    AdminWhyRuns,

    /// <summary>A message that may go.</summary>
    AdminWhyOutbox,

    /// <summary>A kind of message: an answer.</summary>
    AdminKindReply,

    /// <summary>A kind of message: about what is the customer's own.</summary>
    AdminKindService,

    /// <summary>A kind of message: marketing.</summary>
    AdminKindMarketing,

    /// <summary>Over the numbers of a time; may use <c>since</c>.</summary>
    AdminStats,

    /// <summary>Before somebody becomes an owner; may use <c>user</c>.</summary>
    AdminOwnerSure,

    /// <summary>Somebody is an owner now; may use <c>user</c>.</summary>
    AdminOwnerAdded,

    /// <summary>How /owner is written.</summary>
    AdminOwnerUsage,

    /// <summary>Before one of them is deleted; may use <c>what</c>.</summary>
    AdminAsideOneSure,

    /// <summary>Description of /owner in the admin chat's list of commands.</summary>
    AdminOwnerCommand,

    /// <summary>A look whether a case is solved; may use <c>kind</c>.</summary>
    AdminWhyCase,

    /// <summary>There is nothing to list.</summary>
    AdminNothing,

    /// <summary>A customer is not content; may use <c>name</c>, <c>contact</c>, <c>score</c>, <c>words</c> and <c>due</c>.</summary>
    AdminCaseOpened,

    /// <summary>They said more; may use <c>name</c>, <c>contact</c>, <c>score</c> and <c>words</c>.</summary>
    AdminCaseAdded,

    /// <summary>Nobody has solved it in time; may use <c>name</c>, <c>contact</c>, <c>score</c> and <c>due</c>.</summary>
    AdminCaseOverdue,

    /// <summary>Somebody called; may use <c>name</c>, <c>contact</c> and <c>due</c>.</summary>
    AdminCaseCalled,

    /// <summary>Somebody wrote back; may use <c>name</c>, <c>contact</c> and <c>due</c>.</summary>
    AdminCaseWritten,

    /// <summary>It is solved; may use <c>name</c> and <c>contact</c>.</summary>
    AdminCaseSolved,

    /// <summary>There is no such case, or it is solved already.</summary>
    AdminCaseGone,

    /// <summary>Over the open cases; may use <c>count</c>.</summary>
    AdminCases,

    /// <summary>A line about the open cases; may use <c>count</c> and <c>overdue</c>.</summary>
    AdminCasesOpen,

    /// <summary>Why customers unsubscribed, counted; may use <c>reasons</c>.</summary>
    AdminReasons,

    /// <summary>What is known of a case; may use <c>name</c>, <c>contact</c>, <c>score</c>, <c>words</c>, <c>since</c>, <c>due</c> and <c>done</c>.</summary>
    AdminCase,

    /// <summary>The score over a period; may use <c>score</c>, <c>margin</c>, <c>count</c>, <c>promoters</c>, <c>passives</c>, <c>detractors</c> and <c>since</c>.</summary>
    AdminNps,

    /// <summary>The score of a month, a service or a specialist; may use <c>what</c>, <c>score</c>, <c>margin</c> and <c>count</c>.</summary>
    AdminNpsLine,

    /// <summary>Instead of a score that too few answers would make.</summary>
    AdminTooFew,

    /// <summary>Over the scores by month.</summary>
    AdminNpsMonths,

    /// <summary>Over the scores by service.</summary>
    AdminNpsServices,

    /// <summary>Over the scores by specialist.</summary>
    AdminNpsSpecialists,

    /// <summary>Before the frequent words of open answers; may use <c>words</c> and <c>count</c>.</summary>
    AdminWords,

    /// <summary>Over the choice of a survey.</summary>
    AdminSurveys,

    /// <summary>Over the answers to a survey; may use <c>survey</c> and <c>since</c>.</summary>
    AdminSurvey,

    /// <summary>Under a question: may use <c>count</c> and <c>average</c>.</summary>
    AdminSurveyNumbers,

    /// <summary>Under an open question: may use <c>count</c>.</summary>
    AdminSurveyTexts,

    /// <summary>How /find is written.</summary>
    AdminFindUsage,

    /// <summary>How /tag is written; may use <c>id</c>.</summary>
    AdminTagUsage,

    /// <summary>How /note is written; may use <c>id</c>.</summary>
    AdminNoteUsage,

    /// <summary>How /why is written.</summary>
    AdminWhyUsage,

    /// <summary>How /leads is written.</summary>
    AdminLeadsUsage,

    /// <summary>How /stats is written.</summary>
    AdminStatsUsage,

    /// <summary>How /operator is written.</summary>
    AdminOperatorUsage,

    /// <summary>How /nps is written.</summary>
    AdminNpsUsage,

    /// <summary>How /survey is written.</summary>
    AdminSurveyUsage,

    /// <summary>Label of the button that shows a customer.</summary>
    AdminCardButton,

    /// <summary>Label of the button that says how to tag.</summary>
    AdminTagButton,

    /// <summary>Label of the button that says how to write a note.</summary>
    AdminNoteButton,

    /// <summary>Label of the button that shows what happened to a customer and why.</summary>
    AdminWhyButton,

    /// <summary>Label of the button that deletes what was set aside.</summary>
    AdminDropButton,

    /// <summary>Label of the button that takes somebody off the staff; may use <c>user</c>.</summary>
    AdminRemoveButton,

    /// <summary>Label of the button that confirms.</summary>
    AdminYes,

    /// <summary>Label of the button that notes a call about a case.</summary>
    AdminCalledButton,

    /// <summary>Label of the button that notes that somebody wrote back about a case.</summary>
    AdminWrittenButton,

    /// <summary>Label of the button that ends a case.</summary>
    AdminSolvedButton,

    /// <summary>Notice to somebody who presses a button and may not.</summary>
    AdminRefused,

    /// <summary>Description of /leads in the admin chat's list of commands.</summary>
    AdminLeadsCommand,

    /// <summary>Description of /find in the admin chat's list of commands.</summary>
    AdminFindCommand,

    /// <summary>Description of /tag in the admin chat's list of commands.</summary>
    AdminTagCommand,

    /// <summary>Description of /note in the admin chat's list of commands.</summary>
    AdminNoteCommand,

    /// <summary>Description of /why in the admin chat's list of commands.</summary>
    AdminWhyCommand,

    /// <summary>Description of /segments in the admin chat's list of commands.</summary>
    AdminSegmentsCommand,

    /// <summary>Description of /stats in the admin chat's list of commands.</summary>
    AdminStatsCommand,

    /// <summary>Description of /nps in the admin chat's list of commands.</summary>
    AdminNpsCommand,

    /// <summary>Description of /survey in the admin chat's list of commands.</summary>
    AdminSurveyCommand,

    /// <summary>Description of /cases in the admin chat's list of commands.</summary>
    AdminCasesCommand,

    /// <summary>Description of /staff in the admin chat's list of commands.</summary>
    AdminStaffCommand,

    /// <summary>Description of /operator in the admin chat's list of commands.</summary>
    AdminOperatorCommand,

    /// <summary>Description of /aside in the admin chat's list of commands.</summary>
    AdminAsideCommand,

    /// <summary>Description of /backup in the admin chat's list of commands.</summary>
    AdminBackupCommand,

    /// <summary>Description of /reload in the admin chat's list of commands.</summary>
    AdminReloadCommand,

    /// <summary>Description of /help in the admin chat's list of commands.</summary>
    AdminHelpCommand,

    /// <summary>Description of /broadcast in the admin chat's list of commands.</summary>
    AdminBroadcastCommand,

    /// <summary>Description of /variant in the admin chat's list of commands.</summary>
    AdminVariantCommand,

    /// <summary>Description of /set in the admin chat's list of commands.</summary>
    AdminSetCommand,

    /// <summary>Description of /edit in the admin chat's list of commands.</summary>
    AdminEditCommand,

    /// <summary>How a broadcast is begun; may use <c>list</c>.</summary>
    AdminBroadcastUsage,

    /// <summary>How another wording is added.</summary>
    AdminVariantUsage,

    /// <summary>How a broadcast that was sent is changed.</summary>
    AdminEditUsage,

    /// <summary>How the parts of a draft are set.</summary>
    AdminSetUsage,

    /// <summary>What staff typed cannot be read; may use <c>reason</c>.</summary>
    AdminBroadcastUnreadable,

    /// <summary>The text of a broadcast is too long.</summary>
    AdminBroadcastTooLong,

    /// <summary>There is no such topic; may use <c>reason</c>.</summary>
    AdminBroadcastNoTopic,

    /// <summary>There is no such segment; may use <c>reason</c>.</summary>
    AdminBroadcastNoSegment,

    /// <summary>There is no such dialog; may use <c>reason</c>.</summary>
    AdminBroadcastNoDialog,

    /// <summary>There is no such event; may use <c>reason</c>.</summary>
    AdminBroadcastNoEvent,

    /// <summary>There is no such broadcast, or it is no draft any more.</summary>
    AdminBroadcastNone,

    /// <summary>That cannot be done with a broadcast in this state.</summary>
    AdminBroadcastNotNow,

    /// <summary>A broadcast as staff see it.</summary>
    AdminBroadcastCard,

    /// <summary>State of a broadcast.</summary>
    AdminBroadcastDraft,

    /// <summary>State of a broadcast.</summary>
    AdminBroadcastScheduled,

    /// <summary>State of a broadcast.</summary>
    AdminBroadcastRunning,

    /// <summary>State of a broadcast.</summary>
    AdminBroadcastPaused,

    /// <summary>State of a broadcast.</summary>
    AdminBroadcastFinished,

    /// <summary>State of a broadcast.</summary>
    AdminBroadcastCancelled,

    /// <summary>State of a broadcast.</summary>
    AdminBroadcastRecalled,

    /// <summary>Whom a broadcast without a condition is for.</summary>
    AdminBroadcastEveryone,

    /// <summary>When a broadcast without a time begins.</summary>
    AdminBroadcastAtOnce,

    /// <summary>A time on each recipient's own clock; may use <c>at</c>.</summary>
    AdminBroadcastLocal,

    /// <summary>A broadcast carries a file; may use <c>name</c>.</summary>
    AdminBroadcastFile,

    /// <summary>The button of a broadcast; may use <c>label</c> and <c>target</c>.</summary>
    AdminBroadcastButton,

    /// <summary>A link whose clicks are not counted.</summary>
    AdminBroadcastUncounted,

    /// <summary>How an experiment divides the recipients; may use <c>name</c>, <c>sample</c> and <c>held</c>.</summary>
    AdminBroadcastSplit,

    /// <summary>How many a draft would reach; may use <c>count</c> and <c>skipped</c>.</summary>
    AdminBroadcastReach,

    /// <summary>Those whom a broadcast does not reach, by reason; may use <c>reasons</c>.</summary>
    AdminBroadcastNotReached,

    /// <summary>How far a broadcast is.</summary>
    AdminBroadcastProgress,

    /// <summary>How long a broadcast still takes; may use <c>minutes</c>.</summary>
    AdminBroadcastLeft,

    /// <summary>Asks before a broadcast is sent.</summary>
    AdminBroadcastSure,

    /// <summary>The plan changed since the question.</summary>
    AdminBroadcastChanged,

    /// <summary>Asks before a broadcast is ended; may use <c>number</c>.</summary>
    AdminBroadcastCancelSure,

    /// <summary>Asks before what was sent is taken back; may use <c>number</c> and <c>count</c>.</summary>
    AdminBroadcastRecallSure,

    /// <summary>Asks before what was sent is changed; may use <c>number</c> and <c>text</c>.</summary>
    AdminBroadcastEditSure,

    /// <summary>Asks before the winner goes out; may use <c>variant</c> and <c>count</c>.</summary>
    AdminBroadcastWinSure,

    /// <summary>Asks before those who wait for a winner are let go; may use <c>count</c>.</summary>
    AdminBroadcastNobodySure,

    /// <summary>A broadcast paused by itself; may use <c>number</c>.</summary>
    AdminBroadcastErrors,

    /// <summary>A broadcast paused by itself; may use <c>number</c>.</summary>
    AdminBroadcastBlocked,

    /// <summary>A broadcast paused by itself; may use <c>number</c>.</summary>
    AdminBroadcastContent,

    /// <summary>A broadcast was paused by a restore; may use <c>number</c>.</summary>
    AdminBroadcastRestored,

    /// <summary>What a broadcast brought about.</summary>
    AdminBroadcastReport,

    /// <summary>A share with its denominator; may use <c>percent</c>, <c>count</c> and <c>of</c>.</summary>
    AdminBroadcastShare,

    /// <summary>A wording in the report of an experiment.</summary>
    AdminBroadcastArm,

    /// <summary>Those who got nothing, in the report of an experiment.</summary>
    AdminBroadcastHeld,

    /// <summary>How a wording compares with the first one.</summary>
    AdminBroadcastUplift,

    /// <summary>What is compared: clicks.</summary>
    AdminBroadcastClicks,

    /// <summary>What is compared: the goal.</summary>
    AdminBroadcastGoal,

    /// <summary>Nothing can be said by the numbers there are.</summary>
    AdminBroadcastTooSmall,

    /// <summary>Those held out, as one side of a comparison.</summary>
    AdminBroadcastHeldOut,

    /// <summary>Label of the button that chooses a topic.</summary>
    AdminTopicButton,

    /// <summary>Label of the button that chooses a segment.</summary>
    AdminSegmentButton,

    /// <summary>Label of the button that sends a broadcast to the admin chat.</summary>
    AdminTestButton,

    /// <summary>Label of the button that sends a broadcast.</summary>
    AdminSendButton,

    /// <summary>Label of the button that holds a broadcast.</summary>
    AdminPauseButton,

    /// <summary>Label of the button that goes on with a broadcast.</summary>
    AdminResumeButton,

    /// <summary>Label of the button that ends a broadcast.</summary>
    AdminCancelButton,

    /// <summary>Label of the button that shows what a broadcast brought about.</summary>
    AdminReportButton,

    /// <summary>Label of the button that gives the report of each recipient.</summary>
    AdminFileButton,

    /// <summary>Label of the button that takes back what was sent.</summary>
    AdminRecallButton,

    /// <summary>Label of the button that chooses the winner; may use <c>variant</c>.</summary>
    AdminWinButton,

    /// <summary>Label of the button that lets those go who wait for a winner.</summary>
    AdminNobodyButton,

    /// <summary>Notice on the button of a test.</summary>
    AdminTestPress,

    /// <summary>Over the topics to choose from.</summary>
    AdminChooseTopic,

    /// <summary>Over the segments to choose from.</summary>
    AdminChooseSegment,

    /// <summary>Why a message was not sent.</summary>
    AdminSkipHeldOut,

    /// <summary>Why a message was not sent.</summary>
    AdminSkipOtherVariant,

    /// <summary>Why a message was not sent.</summary>
    AdminSkipCancelled,

    /// <summary>Why a message was not sent.</summary>
    AdminSkipCannotCarry,

    /// <summary>Label of the button that copies a code; may use <c>code</c>.</summary>
    CopyButton,

    /// <summary>A personal code was redeemed at the desk; may use <c>code</c>.</summary>
    CodeRedeemed,

    /// <summary>First line after a purchase; may use <c>amount</c>.</summary>
    PointsPurchase,

    /// <summary>It was paid with points; may use <c>count</c>.</summary>
    PointsSpent,

    /// <summary>Points came for it; may use <c>count</c> and <c>expires</c>.</summary>
    PointsEarned,

    /// <summary>The same where they can be used later; may use <c>count</c>, <c>available</c> and <c>expires</c>.</summary>
    PointsEarnedLater,

    /// <summary>First line after a refund; may use <c>amount</c> and <c>money</c>.</summary>
    PointsRefund,

    /// <summary>Points that it was paid with came back; may use <c>count</c>.</summary>
    PointsReturned,

    /// <summary>Points that it had earned were taken back; may use <c>count</c>.</summary>
    PointsTakenBack,

    /// <summary>Points expired; may use <c>count</c>.</summary>
    PointsExpired,

    /// <summary>Points will expire; may use <c>count</c> and <c>expires</c>.</summary>
    PointsExpiring,

    /// <summary>The tier is another one; may use <c>level</c> and <c>rate</c>.</summary>
    PointsTier,

    /// <summary>Last line of these: what can be used now; may use <c>balance</c>.</summary>
    PointsBalance,

    /// <summary>How far it is to the next tier; may use <c>level</c> and <c>missing</c>.</summary>
    PointsProgress,

    /// <summary>A line of what expires when; may use <c>expires</c> and <c>count</c>.</summary>
    PointsComing,

    /// <summary>A line of the history; may use <c>at</c>, <c>count</c> and <c>amount</c>.</summary>
    PointsLineEarned,

    /// <inheritdoc cref="PointsLineEarned"/>
    PointsLineSpent,

    /// <inheritdoc cref="PointsLineEarned"/>
    PointsLineReturned,

    /// <inheritdoc cref="PointsLineEarned"/>
    PointsLineTakenBack,

    /// <inheritdoc cref="PointsLineEarned"/>
    PointsLineExpired,

    /// <summary>A line of the history: points as a thank-you; may use <c>at</c>, <c>count</c>.</summary>
    PointsLineGranted,

    /// <summary>Description of /sale.</summary>
    AdminSaleCommand,

    /// <summary>Description of /refund.</summary>
    AdminRefundCommand,

    /// <summary>Description of /redeem.</summary>
    AdminRedeemCommand,

    /// <summary>How /sale is written; may use <c>id</c>.</summary>
    AdminSaleUsage,

    /// <summary>How /refund is written.</summary>
    AdminRefundUsage,

    /// <summary>How /redeem is written.</summary>
    AdminRedeemUsage,

    /// <summary>The card of a sale; may use <c>name</c>, <c>amount</c>, <c>level</c>, <c>balance</c>, <c>most</c> and <c>earns</c>.</summary>
    AdminSale,

    /// <summary>Several customers fit; may use <c>amount</c>.</summary>
    AdminSaleWhose,

    /// <summary>Label: the sale without points.</summary>
    AdminSalePlainButton,

    /// <summary>Label: the sale with points; may use <c>count</c>.</summary>
    AdminSalePointsButton,

    /// <summary>Is the sale right? May use <c>name</c>, <c>amount</c>, <c>count</c> and <c>money</c>.</summary>
    AdminSaleSure,

    /// <summary>A card of a sale is older than a day.</summary>
    AdminSaleOld,

    /// <summary>A sale was entered; may use <c>name</c>, <c>amount</c>, <c>money</c>, <c>spent</c>, <c>earned</c> and <c>balance</c>.</summary>
    AdminSold,

    /// <summary>This very sale was entered before; may use <c>name</c> and <c>amount</c>.</summary>
    AdminSoldAlready,

    /// <summary>So many points cannot be used any more, and nothing was entered; may use <c>name</c> and <c>count</c>.</summary>
    AdminNotEnough,

    /// <summary>The customer's purchases; may use <c>list</c>.</summary>
    AdminPurchases,

    /// <summary>A line of them; may use <c>id</c>, <c>at</c>, <c>amount</c> and <c>refunded</c>.</summary>
    AdminPurchase,

    /// <summary>Label: the customer's purchases.</summary>
    AdminPurchasesButton,

    /// <summary>Label: a sale to the customer.</summary>
    AdminSaleButton,

    /// <summary>Label: the refund of a purchase; may use <c>at</c> and <c>amount</c>.</summary>
    AdminPurchaseButton,

    /// <summary>What a refund would do; may use <c>name</c>, <c>id</c>, <c>amount</c>, <c>money</c>, <c>returned</c>, <c>taken</c> and <c>short</c>.</summary>
    AdminRefund,

    /// <summary>Label: do it; may use <c>amount</c>.</summary>
    AdminRefundButton,

    /// <summary>A refund was entered; may use <c>name</c>, <c>amount</c>, <c>money</c>, <c>returned</c>, <c>taken</c> and <c>short</c>.</summary>
    AdminRefunded,

    /// <summary>There is no such purchase, or not so much left to refund; may use <c>name</c>.</summary>
    AdminRefundGone,

    /// <summary>The code can be redeemed; may use <c>name</c>, <c>code</c>, <c>discount</c> and <c>until</c>.</summary>
    AdminCodeGood,

    /// <summary>The code is unknown, used or expired: the same answer for all three.</summary>
    AdminCodeBad,

    /// <summary>Too many wrong codes; none is looked at for a while; may use <c>until</c>.</summary>
    AdminCodeSlow,

    /// <summary>Somebody guesses codes; may use <c>user</c> and <c>count</c>.</summary>
    AdminCodeAlarm,

    /// <summary>Label: redeem the code.</summary>
    AdminRedeemButton,

    /// <summary>The code was redeemed; may use <c>name</c>, <c>code</c> and <c>discount</c>.</summary>
    AdminRedeemed,

    /// <summary>Description of /export in the admin chat's list of commands.</summary>
    AdminExportCommand,

    /// <summary>Description of /import in the admin chat's list of commands.</summary>
    AdminImportCommand,

    /// <summary>A list that cannot be asked for like this; may use <c>reason</c>.</summary>
    AdminExportUsage,

    /// <summary>Asks whether a list is to be made; may use <c>count</c>.</summary>
    AdminExportSure,

    /// <summary>A list would be empty.</summary>
    AdminExportNobody,

    /// <summary>Label of the button that makes a list.</summary>
    AdminExportMake,

    /// <summary>With a list; may use <c>count</c>.</summary>
    AdminExportFile,

    /// <summary>The question whether to make or take in a list is no longer valid.</summary>
    AdminListGone,

    /// <summary>How to send a list.</summary>
    AdminImportUsage,

    /// <summary>A list that is too large.</summary>
    AdminImportTooLarge,

    /// <summary>A list that could not be fetched.</summary>
    AdminImportNotFetched,

    /// <summary>A list without a column to recognise anybody by; may use <c>headings</c>.</summary>
    AdminImportNoColumns,

    /// <summary>What a list would do; may use <c>rows</c>, <c>added</c>, <c>changed</c>, <c>same</c>, <c>refused</c>, <c>columns</c>, <c>unread</c>, <c>faults</c> and <c>again</c>.</summary>
    AdminImportPreview,

    /// <summary>A list that was taken in before.</summary>
    AdminImportAgain,

    /// <summary>Label of the button that takes a list in.</summary>
    AdminImportApply,

    /// <summary>Label of the button that does not.</summary>
    AdminImportDrop,

    /// <summary>There is nothing in a list to be taken in.</summary>
    AdminImportNothing,

    /// <summary>A list is being taken in.</summary>
    AdminImportStarted,

    /// <summary>How far a list is; may use <c>done</c> and <c>rows</c>.</summary>
    AdminImportProgress,

    /// <summary>A list is taken in; may use <c>added</c>, <c>changed</c>, <c>same</c> and <c>refused</c>.</summary>
    AdminImportDone,

    /// <summary>A list is not taken in.</summary>
    AdminImportDropped,

    /// <summary>With the rows that are not taken in.</summary>
    AdminImportRefused,

    /// <summary>Heading of the column with the reason, in that file.</summary>
    AdminImportReason,

    /// <summary>A mistake in a row; may use <c>row</c> and <c>fault</c>.</summary>
    AdminImportRow,

    /// <summary>Fault of a row; may use <c>value</c>.</summary>
    AdminFaultPhone,

    /// <summary>Fault of a row; may use <c>value</c>.</summary>
    AdminFaultEmail,

    /// <summary>Fault of a row; may use <c>value</c>.</summary>
    AdminFaultName,

    /// <summary>Fault of a row; may use <c>value</c>.</summary>
    AdminFaultDay,

    /// <summary>Fault of a row; may use <c>value</c>.</summary>
    AdminFaultNumber,

    /// <summary>Fault of a row; may use <c>value</c>.</summary>
    AdminFaultYesNo,

    /// <summary>Fault of a row; may use <c>value</c>.</summary>
    AdminFaultTag,

    /// <summary>Fault of a row; may use <c>value</c>.</summary>
    AdminFaultTooLong,

    /// <summary>Fault of a row; may use <c>value</c>.</summary>
    AdminFaultId,

    /// <summary>Fault of a row.</summary>
    AdminFaultNobody,

    /// <summary>Fault of a row.</summary>
    AdminFaultUnknownId,

    /// <summary>Fault of a row; may use <c>value</c>.</summary>
    AdminFaultTwice,

    /// <summary>Fault of a row.</summary>
    AdminFaultCutOff,

    /// <summary>Label of the button that goes a step back.</summary>
    Back,

    /// <summary>Label of the button that passes a question over.</summary>
    Skip,

    /// <summary>Label of the button that goes on when the topics are as the customer wants them.</summary>
    Done,

    /// <summary>Label of the button that shares the customer's phone.</summary>
    ShareContact,

    /// <summary>Second try at a free text.</summary>
    AgainText,

    /// <summary>Second try at a name.</summary>
    AgainName,

    /// <summary>Second try at an email address.</summary>
    AgainEmail,

    /// <summary>Second try at a phone number.</summary>
    AgainPhone,

    /// <summary>Second try where phone or email will do.</summary>
    AgainContact,

    /// <summary>A contact of somebody else was shared.</summary>
    ForeignContact,

    /// <summary>Second try at a number; may use <c>from</c> and <c>to</c>.</summary>
    AgainNumber,

    /// <summary>Second try at a date.</summary>
    AgainDate,

    /// <summary>Second try at a scale; may use <c>from</c> and <c>to</c>.</summary>
    AgainScale,

    /// <summary>Second try at one of several options.</summary>
    AgainChoice,

    /// <summary>Second try at a city.</summary>
    AgainCity,

    /// <summary>Text or the like where a button is to be pressed.</summary>
    AgainButton,

    /// <summary>After three answers that could not be used: the menu and the business's phone.</summary>
    WayOut,

    /// <summary>An answer was taken and the dialog has nothing to say to it.</summary>
    Noted,

    /// <summary>Notice over the chat: this button is no longer valid.</summary>
    Stale,

    /// <summary>Nothing is being asked and this was not understood; the menu is below.</summary>
    Unrecognised,

    /// <summary>A deep link that nothing answers to; the menu is below.</summary>
    UnknownLink,

    /// <summary>The conversation's state is gone; the menu is below.</summary>
    Lost,

    /// <summary>A contact was to be stored without the consent to do so.</summary>
    ConsentFirst,

    /// <summary>Description of /mydata in the command list.</summary>
    MydataCommand,

    /// <summary>The customer's data will be deleted; may use <c>due</c>.</summary>
    ErasureAsked,

    /// <summary>The same, asked for once more; may use <c>due</c>.</summary>
    ErasureAlready,

    /// <summary>Label of the button that takes it back.</summary>
    ErasureKeepButton,

    /// <summary>After that.</summary>
    ErasureKept,

    /// <summary>The last message before it is done.</summary>
    ErasureFarewell,

    /// <summary>In the admin chat: a customer's data is to be deleted; may use <c>name</c>, <c>contact</c>, <c>due</c>.</summary>
    AdminErasureAsked,

    /// <summary>In the admin chat, a week and a day before it is done; may use <c>name</c>, <c>contact</c>, <c>due</c>.</summary>
    AdminErasureSoon,

    /// <summary>In the admin chat: the customer took it back; may use <c>name</c>, <c>contact</c>.</summary>
    AdminErasureKept,

    /// <summary>In the admin chat: it is done, and this line is the proof; may use <c>id</c>, <c>asked</c>.</summary>
    AdminErased,

    /// <summary>Label of the button that has it done at once.</summary>
    AdminEraseButton,

    /// <summary>Asks whether it is to be done; may use <c>name</c>, <c>contact</c>, <c>credit</c> (points), <c>visits</c>.</summary>
    AdminEraseSure,

    /// <summary>It is being done; may use <c>name</c>.</summary>
    AdminErasing,

    /// <summary>How /erase is written.</summary>
    AdminEraseUsage,

    /// <summary>Description of /erase in the command list.</summary>
    AdminEraseCommand,

    /// <summary>Over the customers whose data is to be deleted; may use <c>count</c>.</summary>
    AdminErasures,

    /// <summary>One of them; may use <c>name</c>, <c>contact</c>, <c>asked</c>, <c>due</c>.</summary>
    AdminErasure,

    /// <summary>Words that people type for /mydata, with commas.</summary>
    MydataWords,

    /// <summary>
    /// On /mydata, with the file; may use <c>fields</c> (the business's own), <c>personal-data-since</c>, <c>marketing-since</c>,
    /// <c>topics</c> (switched off), <c>paused</c> and <c>purchases</c>.
    /// </summary>
    Mydata,

    /// <summary>On /mydata, when the file was sent less than a minute ago.</summary>
    MydataAgain,

    /// <summary>Label of the button for who does not mind which specialist.</summary>
    AnySpecialist,

    /// <summary>Notice over a calendar: nothing is free on that day.</summary>
    NothingFree,

    /// <summary>Notice over a list: what was pressed has been taken since it was shown.</summary>
    NotFreeAnyMore,

    /// <summary>Second try at a day of the calendar.</summary>
    AgainDay,

    /// <summary>Second try at a free time.</summary>
    AgainTime,

    /// <summary>The time that was chosen has been taken.</summary>
    TimeTaken,

    /// <summary>The customer has as many visits ahead as they can have; may use <c>count</c>.</summary>
    VisitsEnough,

    /// <summary>Notice over the chat: the visit that the button is about is over or called off.</summary>
    VisitOver,

    /// <summary>What was booked is not offered any more, so that no other time can be offered for it.</summary>
    VisitByPhone,

    /// <summary>Below a time of day, for who lives by another clock.</summary>
    BusinessTime,

    /// <summary>Staff booked a visit for the customer; may use <c>title</c>, <c>who</c>, <c>at</c>, <c>address</c>, <c>contact</c>.</summary>
    VisitBookedForYou,

    /// <summary>Staff moved a visit; may use the same.</summary>
    VisitMovedForYou,

    /// <summary>Staff called a visit off; may use the same.</summary>
    VisitCancelledForYou,

    /// <summary>Label of the button that moves a visit that staff booked or moved.</summary>
    VisitMoveButton,

    /// <summary>Label of the button that calls such a visit off.</summary>
    VisitCancelButton,

    /// <summary>Word for a visit that is booked.</summary>
    VisitPending,

    /// <summary>Word for a visit that the customer confirmed.</summary>
    VisitConfirmed,

    /// <summary>Word for a visit whose customer is there.</summary>
    VisitArrived,

    /// <summary>Word for a visit that took place.</summary>
    VisitDone,

    /// <summary>Word for a visit that the customer did not come to.</summary>
    VisitNoShow,

    /// <summary>Word for a visit that was called off.</summary>
    VisitCancelled,

    /// <summary>In the admin chat: a customer booked; may use <c>title</c>, <c>who</c>, <c>at</c>, <c>state</c>, <c>name</c>, <c>contact</c>, <c>price</c>.</summary>
    AdminVisitMade,

    /// <summary>In the admin chat: a customer moved a visit; may use the same.</summary>
    AdminVisitMoved,

    /// <summary>In the admin chat: a customer called a visit off; may use the same.</summary>
    AdminVisitCancelled,

    /// <summary>In the admin chat: a customer confirmed a visit; may use the same.</summary>
    AdminVisitConfirmed,

    /// <summary>Staff booked a visit; may use the same.</summary>
    AdminVisitBooked,

    /// <summary>Staff changed a visit; may use the same.</summary>
    AdminVisitChanged,

    /// <summary>Staff wanted of a visit what it is past; may use the same.</summary>
    AdminVisitUnchanged,

    /// <summary>What a button of the admin chat was about is not there any more.</summary>
    AdminVisitGone,

    /// <summary>The customer could not be told; may use the same.</summary>
    AdminVisitUntold,

    /// <summary>Staff chose a time that is taken.</summary>
    AdminSlotTaken,

    /// <summary>A visit; may use the same.</summary>
    AdminVisit,

    /// <summary>Over the visits of a day; may use <c>day</c> and <c>count</c>.</summary>
    AdminDay,

    /// <summary>There are no visits on a day; may use <c>day</c>.</summary>
    AdminDayEmpty,

    /// <summary>Staff book: which service; may use <c>name</c>.</summary>
    AdminBookService,

    /// <summary>Staff book or move: with whom.</summary>
    AdminBookWho,

    /// <summary>Staff book or move: which day.</summary>
    AdminBookDay,

    /// <summary>Staff book or move: which time; may use <c>day</c>.</summary>
    AdminBookTime,

    /// <summary>Nothing is free for what staff want to book.</summary>
    AdminNothingFree,

    /// <summary>Before staff book; may use <c>title</c>, <c>who</c>, <c>at</c>, <c>name</c>.</summary>
    AdminBookSure,

    /// <summary>Before staff move a visit; may use the same, with the new time.</summary>
    AdminMoveSure,

    /// <summary>Before staff call a visit off; may use the same.</summary>
    AdminCancelVisitSure,

    /// <summary>Staff ask for visits, and nothing can be booked.</summary>
    AdminNoCatalog,

    /// <summary>A visit no longer fits services.yaml; may use <c>reason</c> and those of a visit.</summary>
    AdminInTheWay,

    /// <summary>Why a visit does not fit: the service.</summary>
    AdminServiceGone,

    /// <summary>Why a visit does not fit: the specialist.</summary>
    AdminSpecialistGone,

    /// <summary>Why a visit does not fit: the hours.</summary>
    AdminOutsideHours,

    /// <summary>Label of the button that shows a visit.</summary>
    AdminVisitButton,

    /// <summary>Label of the button: the customer is there.</summary>
    AdminArrivedButton,

    /// <summary>Label of the button: the visit took place.</summary>
    AdminDoneButton,

    /// <summary>Label of the button: the customer did not come.</summary>
    AdminNoShowButton,

    /// <summary>Label of the button that moves a visit.</summary>
    AdminMoveButton,

    /// <summary>Label of the button that calls a visit off.</summary>
    AdminCancelVisitButton,

    /// <summary>Label of the button that books a visit for a customer.</summary>
    AdminBookButton,

    /// <summary>Label of the button that shows later days.</summary>
    AdminMoreDaysButton,

    /// <summary>How /book is written.</summary>
    AdminBookUsage,

    /// <summary>How /bookings is written.</summary>
    AdminBookingsUsage,

    /// <summary>Description of /book in the admin chat's list of commands.</summary>
    AdminBookCommand,

    /// <summary>Description of /today there.</summary>
    AdminTodayCommand,

    /// <summary>Description of /tomorrow there.</summary>
    AdminTomorrowCommand,

    /// <summary>Description of /bookings there.</summary>
    AdminBookingsCommand,

    /// <summary>Why a message was not sent: the visit was moved or called off, or is over.</summary>
    AdminSkipVisitChanged,

    /// <summary>Description of /talk in the command list.</summary>
    TalkCommand,

    /// <summary>Words that people type for /talk, with commas.</summary>
    TalkWords,

    /// <summary>Label of the button in the menu that asks for a person.</summary>
    Talk,

    /// <summary>Label of the button in the menu that ends the talk with a person.</summary>
    TalkEnd,

    /// <summary>A person was asked for.</summary>
    TalkOpened,

    /// <summary>A person was asked for once more.</summary>
    TalkAlready,

    /// <summary>The talk with a person is over and the bot answers again.</summary>
    TalkClosed,

    /// <summary>In the admin chat: a customer asks for a person; may use <c>name</c>, <c>id</c> and <c>contact</c>.</summary>
    AdminTalkOpened,

    /// <summary>In the admin chat, before what a customer says; may use <c>name</c> and <c>id</c>, as those below.</summary>
    AdminTalkSays,

    /// <summary>In the admin chat, before a customer's changed message.</summary>
    AdminTalkEdited,

    /// <summary>In the admin chat: staff ended the talk.</summary>
    AdminTalkClosed,

    /// <summary>In the admin chat: the customer ended the talk.</summary>
    AdminTalkLeft,

    /// <summary>In the admin chat: the talk ended by itself.</summary>
    AdminTalkLapsed,

    /// <summary>In the admin chat: there is no talk to end.</summary>
    AdminTalkNone,

    /// <summary>In the admin chat: the customer has blocked the bot.</summary>
    AdminTalkBlocked,

    /// <summary>In the admin chat: what staff wrote did not arrive; may use <c>reason</c> too.</summary>
    AdminTalkUndelivered,

    /// <summary>In the admin chat: this customer can be sent text only.</summary>
    AdminTalkTextOnly,

    /// <summary>In the admin chat: how to write to a customer; whoever answers this line does.</summary>
    AdminTalkWrite,

    /// <summary>In the admin chat: what was written with /reply goes to the customer.</summary>
    AdminTalkSent,

    /// <summary>In the admin chat: an answer to a line that is no customer's.</summary>
    AdminTalkNowhere,

    /// <summary>In the admin chat: what the customer sent cannot be copied; may use <c>reason</c>.</summary>
    AdminTalkUncopied,

    /// <summary>In the admin chat, once: it is a forum, and the bot may not make topics; may use <c>reason</c>.</summary>
    AdminTopicsRefused,

    /// <summary>How /reply is written; may use <c>id</c>.</summary>
    AdminReplyUsage,

    /// <summary>How /close is written.</summary>
    AdminCloseUsage,

    /// <summary>Label of the button that says how to write to a customer.</summary>
    AdminWriteButton,

    /// <summary>Label of the button that ends the talk with a customer.</summary>
    AdminCloseButton,

    /// <summary>Description of /reply in the admin chat's list of commands.</summary>
    AdminReplyCommand,

    /// <summary>Description of /close in the admin chat's list of commands.</summary>
    AdminCloseCommand,
}
