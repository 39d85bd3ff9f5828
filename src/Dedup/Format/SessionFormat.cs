using Dedup.Crypto;
using Dedup.Snapshots;

namespace Dedup.Format;

/// <summary>
/// The plaintext of a session object; the envelope binds the session's id.
/// <code>
/// start (8, ns), process id (8), process start (8), host, machine, program (texts)
/// </code>
/// </summary>
internal static class SessionFormat
{
    public static byte[] Seal(Session session, RepositoryKeys keys)
    {
        ByteWriter writer = new();
        writer.I64(session.StartedNs);
        writer.I64(session.Process.Id);
        writer.I64(session.Process.StartTicks);
        writer.Text(session.Host);
        writer.Text(session.Process.Machine);
        writer.Text(session.Program);
        return SealedObject.Seal(SealedObject.SessionMagic, keys.Session, keys.Repository, session.Id.ToArray(), writer.Written);
    }

    /// <exception cref="CorruptDataException">The object is damaged, renamed or of another repository.</exception>
    public static Session Open(ReadOnlySpan<byte> whole, SnapshotId id, RepositoryKeys keys, string objectName)
    {
        byte[] plain = SealedObject.Open(SealedObject.SessionMagic, keys.Session, keys.Repository, id.ToArray(), whole, objectName);
        ByteReader reader = new(plain, objectName);
        long startedNs = reader.I64(), process = reader.I64(), startTicks = reader.I64();
        string host = reader.Text(), machine = reader.Text();
        Session session = new(id, host, new ProcessIdentity(machine, process, startTicks), startedNs, reader.Text());
        reader.End();
        return session;
    }
}
