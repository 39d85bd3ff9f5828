using Dedup.Crypto;
using Dedup.Snapshots;

namespace Dedup.Format;

/// <summary>
/// The plaintext of the record of a forgotten snapshot; the envelope binds the snapshot's id.
/// <code>
/// when it was forgotten (8, ns), offset of that clock from UTC in minutes (2, signed)
/// time of the snapshot (8, ns), its offset from UTC in minutes (2, signed)
/// by host, by user, by program, rule, host of the snapshot (texts)
/// count of paths (2), each a text     count of tags (2), each a text
/// </code>
/// </summary>
internal static class ForgottenFormat
{
    public static byte[] Seal(ForgottenSnapshot forgotten, RepositoryKeys keys)
    {
        ByteWriter writer = new();
        SnapshotTextFormat.WriteTime(writer, forgotten.ForgottenAt);
        SnapshotTextFormat.WriteTime(writer, forgotten.Time);
        writer.Text(forgotten.ByHost);
        writer.Text(forgotten.ByUser);
        writer.Text(forgotten.ByProgram);
        writer.Text(forgotten.Rule);
        writer.Text(forgotten.Host);
        SnapshotTextFormat.WritePaths(writer, forgotten.Paths);
        SnapshotTextFormat.WriteTags(writer, forgotten.Tags);
        return SealedObject.Seal(SealedObject.ForgottenMagic, keys.Forgotten, keys.Repository, forgotten.Id.ToArray(), writer.Written);
    }

    /// <exception cref="CorruptDataException">The record is damaged, renamed or of another repository.</exception>
    public static ForgottenSnapshot Open(ReadOnlySpan<byte> whole, SnapshotId id, RepositoryKeys keys, string objectName)
    {
        byte[] plain = SealedObject.Open(SealedObject.ForgottenMagic, keys.Forgotten, keys.Repository, id.ToArray(), whole, objectName);
        ByteReader reader = new(plain, objectName);
        ForgottenSnapshot forgotten = new()
        {
            Id = id,
            ForgottenAt = SnapshotTextFormat.ReadTime(ref reader),
            Time = SnapshotTextFormat.ReadTime(ref reader),
            ByHost = reader.Text(),
            ByUser = reader.Text(),
            ByProgram = reader.Text(),
            Rule = reader.Text(),
            Host = reader.Text(),
            Paths = SnapshotTextFormat.ReadPaths(ref reader),
            Tags = SnapshotTextFormat.ReadTags(ref reader),
        };
        reader.End();
        return forgotten;
    }
}
