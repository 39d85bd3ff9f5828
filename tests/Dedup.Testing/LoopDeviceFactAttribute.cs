using Xunit;

namespace Dedup.Testing;

/// <summary>A test that makes a block device of a file; skipped, and said so, where that cannot be done.</summary>
public sealed class LoopDeviceFactAttribute : FactAttribute
{
    /// <summary>Marks the test.</summary>
    public LoopDeviceFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess || ExternalTool.Run("/", "losetup", "--find").ExitCode != 0)
        {
            Skip = "Takes root, and loop devices.";
        }
    }
}
