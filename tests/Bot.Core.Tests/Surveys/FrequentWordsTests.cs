using Bot.Core.Surveys;

namespace Bot.Core.Tests.Surveys;

public sealed class FrequentWordsTests
{
    [Fact]
    public void Forms_of_a_word_count_together_and_once_in_an_answer() => Assert.Equal([("мастер", 3), ("опоздал", 2)], FrequentWords.Of(
        ["Мастер опоздал, мастера не было", "Опоздал мастер!", "Спасибо мастеру", "Всё очень хорошо и было вовремя"], 9));

    [Fact]
    public void English_words_are_counted_too_without_those_that_say_nothing() => Assert.Equal([("cleaning", 2), ("windows", 2)], FrequentWords.Of(
        ["The windows need cleaning", "Windows! And the cleaning of the floor", "What I would like is more of this"], 9));

    [Fact]
    public void What_one_answer_alone_says_is_not_shown() =>
        Assert.Empty(FrequentWords.Of(["Звоните Анне Каренной Анне Каренной", "+7 999 123-45-67", "", "👍👍👍"], 9));

    [Fact]
    public void Ё_and_capitals_make_no_difference() => Assert.Equal([("теплый", 2)], FrequentWords.Of(["ТЁПЛЫЙ приём", "теплый чай"], 9));

    [Fact]
    public void The_most_frequent_come_first_and_no_more_than_asked_for()
    {
        string[] answers = ["цена качество чистота", "цена качество", "цена чистота"];

        Assert.Equal([("цена", 3), ("качество", 2)], FrequentWords.Of(answers, 2));
    }

    [Fact]
    public void Whatever_was_typed_it_is_counted_in_no_time() =>
        Assert.Empty(FrequentWords.Of([new string('я', 100_000), "\ud83d", new string(' ', 50_000), "\0\u200f"], 9));
}
