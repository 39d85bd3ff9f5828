using Dedup.Sources;

namespace Dedup.Benchmarks;

/// <summary>A backup of files that have not changed since the last one.</summary>
internal sealed class WalkWorkload : Workload
{
    public const int Files = 10_000;

    private readonly ScratchFolder _scratch = new();
    private readonly ScratchRepository _repository;
    private readonly FileSystemSource _source;

    public WalkWorkload()
    {
        SourceFolder = Path.Combine(_scratch.NewPath(), "source");
        SmallFileTree.Make(SourceFolder, Files);
        _source = new FileSystemSource([SourceFolder]);
        _repository = ScratchRepository.Make(_scratch);
        _repository.BackUp(_source);

        // Files that changed in the moment of a backup are read again by the next one: not by the one after.
        _repository.BackUp(_source);
    }

    /// <summary>Where the files lie.</summary>
    public string SourceFolder { get; }

    public override void Run() => _repository.BackUp(_source);

    protected override void Free()
    {
        _repository.Dispose();
        _scratch.Dispose();
    }
}
