using Dedup.Storage;
using Dedup.Telemetry;
using Dedup.Testing;

namespace Dedup.Tests.Telemetry;

public sealed class MeasuredStoreContractTests : ObjectStoreContract, IDisposable
{
    private readonly MemoryStore _inner = new();
    private readonly TelemetryRecorder _recorder = new();
    private readonly RepositoryTelemetry _telemetry = new(new string('0', 64), TimeProvider.System);

    public void Dispose()
    {
        _telemetry.Dispose();
        _recorder.Dispose();
    }

    protected override ValueTask<IObjectStore> OpenAsync() => new(new MeasuredStore(_inner, _telemetry, TimeProvider.System));
}
