using System.Reflection;

namespace Dedup.Sessions;

/// <summary>How this program names itself in what it leaves in a store.</summary>
internal static class EngineVersion
{
    /// <summary>The program and its version.</summary>
    public static string Program { get; } =
        $"dedup {typeof(EngineVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}";
}
