using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dedup.Policy.Reading;

namespace Dedup.Policy.Tests.Documentation;

/// <summary>Writes the JSON Schema of policies from the reader's table of keys, so that editors know what the reader knows.</summary>
internal static class PolicySchema
{
    public static string Write()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "A backup policy of Dedup");
            WriteKeys(json, PolicyKeys.Root);
            json.WriteStartObject("$defs");
            foreach (PolicySection section in PolicySections.All.Skip(1))
            {
                json.WriteStartObject(section.Name);
                json.WriteString("description", section.Description);
                if (section.Short is { } key)
                {
                    json.WriteStartArray("anyOf");
                    json.WriteStartObject();
                    WriteValue(json, key);
                    json.WriteEndObject();
                    json.WriteStartObject();
                    WriteKeys(json, section);
                    json.WriteEndObject();
                    json.WriteEndArray();
                }
                else
                {
                    WriteKeys(json, section);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteKeys(Utf8JsonWriter json, PolicySection section)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartArray("required");
        foreach (PolicyKey key in section.Keys.Where(static key => key.IsRequired))
        {
            json.WriteStringValue(key.Name);
        }

        json.WriteEndArray();
        IReadOnlyList<PolicyKey> alternatives = section == SourceKeys.Source ? SourceKeys.Kinds
            : section == NotificationKeys.Notification ? NotificationKeys.Channels
            : section == SecretKeys.Secret ? section.Keys
            : [];
        if (alternatives.Count > 0)
        {
            json.WriteStartArray("oneOf");
            foreach (PolicyKey key in alternatives)
            {
                json.WriteStartObject();
                json.WriteStartArray("required");
                json.WriteStringValue(key.Name);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartObject("properties");
        foreach (PolicyKey key in section.Keys)
        {
            json.WriteStartObject(key.Name);
            json.WriteString("description", key.Description + (key.Default is { } value ? $" Default: {value}." : ""));
            WriteValue(json, key);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, PolicyKey key)
    {
        if (!key.IsList)
        {
            WriteSingle(json, key);
            return;
        }

        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        WriteSingle(json, key);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteNumber("minItems", 1);
        json.WriteStartObject("items");
        WriteSingle(json, key);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSingle(Utf8JsonWriter json, PolicyKey key)
    {
        switch (key.Kind)
        {
            case ValueKind.Section:
                json.WriteString("$ref", $"#/$defs/{key.Section!.Name}");
                return;
            case ValueKind.NamedSections:
                json.WriteString("type", "object");
                json.WriteNumber("minProperties", 1);
                json.WriteStartObject("propertyNames");
                json.WriteString("pattern", ValueTexts.NamePattern);
                json.WriteEndObject();
                json.WriteStartObject("additionalProperties");
                json.WriteString("$ref", $"#/$defs/{key.Section!.Name}");
                json.WriteEndObject();
                return;
            case ValueKind.Choice:
                json.WriteStartArray("enum");
                foreach (string choice in key.Choices)
                {
                    json.WriteStringValue(choice);
                }

                json.WriteEndArray();
                return;
            case ValueKind.Boolean:
                json.WriteString("type", "boolean");
                return;
            case ValueKind.Command:
                WriteTypes(json, "string", "array");
                json.WriteStartObject("items");
                json.WriteString("type", "string");
                json.WriteEndObject();
                return;
            default:
                WriteText(json, key.Kind);
                return;
        }
    }

    private static void WriteText(Utf8JsonWriter json, ValueKind kind)
    {
        if (kind is ValueKind.Integer or ValueKind.Count or ValueKind.Size or ValueKind.Text or ValueKind.Name)
        {
            WriteTypes(json, "string", "integer");
        }
        else
        {
            json.WriteString("type", "string");
        }

        string? pattern = kind switch
        {
            ValueKind.Name => ValueTexts.NamePattern,
            ValueKind.Path => "^/",
            ValueKind.Place => "^(/|s3:)",
            ValueKind.Integer => "^[0-9]+$",
            ValueKind.Count => "^([1-9][0-9]*|all)$",
            ValueKind.Duration => "^[0-9]+[smhdw]$",
            ValueKind.Period => "^([0-9]+[ymdh])+$",
            ValueKind.Size => "^[0-9]+([KMGT](iB)?|B)?$",
            ValueKind.Share => "^[0-9]+(\\.[0-9]+)?%$",
            ValueKind.Address => "^https?://",
            ValueKind.Loopback => "^(127\\.[0-9.]+|localhost|\\[::1\\]):[0-9]+$",
            _ => null,
        };
        if (pattern is not null)
        {
            json.WriteString("pattern", pattern);
        }
    }

    private static void WriteTypes(Utf8JsonWriter json, params ReadOnlySpan<string> types)
    {
        json.WriteStartArray("type");
        foreach (string type in types)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
    }
}
