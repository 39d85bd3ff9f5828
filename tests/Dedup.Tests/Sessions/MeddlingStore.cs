using System.Runtime.CompilerServices;
using Dedup.Storage;

namespace Dedup.Tests.Sessions;

/// <summary>A store on which others do something at the worst moment: between two steps of whoever uses it.</summary>
internal sealed class MeddlingStore(IObjectStore inner) : IObjectStore
{
    /// <summary>Done before a folder is listed.</summary>
    public Func<string, Task> BeforeList { get; set; } = _ => Task.CompletedTask;

    /// <summary>Done before a range of an object is read.</summary>
    public Func<ObjectName, Task> BeforeRead { get; set; } = _ => Task.CompletedTask;

    public string Location => inner.Location;

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(name, content, cancellationToken);

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        await BeforeRead(name);
        return await inner.ReadAsync(name, offset, destination, cancellationToken);
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await BeforeList(folder);
        await foreach (ObjectInfo info in inner.ListAsync(folder, cancellationToken))
        {
            yield return info;
        }
    }

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
