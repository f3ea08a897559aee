using System.Text.Json;

namespace Bot.FakeTelegram.Api;

/// <summary>The Bot API's methods and types, from the published description; what is not in it is a violation.</summary>
internal sealed class ApiTable
{
    public static readonly ApiTable Current = Load();

    private readonly Dictionary<string, Dictionary<string, Field>> _methods = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, TypeShape> _types = new(StringComparer.Ordinal);

    public Dictionary<string, Field>? FieldsOf(string method) => _methods.GetValueOrDefault(method);

    /// <summary>What is wrong with an object of this type, or <see langword="null"/>.</summary>
    public string? FaultOfObject(string type, JsonElement value, string path)
    {
        if (!_types.TryGetValue(type, out var shape))
            return $"{path}: type {type} is not in the table";
        if (value.ValueKind != JsonValueKind.Object)
            return $"{path}: {type} expected";
        if (shape.Subtypes.Length == 0)
            return FaultOfFields(shape.Fields, value, path);

        var faults = shape.Subtypes.Select(subtype => FaultOfObject(subtype, value, path)).ToList();
        return faults.Contains(null) ? null : faults[0];
    }

    /// <summary>What is wrong with the fields of an object, or <see langword="null"/>.</summary>
    public string? FaultOfFields(Dictionary<string, Field> fields, JsonElement value, string path, Func<string, bool>? hasFile = null)
    {
        foreach (var property in value.EnumerateObject())
        {
            var here = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!fields.TryGetValue(property.Name, out var field))
                return $"{here}: unknown parameter";

            var fault = FaultOfValue(field.Types, property.Value, here);
            if (fault is not null)
                return fault;
        }

        foreach (var (name, field) in fields)
        {
            if (field.IsRequired && !value.TryGetProperty(name, out _) && hasFile?.Invoke(name) != true)
                return $"{path}{(path.Length == 0 ? "" : ".")}{name}: missing";
        }

        return null;
    }

    private string? FaultOfValue(string[] types, JsonElement value, string path)
    {
        string? fault = null;
        foreach (var type in types)
        {
            var one = FaultOfValue(type, value, path);
            if (one is null)
                return null;
            // The deepest complaint says most.
            if (fault is null || one.Length > fault.Length)
                fault = one;
        }

        return fault;
    }

    private string? FaultOfValue(string type, JsonElement value, string path)
    {
        const string arrayOf = "Array of ";
        if (type.StartsWith(arrayOf, StringComparison.Ordinal))
        {
            if (value.ValueKind != JsonValueKind.Array)
                return $"{path}: {type} expected";
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                if (FaultOfValue(type[arrayOf.Length..], item, $"{path}[{index++}]") is { } fault)
                    return fault;
            }

            return null;
        }

        var fits = type switch
        {
            "Integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "Float" => value.ValueKind == JsonValueKind.Number,
            "String" => value.ValueKind == JsonValueKind.String,
            "Boolean" or "True" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "InputFile" => false,
            _ => (bool?)null,
        };
        return fits switch
        {
            null => FaultOfObject(type, value, path),
            true => null,
            false => $"{path}: {type} expected",
        };
    }

    private static ApiTable Load()
    {
        using var stream = typeof(ApiTable).Assembly.GetManifestResourceStream("bot-api-10.1.json")!;
        using var document = JsonDocument.Parse(stream);
        var table = new ApiTable();
        foreach (var method in document.RootElement.GetProperty("methods").EnumerateObject())
            table._methods[method.Name] = FieldsOf(method.Value);
        foreach (var type in document.RootElement.GetProperty("types").EnumerateObject())
        {
            table._types[type.Name] = type.Value.TryGetProperty("subtypes", out var subtypes)
                ? new TypeShape([], [.. subtypes.EnumerateArray().Select(static name => name.GetString()!)])
                : new TypeShape(FieldsOf(type.Value), []);
        }

        return table;
    }

    private static Dictionary<string, Field> FieldsOf(JsonElement fields) => fields.EnumerateObject().ToDictionary(
        static field => field.Name,
        static field => new Field(
            [.. field.Value.GetProperty("types").EnumerateArray().Select(static type => type.GetString()!)],
            field.Value.TryGetProperty("required", out _)),
        StringComparer.Ordinal);

    internal sealed record Field(string[] Types, bool IsRequired);

    private sealed record TypeShape(Dictionary<string, Field> Fields, string[] Subtypes);
}
