using System.Text.Json;

namespace Dedup.Cli.Output;

/// <summary>The names of kinds of findings, written as fields of JSON are.</summary>
internal static class KindText
{
    public static string Of<TKind>(TKind kind)
        where TKind : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
