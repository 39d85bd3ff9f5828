using Xunit;

namespace Dedup.TestSupport;

/// <summary>A test that takes a loop device; skipped, and said so, where there is none to be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LoopDeviceFactAttribute : FactAttribute
{
    /// <summary>Marks the test.</summary>
    public LoopDeviceFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/dev/loop-control") || ExternalTool.Run("/", "losetup", "--find").ExitCode != 0)
        {
            Skip = "Takes root and a loop device.";
        }
    }
}
