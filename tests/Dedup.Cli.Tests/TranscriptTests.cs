using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>What somebody who is new to the program does wrong, and is told: a file each in Transcripts.</summary>
public sealed class TranscriptTests : IDisposable
{
    /// <summary>These mount a disk.</summary>
    private const string FullDisk = "full-disk", Unchanged = "unchanged";

    private readonly DedupProgram _dedup = new();

    public static TheoryData<string> Names => [.. Transcript.Names.Where(name => name is not (FullDisk or Unchanged))];

    public void Dispose() => _dedup.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_answered_with_what_to_do(string name) => Transcript.Read(name).Play(_dedup);

    // The folders on the way to the source belong to the snapshot, and those of other tests change.
    [MountFact]
    public void No_snapshot_is_made_of_what_did_not_change_where_that_is_wanted() => Transcript.Read(Unchanged).Play(_dedup);

    [MountFact]
    public void A_full_disk_is_told_of_and_the_next_backup_works() => Transcript.Read(FullDisk).Play(_dedup);
}
