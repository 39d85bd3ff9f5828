using Xunit;

namespace Dedup.TestSupport;

/// <summary>A test that takes root's rights; skipped, and said so, without them.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    /// <summary>Marks the test.</summary>
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "Takes root.";
        }
    }
}
