namespace Dedup.Backup;

/// <summary>Something for a thread of the backup to do.</summary>
internal abstract class Job
{
    /// <summary>Does it.</summary>
    public abstract void Run(FileReader reader);
}
