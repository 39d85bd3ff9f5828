using Dedup.Testing;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>What somebody who is new to the program does wrong, and is told: a file each in Transcripts.</summary>
public sealed class TranscriptTests : IDisposable
{
    /// <summary>Mounts a small disk.</summary>
    private const string FullDisk = "full-disk";

    private readonly DedupProgram _dedup = new();

    public static TheoryData<string> Names => [.. Transcript.Names.Where(name => name != FullDisk)];

    public void Dispose() => _dedup.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_answered_with_what_to_do(string name) => Transcript.Read(name).Play(_dedup);

    [MountFact]
    public void A_full_disk_is_told_of_and_the_next_backup_works() => Transcript.Read(FullDisk).Play(_dedup);
}
