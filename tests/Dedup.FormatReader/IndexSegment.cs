namespace Dedup.FormatReader;

/// <summary>Which blob lies in which pack (section 10).</summary>
public sealed record IndexSegment(List<IndexedPack> Packs, List<string> Replaced)
{
    public static IndexSegment Open(RepositoryKeys keys, byte[] content)
    {
        Limits.Check((ulong)content.Length, Limits.IndexSegment, "length of an index segment");
        return Parse(Envelope.Open(keys, keys.Index, "DEDUPIDX", [], content));
    }

    public static IndexSegment Parse(byte[] plaintext)
    {
        var reader = new FieldReader(plaintext);
        uint packs = reader.U32();
        uint replaced = reader.U32();
        uint entries = reader.U32();
        reader.Reserved(4);
        var segment = new IndexSegment([], []);
        for (uint i = 0; i < packs; i++)
        {
            segment.Packs.Add(ParsePack(ref reader));
        }

        for (uint i = 0; i < replaced; i++)
        {
            segment.Replaced.Add(reader.Id());
        }

        segment.ParseEntries(ref reader, entries);
        reader.End();
        return segment;
    }

    private static IndexedPack ParsePack(ref FieldReader reader)
    {
        var pack = new IndexedPack(reader.Id(), reader.U64(), reader.U32(), reader.U8(), []);
        reader.Reserved(3);
        Limits.Check(pack.Length, Limits.Pack, "length of a pack");
        Limits.Check(pack.Count, Limits.BlobsInPack, "number of blobs in a pack");
        return pack.Kind is Pack.DataKind or Pack.TreeKind
            ? pack
            : throw new RejectedException($"Packs of kind {pack.Kind} are not defined.");
    }

    private void ParseEntries(ref FieldReader reader, uint count)
    {
        var seen = new HashSet<(uint Place, uint Ordinal)>();
        string previous = "";
        for (uint i = 0; i < count; i++)
        {
            string id = reader.Id();
            uint place = reader.U32();
            uint ordinal = reader.U32();
            uint offset = reader.U32();
            uint storedLength = reader.U32();
            uint plainLength = reader.U32();
            var entry = new BlobEntry(id, reader.U8(), reader.U8(), plainLength, storedLength, ordinal, offset);
            reader.Reserved(2);
            if (string.CompareOrdinal(previous, id) > 0 || place >= Packs.Count || ordinal >= Packs[(int)place].Count || !seen.Add((place, ordinal)))
            {
                throw new RejectedException("The entries of an index segment are out of order, out of range or listed twice.");
            }

            IndexedPack pack = Packs[(int)place];
            if (offset < Pack.HeaderLength)
            {
                throw new RejectedException("A record begins inside of the pack's header.");
            }

            Limits.Check((ulong)offset + storedLength, pack.Length, "end of a record");
            pack.Entries.Add(entry.Check(pack.Kind));
            previous = id;
        }

        if (Packs.Exists(pack => pack.Entries.Count != (int)pack.Count))
        {
            throw new RejectedException("An index segment does not list a pack whole.");
        }
    }
}
