using System.Text;
using Dedup.Storage;

namespace Dedup.Fuzz;

/// <summary>A store whose listings are out of order, tell things twice, tell of objects that are not there, and of wrong lengths.</summary>
/// <param name="inner">What it holds.</param>
/// <param name="script">What becomes of the listings, always the same.</param>
internal sealed class ListingStore(IObjectStore inner, byte[] script) : IObjectStore
{
    /// <summary>Where objects are none of a repository's if they are not there: elsewhere they would be missing, which is another matter.</summary>
    private static readonly string[] Forgiving = [RepositoryObjects.Gc, RepositoryObjects.Swept, RepositoryObjects.Sessions, RepositoryObjects.Keys];

    /// <summary>Whether an object that is there was listed with a wrong length: then it is none that anybody must be able to read.</summary>
    public bool IsLying { get; private set; }

    public string Location => inner.Location;

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => inner.PutIfAbsentAsync(name, content, cancellationToken);

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) => inner.ReadAsync(name, offset, destination, cancellationToken);

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string folder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ObjectInfo> listed = [];
        await foreach (ObjectInfo info in inner.ListAsync(folder, cancellationToken))
        {
            listed.Add(info);
        }

        // The store in memory has no order of its own.
        listed.Sort(static (left, right) => string.CompareOrdinal(left.Name.Value, right.Name.Value));
        Change(listed, folder);
        foreach (ObjectInfo info in listed)
        {
            yield return info;
        }
    }

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void Change(List<ObjectInfo> listed, string folder)
    {
        InputReader choices = new(script);
        while (!choices.IsEmpty)
        {
            byte action = choices.Byte();
            int place = choices.Byte();
            switch (action % 5)
            {
                case 0 when listed.Count > 0:
                    listed.Add(listed[place % listed.Count]);
                    break;
                case 1 when listed.Count > 0:
                    listed.Reverse(place % listed.Count, listed.Count - (place % listed.Count));
                    break;
                case 2 when ObjectName.TryParse($"{folder}/{place:x2}foreign.name", out ObjectName foreign):
                    listed.Insert(0, new ObjectInfo(foreign, place));
                    break;
                case 3 when ObjectName.TryParse($"{folder}/{Encoding.ASCII.GetString(choices.Take(place % 80))}", out ObjectName made) && IsHarmless(folder, made):
                    listed.Add(new ObjectInfo(made, place));
                    break;
                case 4 when listed.Count > 0:
                    IsLying = true;
                    listed[place % listed.Count] = new ObjectInfo(listed[place % listed.Count].Name, choices.Long() & long.MaxValue);
                    break;
                default:
                    break;
            }
        }
    }

    private static bool IsHarmless(string folder, ObjectName name) =>
        Forgiving.Contains(folder) || !(Bytes32.TryParse(name.Leaf, out _) || SnapshotId.TryParse(name.Leaf, out _));
}
