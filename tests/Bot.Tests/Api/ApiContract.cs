using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Bot.Tests.Api;

/// <summary>The document that describes the API, and whether answers are as it says. Also for the tests of the real process, which have a link to this.</summary>
internal sealed class ApiContract
{
    private const string Components = "#/components/schemas/";
    private const string Definitions = "#/$defs/";

    private readonly JsonElement _document;
    private readonly Dictionary<string, JsonSchema> _schemas;

    public ApiContract(string json)
    {
        _document = JsonDocument.Parse(json).RootElement;
        _schemas = _document.GetProperty("components").GetProperty("schemas").EnumerateObject().ToDictionary(schema => schema.Name, schema => SchemaOf(schema.Name));
    }

    /// <summary>All that it lists, as <c>POST /purchases</c>.</summary>
    public IEnumerable<string> Operations =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select $"{operation.Name.ToUpperInvariant()} {path.Name}";

    /// <summary>Those that must come with an Idempotency-Key.</summary>
    public IEnumerable<string> Keyed =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Value.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray()
            .Any(parameter => parameter.TryGetProperty("$ref", out var to) && to.GetString()!.EndsWith("/NeededIdempotencyKey", StringComparison.Ordinal))
        select $"{operation.Name.ToUpperInvariant()} {path.Name}";

    /// <summary>The examples of schemas that are not as the schema says, and why.</summary>
    public IEnumerable<string> WrongExamples =>
        from schema in _document.GetProperty("components").GetProperty("schemas").EnumerateObject()
        where schema.Value.TryGetProperty("examples", out _)
        from example in schema.Value.GetProperty("examples").EnumerateArray()
        let fault = FaultOf(schema.Name, example)
        where fault is not null
        select $"{schema.Name}: {fault}";

    /// <summary>The operation that a request is, as <see cref="Operations"/> has it.</summary>
    /// <param name="path">Below <c>/api/v1</c>, perhaps with a query.</param>
    public string OperationOf(string method, string path)
    {
        var parts = path.Split('?')[0].Split('/');
        var template = _document.GetProperty("paths").EnumerateObject().Select(one => one.Name).Single(name => name.Split('/') is var own
            && own.Length == parts.Length && own.Zip(parts).All(pair => pair.First == "{id}" || pair.First == pair.Second));
        return $"{method} {template}";
    }

    /// <summary>What of an answer is not as the document says; <see langword="null"/> if all is.</summary>
    public string? FaultOf(string operation, int status, string? type, string body)
    {
        var (method, path) = (operation.Split(' ')[0].ToLowerInvariant(), operation.Split(' ')[1]);
        var responses = _document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses");
        if (!responses.TryGetProperty($"{status}", out var response))
        {
            return $"{operation} is not said to answer {status}: {body}";
        }

        if (response.TryGetProperty("$ref", out var to))
        {
            response = _document.GetProperty("components").GetProperty("responses").GetProperty(to.GetString()!.Split('/')[^1]);
        }

        if (type is null || !response.GetProperty("content").TryGetProperty(type, out var content))
        {
            return $"{operation} is not said to answer {status} with {type}.";
        }

        var name = content.GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1];
        return FaultOf(name, JsonDocument.Parse(body).RootElement) is { } fault ? $"{operation} {status} is no {name}: {fault}\n{body}" : null;
    }

    private string? FaultOf(string schema, JsonElement value)
    {
        var results = _schemas[schema].Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return results.IsValid ? null : string.Join("; ", (results.Details ?? []).Where(detail => detail.Errors is { Count: > 0 })
            .Select(detail => $"{detail.InstanceLocation} {string.Join(", ", detail.Errors!.Values)}"));
    }

    /// <summary>A schema with all that it may refer to.</summary>
    private JsonSchema SchemaOf(string name) => JsonSchema.FromText(new JsonObject
    {
        ["$id"] = $"urn:schema:{Guid.CreateVersion7()}",
        ["$ref"] = Definitions + name,
        ["$defs"] = JsonNode.Parse(_document.GetProperty("components").GetProperty("schemas").GetRawText().Replace(Components, Definitions, StringComparison.Ordinal)),
    }.ToJsonString());
}
