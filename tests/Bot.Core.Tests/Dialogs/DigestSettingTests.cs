using Bot.Core.Automations;
using Bot.Core.Dialogs;

namespace Bot.Core.Tests.Dialogs;

public sealed class DigestSettingTests
{
    [Theory]
    [InlineData("", DayRule.Monday, "09:00")]
    [InlineData("digest: { every: friday, at: \"18:30\" }", DayRule.Friday, "18:30")]
    [InlineData("digest: { every: sunday }", DayRule.Sunday, "09:00")]
    [InlineData("digest: { at: \"07:00\" }", DayRule.Monday, "07:00")]
    public void The_week_ends_on_monday_at_nine_unless_the_settings_say_otherwise(string line, DayRule day, string at) =>
        Assert.Equal(new AutomationTrigger.Daily(day, TimeOnly.Parse(at, System.Globalization.CultureInfo.InvariantCulture)), With(line).Content!.Settings.Digest);

    [Fact]
    public void It_can_be_switched_off() => Assert.Null(With("digest: false").Content!.Settings.Digest);

    [Theory]
    [InlineData("digest: true", "Say when it is to come")]
    [InlineData("digest: monday", "`digest:`")]
    [InlineData("digest: { every: day }", "no day of the week")]
    [InlineData("digest: { every: monday, at: \"25:00\" }", "no time of the day")]
    [InlineData("digest: { on: monday }", "`on`")]
    public void A_mistake_in_it_is_named(string line, string words) =>
        Assert.Contains(With(line).Faults, fault => fault.File == "settings.yaml" && fault.Message.Contains(words, StringComparison.Ordinal));

    private static LoadResult With(string line) => Sample.With(("settings.yaml", $"{Sample.Yaml["settings.yaml"].TrimEnd()}\n{line}\n"));
}
