using Dedup.Maintenance;

namespace Dedup.Benchmarks;

/// <summary>A check that reads all data of a corpus.</summary>
internal sealed class CheckWorkload : Workload
{
    private readonly ScratchFolder _scratch = new();
    private readonly ScratchRepository _repository;

    public CheckWorkload(int length)
    {
        _repository = ScratchRepository.Make(_scratch);
        _repository.BackUp(new SyntheticSource(new CorpusContent(length)));
    }

    public override void Run() => _repository.Check(CheckOptions.Everything);

    protected override void Free()
    {
        _repository.Dispose();
        _scratch.Dispose();
    }
}
