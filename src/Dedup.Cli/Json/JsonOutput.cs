using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dedup.Cli.Json;

/// <summary>One JSON document a line. All that is not ASCII is escaped, so a line is safe on a terminal too.</summary>
internal static class JsonOutput
{
    public static string Serialize<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    /// <summary>Writes a line at once, for who reads along.</summary>
    public static void WriteLine<T>(TextWriter output, T value, JsonTypeInfo<T> type)
    {
        output.Write(Serialize(value, type) + "\n");
        output.Flush();
    }
}
