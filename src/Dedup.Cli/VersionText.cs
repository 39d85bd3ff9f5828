using System.Reflection;
using System.Runtime.InteropServices;

namespace Dedup.Cli;

/// <summary>Which program this is.</summary>
internal static class VersionText
{
    /// <summary>The version of the program, such as <c>0.1.0</c>.</summary>
    public static string Version =>
        typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static int Print()
    {
        Console.Out.WriteLine($"dedup {Version} (.NET {Environment.Version} on linux {RuntimeInformation.ProcessArchitecture})");
        return ExitCodes.Done;
    }
}
