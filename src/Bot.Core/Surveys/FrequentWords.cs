using System.Collections.Immutable;
using System.Text;
using Bot.Core.Expressions;

namespace Bot.Core.Surveys;

/// <summary>
/// The words that several customers used in their answers. Plain counting: forms of a word are taken together by their beginning, words that
/// say nothing are left out, and what only one answer has is not shown, so that nobody's own words stand out.
/// </summary>
public static class FrequentWords
{
    private const int Shortest = 3;
    private const int LeastAnswers = 2;

    /// <summary>What is left of a word without its ending has at least so many letters.</summary>
    private const int ShortestStem = 4;

    /// <summary>No answer is looked at further than this.</summary>
    private const int LongestAnswer = 2_000;

    /// <summary>Endings that do not make another word, the longest first.</summary>
    private static readonly ImmutableArray<string> Endings =
    [
        .. "иями ями ами ого его ому ему ыми ими иях ях ах ов ев ей ой ий ый ая яя ое ее ую юю ые ие ом ем ам ям ью ия ию ли ла ло а я о е у ю ы и ь ing ed es s"
            .Split(' ').OrderByDescending(ending => ending.Length),
    ];

    private static readonly ImmutableHashSet<string> Silent =
    [
        .. """
            без более был была были было быть вам вас весь вот все всего всем всех вы где для его если есть еще здесь или как какой когда которая которые
            который кто лишь меня мне мной может можно мой моя мы над надо нам нас наш него нее ней нет них ничего но ну она они оно от очень под после потом
            потому при про раз сам сами сама свой себя сейчас так такая также такие такой там тем того тоже той только том тот тут уже хотя чего чем через что
            чтобы чуть эта эти это этого этой этом этот больше будет бы даже две два один одна просто почему поэтому совсем спасибо
            about after again all also and any are because been before being both but can could did does doing down each even few for from further had has have
            having her here him his how into its itself just like more most much not now off once only other our out over own same she should some such than
            that the their them then there these they this those through too under until very was were what when where which while who why will with would you
            your thank thanks
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>The words and in how many answers each is, the most frequent first.</summary>
    /// <param name="most">At most so many words.</param>
    public static ImmutableArray<(string Word, int Answers)> Of(IEnumerable<string> answers, int most)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var counts = new Dictionary<string, (Dictionary<string, int> Forms, int Answers)>();
        foreach (var answer in answers)
        {
            foreach (var forms in Words(answer).GroupBy(Stem))
            {
                var (known, count) = counts.TryGetValue(forms.Key, out var before) ? before : ([], 0);
                foreach (var form in forms.Distinct())
                {
                    known[form] = known.GetValueOrDefault(form) + 1;
                }

                counts[forms.Key] = (known, count + 1);
            }
        }

        return
        [
            .. counts.Values
                .Where(word => word.Answers >= LeastAnswers)
                .Select(word => (Word: word.Forms.OrderByDescending(form => form.Value).ThenBy(form => form.Key, StringComparer.Ordinal).First().Key, word.Answers))
                .OrderByDescending(word => word.Answers).ThenBy(word => word.Word, StringComparer.Ordinal)
                .Take(most),
        ];
    }

    private static IEnumerable<string> Words(string answer)
    {
        var word = new StringBuilder();
        foreach (var c in Folding.Fold(answer.Length > LongestAnswer ? answer[..LongestAnswer] : answer) + " ")
        {
            if (char.IsLetter(c))
            {
                word.Append(c);
                continue;
            }

            if (word.Length >= Shortest && word.ToString() is var whole && !Silent.Contains(whole))
            {
                yield return whole;
            }

            word.Clear();
        }
    }

    private static string Stem(string word) =>
        Endings.FirstOrDefault(ending => word.Length - ending.Length >= ShortestStem && word.EndsWith(ending, StringComparison.Ordinal)) is { } end
            ? word[..^end.Length]
            : word;
}
