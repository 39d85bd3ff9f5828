namespace Dedup.FormatReader;

/// <summary>Finds and opens blobs (section 20).</summary>
public sealed class BlobIndex
{
    private readonly IReadOnlyDictionary<string, byte[]> _objects;
    private readonly RepositoryKeys _keys;
    private readonly Dictionary<string, Pack> _packs = [];
    private readonly Dictionary<string, List<(string PackId, BlobEntry Entry)>> _places = [];

    public BlobIndex(IReadOnlyDictionary<string, byte[]> objects, RepositoryKeys keys, BlobSource source)
    {
        _objects = objects;
        _keys = keys;
        foreach (string id in RepositoryReader.Named(objects, source == BlobSource.Segments ? "index/" : "packs/", 64))
        {
            try
            {
                Add(id, source);
            }
            catch (RejectedException e)
            {
                Problems.Add($"{id}: {e.Message}");
            }
        }
    }

    /// <summary>Segments or packs that were set aside, because they are damaged.</summary>
    public List<string> Problems { get; } = [];

    public int Count => _places.Count;

    public byte[] Read(string id, byte kind)
    {
        string problem = "it is not listed";
        foreach ((string packId, BlobEntry entry) in _places.GetValueOrDefault(id, []))
        {
            try
            {
                return entry.Kind == kind ? OpenPack(packId).ReadBlob(entry) : throw new RejectedException($"it is of kind {entry.Kind}");
            }
            catch (RejectedException e)
            {
                problem = e.Message;
            }
        }

        throw new RejectedException($"No whole blob {id} of kind {kind}: {problem}.");
    }

    private void Add(string id, BlobSource source)
    {
        switch (source)
        {
            case BlobSource.Segments:
                IndexSegment.Open(_keys, _objects[$"index/{id}"]).Packs.ForEach(pack => Add(pack.Id, pack.Entries));
                break;
            case BlobSource.Footers:
                Add(id, OpenPack(id).ReadFooter());
                break;
            default:
                Add(id, OpenPack(id).ScanRecords());
                break;
        }
    }

    private void Add(string packId, List<BlobEntry> entries)
    {
        foreach (BlobEntry entry in entries)
        {
            if (!_places.TryGetValue(entry.Id, out List<(string PackId, BlobEntry Entry)>? places))
            {
                _places.Add(entry.Id, places = []);
            }

            places.Add((packId, entry));
        }
    }

    private Pack OpenPack(string id)
    {
        if (!_packs.TryGetValue(id, out Pack? pack))
        {
            byte[] content = _objects.GetValueOrDefault($"packs/{id}") ?? throw new RejectedException($"the pack {id} is missing");
            _packs.Add(id, pack = Pack.Open(_keys, content));
        }

        return pack;
    }
}
