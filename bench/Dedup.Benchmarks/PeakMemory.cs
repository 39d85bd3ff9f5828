using System.Globalization;

namespace Dedup.Benchmarks;

/// <summary>The most memory that this process held at once, resident, all of it.</summary>
internal static class PeakMemory
{
    /// <summary>Gives back what earlier work left behind, and begins anew from what is left.</summary>
    public static void Reset()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        // proc(5): 5 sets the peak back to what is resident now.
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    /// <summary>In bytes, since it was reset.</summary>
    public static long Read()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }
}
