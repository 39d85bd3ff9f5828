using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Dedup.Cli.Json;

namespace Dedup.Cli.Tests.Json;

/// <summary>Makes docs/json-schema.json out of the types that the program writes.</summary>
internal static class JsonSchemaDocument
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        JsonObject definitions = [];
        foreach ((string name, string description, IReadOnlyList<Type> types) in JsonMessages.Streams)
        {
            definitions.Add(name, new JsonObject { ["description"] = description, ["anyOf"] = new JsonArray([.. types.Select(Reference)]) });
        }

        Queue<Type> pending = new(JsonMessages.Streams.SelectMany(stream => stream.Types).Select(ElementOf));
        while (pending.TryDequeue(out Type? type))
        {
            if (!definitions.ContainsKey(NameOf(type)))
            {
                definitions.Add(NameOf(type), Define(type, pending));
            }
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "What dedup prints with --json",
            ["description"] = "A line of standard output of a command is what the definition of its name tells, and a line of standard error what 'stderr' tells. "
                + "Sizes are bytes, durations seconds. Fields without a value are left out; later versions may add fields.",
            ["anyOf"] = new JsonArray([.. JsonMessages.Streams.Select(stream => (JsonNode)new JsonObject { ["$ref"] = $"#/$defs/{stream.Name}" })]),
            ["$defs"] = definitions,
        }.ToJsonString(Indented) + "\n";
    }

    /// <summary>What a type is called in the schema: what it is called in the program, without its role there.</summary>
    public static string NameOf(Type type)
    {
        Type element = ElementOf(type);
        string? suffix = Array.Find(["Message", "Document"], end => element.Name.EndsWith(end, StringComparison.Ordinal));
        return suffix is null ? element.Name : element.Name[..^suffix.Length];
    }

    private static Type ElementOf(Type type) => type.IsArray ? type.GetElementType()! : type;

    private static JsonNode Reference(Type type) => type.IsArray
        ? new JsonObject { ["type"] = "array", ["items"] = Reference(type.GetElementType()!) }
        : new JsonObject { ["$ref"] = $"#/$defs/{NameOf(type)}" };

    private static JsonObject Define(Type type, Queue<Type> pending)
    {
        JsonTypeInfo info = CliJsonContext.Default.GetTypeInfo(type)!;
        JsonSchemaExporterOptions options = new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Transform(context, node, pending),
        };
        JsonObject schema = (JsonObject)info.GetJsonSchemaAsNode(options);
        JsonObject properties = (JsonObject)schema["properties"]!;
        JsonArray required = [.. info.Properties.Where(property => !property.IsGetNullable).Select(property => (JsonNode)property.Name)];
        Specify(type, properties);
        properties = new JsonObject(info.Properties.OrderBy(property => property.Order).Select(property =>
            KeyValuePair.Create(property.Name, (JsonNode?)properties[property.Name]!.DeepClone())));
        return new JsonObject { ["description"] = DocStrings.Summary(type), ["type"] = "object", ["properties"] = properties, ["required"] = required };
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node, Queue<Type> pending)
    {
        if (!context.Path.IsEmpty && context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            pending.Enqueue(context.TypeInfo.Type);
            node = Reference(context.TypeInfo.Type);
        }

        // What an omitted argument of the constructor is concerns no reader.
        (node as JsonObject)?.Remove("default");

        // A field that is null is left out.
        if (node is JsonObject { } schema && schema["type"] is JsonArray types)
        {
            schema["type"] = types.Select(type => type!.GetValue<string>()).Single(type => type != "null");
        }

        if (node is JsonObject described && context.PropertyInfo is { AttributeProvider: MemberInfo member } && DocStrings.Property(member) is { } description)
        {
            described.Insert(0, "description", description);
        }

        return node;
    }

    /// <summary>What the types do not tell: words that are always the same, and those that a text is one of.</summary>
    private static void Specify(Type type, JsonObject properties)
    {
        if (JsonMessages.ConstantType(type) is { } word)
        {
            properties["message_type"] = new JsonObject { ["const"] = word };
        }

        foreach ((string property, string[] words) in JsonMessages.Words(type))
        {
            ((JsonObject)properties[property]!)["enum"] = new JsonArray([.. words.Select(choice => (JsonNode)choice)]);
        }
    }
}
