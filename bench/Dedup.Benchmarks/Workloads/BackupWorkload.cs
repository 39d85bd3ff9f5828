namespace Dedup.Benchmarks;

/// <summary>A first backup of a corpus into a new repository on the local store.</summary>
internal sealed class BackupWorkload(int length) : Workload
{
    private readonly ScratchFolder _scratch = new();
    private readonly SyntheticSource _source = new(new CorpusContent(length));
    private ScratchRepository? _repository;

    public override void Prepare()
    {
        _repository?.Dispose();
        _repository = ScratchRepository.Make(_scratch);
    }

    public override void Run() => _repository!.BackUp(_source);

    protected override void Free()
    {
        _repository?.Dispose();
        _scratch.Dispose();
    }
}
