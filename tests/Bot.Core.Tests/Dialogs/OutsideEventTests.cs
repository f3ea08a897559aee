using Bot.Core.Dialogs;
using Bot.Core.Profiles;

namespace Bot.Core.Tests.Dialogs;

public sealed class OutsideEventTests
{
    private const string Automation = """
        automations:
          thanks: { event: order.paid, kind: service, say: { ru: Спасибо!, en: Thank you! } }
        """;

    [Fact]
    public void What_the_settings_name_can_set_off_an_automation_and_be_told_from_outside()
    {
        Assert.Contains(Sample.With(("automations.yaml", Automation)).Faults, fault => fault.Message.Contains("Nothing records the event `order.paid`", StringComparison.Ordinal));

        var content = With("events: [order.paid, course.finished]", ("automations.yaml", Automation)).Content!;

        Assert.Null(OutsideEvent.FaultOf("order.paid", content));
        Assert.Null(OutsideEvent.FaultOf("course.finished", content));
    }

    [Fact]
    public void A_name_that_nothing_in_the_content_has_is_a_slip_and_the_nearest_is_offered()
    {
        var content = With("events: order.paid").Content!;

        Assert.EndsWith("Did you mean `order.paid`?", OutsideEvent.FaultOf("order.payd", content), StringComparison.Ordinal);
        Assert.DoesNotContain("Did you mean", OutsideEvent.FaultOf("purchases", content), StringComparison.Ordinal);
    }

    [Fact]
    public void What_happens_by_itself_is_told_by_nobody() =>
        Assert.All(BuiltInEvents.All, name => Assert.Contains("happens by itself", OutsideEvent.FaultOf(name), StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("Order.Paid")]
    [InlineData("order paid")]
    [InlineData(".order")]
    [InlineData("1order")]
    [InlineData("оплата")]
    public void A_name_of_another_shape_is_none(string name) => Assert.Contains("small Latin letters", OutsideEvent.FaultOf(name), StringComparison.Ordinal);

    [Theory]
    [InlineData("events: [Order.Paid]", "small Latin letters")]
    [InlineData("events: [purchase]", "happens by itself")]
    [InlineData("events: { order.paid: yes }", "list of keys")]
    public void A_mistake_in_the_settings_is_named(string line, string words) =>
        Assert.Contains(With(line).Faults, fault => fault.File == "settings.yaml" && fault.Message.Contains(words, StringComparison.Ordinal));

    private static LoadResult With(string line, params (string, string)[] files) =>
        Sample.With([("settings.yaml", $"{Sample.Yaml["settings.yaml"].TrimEnd()}\n{line}\n"), .. files]);
}
