using Bot.Core.Chats;

namespace Bot.Core.Tests.Chats;

public sealed class CitiesTests
{
    [Fact]
    public void Every_zone_of_the_table_exists() => Assert.All(
        Cities.Read(Cities.Lines()).Values.Select(city => city.Zone).Distinct(),
        zone => Assert.True(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), zone));

    [Fact]
    public void No_zone_stands_in_the_table_twice()
    {
        var zones = Cities.Lines().Where(line => line.StartsWith('[')).ToList();

        Assert.Equal(zones.Distinct(), zones);
    }

    [Fact]
    public void A_name_cannot_stand_in_the_table_twice() =>
        Assert.Throws<ArgumentException>(() => Cities.Read(["[Europe/London]", "Бирмингем, Birmingham", "[America/Chicago]", "Бирмингем, Birmingham AL"]));

    [Fact]
    public void Every_zone_with_a_city_in_its_name_is_found_by_it()
    {
        // Antarctica has stations and no cities; Petersburg is meant to be the one in Russia.
        var zones = Cities.Lines().Where(line => line.StartsWith('[')).Select(line => line[1..^1]).Where(zone => zone != "America/Indiana/Petersburg");

        Assert.All(zones, zone => Assert.Equal(zone, Cities.Find(zone.Split('/')[^1].Replace('_', ' '))?.Zone));
    }

    [Theory]
    [InlineData("Казань", "Europe/Moscow")]
    [InlineData("  нижний   новгород ", "Europe/Moscow")]
    [InlineData("ростов на дону", "Europe/Moscow")]
    [InlineData("г. Екатеринбург", "Asia/Yekaterinburg")]
    [InlineData("город Омск", "Asia/Omsk")]
    [InlineData("ОРЕЛ", "Europe/Moscow")]
    [InlineData("Питер", "Europe/Moscow")]
    [InlineData("Tolyatti", "Europe/Samara")]
    [InlineData("Алма-Ата", "Asia/Almaty")]
    [InlineData("Київ", "Europe/Kyiv")]
    [InlineData("Berlin, Germany", "Europe/Berlin")]
    [InlineData("new york", "America/New_York")]
    [InlineData("Kolkata", "Asia/Kolkata")]
    [InlineData("Zürich", "Europe/Zurich")]
    [InlineData("sao paulo", "America/Sao_Paulo")]
    [InlineData("St. Petersburg", "Europe/Moscow")]
    public void A_city_is_found_however_it_is_written(string typed, string zone) => Assert.Equal(zone, Cities.Find(typed)?.Zone);

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("г.")]
    [InlineData("Атлантида")]
    [InlineData("Europe/Moscow")]
    [InlineData("../../etc/passwd")]
    [InlineData("\ud83d")]
    public void What_is_no_city_has_no_zone(string typed) => Assert.Null(Cities.Find(typed));

    [Fact]
    public void A_text_of_ten_thousand_characters_is_no_city() => Assert.Null(Cities.Find(new string('я', 10_000)));

    [Fact]
    public void A_city_has_a_name_in_each_language()
    {
        var city = Cities.Find("МОСКВА")!;

        Assert.Equal(("Москва", "Moscow", "Moscow"), (city.NameIn("ru"), city.NameIn("en"), city.NameIn("de")));
    }
}
