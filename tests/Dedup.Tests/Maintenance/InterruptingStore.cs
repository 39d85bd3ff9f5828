using System.Runtime.CompilerServices;
using Dedup.Storage;

namespace Dedup.Tests.Maintenance;

/// <summary>A store in which somebody else does something just before a certain object is read, or once a certain folder has been listed.</summary>
internal sealed class InterruptingStore(IObjectStore inner) : IObjectStore
{
    private readonly Lock _lock = new();

    /// <summary>Called once, before the first read of an object that <see cref="Before"/> names.</summary>
    public Func<Task>? Action { get; set; }

    /// <summary>Which reads are meant.</summary>
    public Predicate<ObjectName> Before { get; init; } = _ => false;

    /// <summary>After which listing of which folder it is done instead; 0 for none.</summary>
    public (string Folder, int Number) AfterListing { get; set; } = ("", 0);

    public string Location => inner.Location;

    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (Before(name))
        {
            await ActAsync();
        }

        return await inner.ReadAsync(name, offset, destination, cancellationToken);
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ObjectInfo> found = [];
        await foreach (ObjectInfo info in inner.ListAsync(folder, cancellationToken))
        {
            found.Add(info);
        }

        if (folder == AfterListing.Folder)
        {
            AfterListing = (folder, AfterListing.Number - 1);
            if (AfterListing.Number == 0)
            {
                await ActAsync();
            }
        }

        foreach (ObjectInfo info in found)
        {
            yield return info;
        }
    }

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(name, content, cancellationToken);

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task ActAsync()
    {
        Func<Task>? action;
        lock (_lock)
        {
            (action, Action) = (Action, null);
        }

        if (action is not null)
        {
            await action();
        }
    }
}
