using System.Globalization;
using Xunit;

namespace Dedup.TestSupport;

/// <summary>A test that mounts file systems; reported as skipped, with the reason, where this process may not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    // CAP_SYS_ADMIN of linux/capability.h
    private const int MountCapability = 21;

    /// <summary>Creates the attribute.</summary>
    public MountFactAttribute()
    {
        if (!MayMount())
        {
            Skip = "This process may not mount file systems: run the tests as root.";
        }
    }

    private static bool MayMount()
    {
        const string key = "CapEff:";
        string? line = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))
            : null;
        return line is not null
            && (ulong.Parse(line.AsSpan(key.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> MountCapability & 1) == 1;
    }
}
