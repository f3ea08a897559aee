using Bot.Tests.Support;
using Microsoft.OpenApi;

namespace Bot.Tests.Api;

/// <summary>The document is valid, and says of the API all that there is and nothing else.</summary>
public sealed class OpenApiTests
{
    private static readonly string Json = File.ReadAllText(Path.Combine(Repository.Root, "src", "Bot", "Api", "openapi.json"));

    [Fact]
    public void The_document_is_valid()
    {
        var result = OpenApiDocument.Parse(Json, "json");

        Assert.Empty(result.Diagnostic!.Errors);
        Assert.Empty(result.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, result.Diagnostic.SpecificationVersion);
        Assert.Empty(result.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Fact]
    public void Every_example_is_as_its_schema_says() => Assert.Empty(TestApi.Contract.WrongExamples);

    [Theory]
    [InlineData(200, "application/json", """{"profiles":["1"],"next":null}""", true)]
    [InlineData(200, "application/json", """{"profiles":["1"]}""", false)]
    [InlineData(200, "application/json", """{"profiles":[1],"next":null}""", false)]
    [InlineData(200, "application/json", """{"profiles":["1"],"next":null,"more":true}""", false)]
    [InlineData(200, "text/plain", """{"profiles":["1"],"next":null}""", false)]
    [InlineData(201, "application/json", """{"profiles":["1"],"next":null}""", false)]
    [InlineData(404, "application/problem+json", """{"type":"urn:bot:unknown-segment","title":"t","status":404,"detail":"d"}""", true)]
    [InlineData(404, "application/problem+json", """{"title":"t","status":404,"detail":"d"}""", false)]
    public void An_answer_that_is_not_as_the_document_says_is_noticed(int status, string type, string body, bool isRight) =>
        Assert.Equal(isRight, TestApi.Contract.FaultOf(TestApi.Contract.OperationOf("GET", "/segments/best/profiles?limit=1"), status, type, body) is null);

    [Fact]
    public async Task Every_operation_is_mapped_and_every_one_that_is_mapped_stands_in_it()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await using var api = await TestApi.StartAsync(bot);

        Assert.Equal(TestApi.Contract.Operations.Order(), api.Endpoints.Operations.Select(one => $"{one.Method} {one.Path}").Order());
        Assert.Equal(TestApi.Contract.Keyed.Order(), api.Endpoints.Operations.Where(one => one.NeedsKey).Select(one => $"{one.Method} {one.Path}").Order());
    }

    [Fact]
    public async Task Anybody_can_read_it()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await using var api = await TestApi.StartAsync(bot);
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/openapi.json");

        var answer = await api.SendAsync(request);

        Assert.Equal((200, "application/json", Json), (answer.Status, answer.Type, answer.Body));
    }
}
