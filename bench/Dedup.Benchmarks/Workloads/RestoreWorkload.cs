namespace Dedup.Benchmarks;

/// <summary>A restore of a corpus into a new folder.</summary>
internal sealed class RestoreWorkload : Workload
{
    private readonly ScratchFolder _scratch = new();
    private readonly ScratchRepository _repository;
    private readonly SnapshotId _snapshot;
    private string? _target;

    public RestoreWorkload(int length)
    {
        _repository = ScratchRepository.Make(_scratch);
        _snapshot = _repository.BackUp(new SyntheticSource(new CorpusContent(length))).Snapshot.Id;
    }

    public override void Prepare()
    {
        if (_target is not null)
        {
            Directory.Delete(_target, recursive: true);
        }

        _target = _scratch.NewPath();
    }

    public override void Run() => _repository.Restore(_snapshot, _target!);

    protected override void Free()
    {
        _repository.Dispose();
        _scratch.Dispose();
    }
}
