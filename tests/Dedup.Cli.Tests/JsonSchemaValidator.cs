using System.Globalization;
using System.Text.Json;

namespace Dedup.Cli.Tests;

/// <summary>
/// Holds JSON against a schema, as far as the project's own schema goes: a keyword that it does not know is a mistake of the test. Stricter than a schema's
/// readers, which let later versions add properties: a property that the schema does not tell of is a mistake.
/// </summary>
/// <param name="document">A JSON schema whose definitions are in <c>$defs</c>.</param>
internal sealed class JsonSchemaValidator(JsonElement document)
{
    private const string Definitions = "#/$defs/";

    /// <summary>The definitions that something was found to be, by name.</summary>
    public HashSet<string> Matched { get; } = [];

    public bool Has(string definition) => document.GetProperty("$defs").TryGetProperty(definition, out _);

    /// <summary>What is wrong with a value.</summary>
    /// <returns><see langword="null"/> when nothing is.</returns>
    public string? FindMistake(JsonElement value, string definition) => FindMistake(value, Resolve(Definitions + definition), "");

    private string? FindMistake(JsonElement value, JsonElement schema, string at) => schema.EnumerateObject()
        .Select(keyword => keyword.Name switch
        {
            "$ref" => FollowReference(value, keyword.Value.GetString()!, at),
            "anyOf" => FindAny(value, keyword.Value, at),
            "type" => IsOf(value, keyword.Value.GetString()!) ? null : $"{at}: is no {keyword.Value}: {value}",
            "const" => JsonElement.DeepEquals(value, keyword.Value) ? null : $"{at}: is not {keyword.Value}: {value}",
            "enum" => keyword.Value.EnumerateArray().Any(choice => JsonElement.DeepEquals(value, choice)) ? null : $"{at}: is none of {keyword.Value}: {value}",
            "format" => DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _) ? null : $"{at}: is no time: {value}",
            "items" => value.EnumerateArray().Select((item, index) => FindMistake(item, keyword.Value, $"{at}[{index}]")).FirstOrDefault(mistake => mistake is not null),
            "properties" => value.EnumerateObject().Select(property => FindMistake(property, keyword.Value, at)).FirstOrDefault(mistake => mistake is not null),
            "required" => keyword.Value.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}: lacks {name}").FirstOrDefault(),
            "description" => null,
            _ => throw new InvalidOperationException($"the keyword {keyword.Name} is not known here"),
        })
        .FirstOrDefault(mistake => mistake is not null);

    private string? FindMistake(JsonProperty property, JsonElement properties, string at) => properties.TryGetProperty(property.Name, out JsonElement schema)
        ? FindMistake(property.Value, schema, $"{at}.{property.Name}")
        : $"{at}: {property.Name} is not in the schema";

    private string? FollowReference(JsonElement value, string reference, string at)
    {
        string? mistake = FindMistake(value, Resolve(reference), at);
        if (mistake is null)
        {
            Matched.Add(reference[Definitions.Length..]);
        }

        return mistake;
    }

    private string? FindAny(JsonElement value, JsonElement schemas, string at)
    {
        List<string> mistakes = [];
        foreach (JsonElement schema in schemas.EnumerateArray())
        {
            if (FindMistake(value, schema, at) is not { } mistake)
            {
                return null;
            }

            mistakes.Add(mistake);
        }

        return string.Join("; or ", mistakes);
    }

    private JsonElement Resolve(string reference) => document.GetProperty("$defs").GetProperty(reference[Definitions.Length..]);

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || value.TryGetUInt64(out _)),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new InvalidOperationException($"the type {type} is not known here"),
    };
}
