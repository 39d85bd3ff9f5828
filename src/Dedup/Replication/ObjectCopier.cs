using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Replication;

/// <summary>Copies single objects, and compares those that are there already. Never overwrites.</summary>
internal sealed class ObjectCopier(ReplicationContext context)
{
    private const int BufferLength = 1 << 20;

    /// <summary>Bytes that came wrong over a network may come right when they are asked for again.</summary>
    private const int Attempts = 2;

    /// <summary>Copies an object that is named by the hash of its content, which is compared before the copy gets its name.</summary>
    /// <exception cref="StoreException">A store failed.</exception>
    public async Task<CopyOutcome> CopyHashedAsync(ObjectName name, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            IObjectUpload upload = await context.Target.BeginUploadAsync(cancellationToken).ConfigureAwait(false);
            await using (upload.ConfigureAwait(false))
            {
                Bytes32? hash = await ReadAsync(context.Source, name, upload, cancellationToken).ConfigureAwait(false);
                if (hash is null)
                {
                    return CopyOutcome.Vanished;
                }

                if (Is(name, hash.Value))
                {
                    return await PublishAsync(upload, name, cancellationToken).ConfigureAwait(false);
                }
            }

            if (attempt == Attempts)
            {
                TellDamagedInSource(name);
                return CopyOutcome.Failed;
            }
        }
    }

    /// <summary>Copies records of forgotten snapshots.</summary>
    /// <exception cref="StoreException">A store failed.</exception>
    public Task CopyForgottenAsync(IReadOnlyCollection<ObjectInfo> records) => context.ForEachAsync(
        records, (info, stop) => CopySmallAsync(info.Name, _ => info.Name, SealedObject.ForgottenMagic.ToArray(), Limits.MaxForgottenLength, stop));

    /// <summary>
    /// Copies a small object whose name says nothing of its content: it is read twice, and must begin as such an object does.
    /// </summary>
    /// <param name="from">Its name in the source.</param>
    /// <param name="nameOf">What it is called in the target, by its content.</param>
    /// <param name="magic">How it begins.</param>
    /// <param name="maxLength">How long it can be.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="StoreException">A store failed.</exception>
    public async Task<CopyOutcome> CopySmallAsync(
        ObjectName from, Func<byte[], ObjectName> nameOf, ReadOnlyMemory<byte> magic, long maxLength, CancellationToken cancellationToken)
    {
        byte[] content;
        try
        {
            content = await StoreReading.ReadAllAsync(context.Source, from, maxLength, cancellationToken).ConfigureAwait(false);
            byte[] again = await StoreReading.ReadAllAsync(context.Source, from, maxLength, cancellationToken).ConfigureAwait(false);
            if (!content.AsSpan().StartsWith(magic.Span) || content.Length < SealedObject.Overhead || !content.AsSpan().SequenceEqual(again))
            {
                TellDamagedInSource(from);
                return CopyOutcome.Failed;
            }
        }
        catch (ObjectNotFoundException)
        {
            return CopyOutcome.Vanished;
        }
        catch (CorruptDataException)
        {
            TellDamagedInSource(from);
            return CopyOutcome.Failed;
        }

        ObjectName name = nameOf(content);
        if (await context.Target.PutIfAbsentAsync(name, content, cancellationToken).ConfigureAwait(false))
        {
            context.NoteCopied(content.Length);
            return CopyOutcome.Copied;
        }

        return await HoldsAsync(name, content, maxLength, cancellationToken).ConfigureAwait(false) ? CopyOutcome.Copied : TellDiffers(name);
    }

    /// <summary>Looks at the hashed objects that both stores hold: at those of another length than the source's in any case, at the others when told to verify.</summary>
    /// <returns>Those that are damaged in the target.</returns>
    /// <exception cref="StoreException">A store failed.</exception>
    public async Task<IReadOnlyCollection<ObjectName>> CompareHashedAsync(
        IReadOnlyDictionary<ObjectName, long> source, IReadOnlyDictionary<ObjectName, long> present, bool verify)
    {
        ConcurrentBag<ObjectName> damaged = [];
        await context.ForEachAsync(
            [.. present.Where(entry => source.TryGetValue(entry.Key, out long length) && (verify || length != entry.Value)).Select(entry => new ObjectInfo(entry.Key, entry.Value))],
            async (info, stop) =>
            {
                if (!await VerifyHashedAsync(info.Name, source[info.Name], stop).ConfigureAwait(false))
                {
                    damaged.Add(info.Name);
                }
            }).ConfigureAwait(false);
        return damaged;
    }

    /// <summary>Looks whether the target's object is what its name says.</summary>
    /// <returns>Whether it is.</returns>
    /// <exception cref="StoreException">A store failed.</exception>
    private async Task<bool> VerifyHashedAsync(ObjectName name, long sourceLength, CancellationToken cancellationToken)
    {
        Bytes32? hash = await ReadAsync(context.Target, name, null, cancellationToken).ConfigureAwait(false);
        if (hash is not null && Is(name, hash.Value))
        {
            context.NoteVerified();
            if (await context.Target.InfoAsync(name, cancellationToken).ConfigureAwait(false) is { } info && info.Length != sourceLength)
            {
                TellDamagedInSource(name);
            }

            return true;
        }

        TellDamagedInTarget(name);
        return false;
    }

    /// <summary>Compares objects that both stores hold byte for byte: those of other lengths in any case, the others when told to verify.</summary>
    /// <exception cref="StoreException">A store failed.</exception>
    public Task CompareSmallAsync(IEnumerable<ObjectInfo> source, IReadOnlyDictionary<ObjectName, long> present, long maxLength, bool verify) => context.ForEachAsync(
        [.. source.Where(info => present.TryGetValue(info.Name, out long length) && (verify || length != info.Length))],
        (info, stop) => CompareSmallAsync(info.Name, maxLength, stop));

    private async Task CompareSmallAsync(ObjectName name, long maxLength, CancellationToken cancellationToken)
    {
        try
        {
            byte[] content = await StoreReading.ReadAllAsync(context.Source, name, maxLength, cancellationToken).ConfigureAwait(false);
            if (await HoldsAsync(name, content, maxLength, cancellationToken).ConfigureAwait(false))
            {
                context.NoteVerified();
            }
            else
            {
                TellDiffers(name);
            }
        }
        catch (ObjectNotFoundException)
        {
            // Forgotten since it was listed.
        }
        catch (CorruptDataException)
        {
            TellDiffers(name);
        }
    }

    private static bool Is(ObjectName name, Bytes32 hash) => Bytes32.TryParse(name.Leaf, out Bytes32 id) && id.Equals(hash);

    private async Task<CopyOutcome> PublishAsync(IObjectUpload upload, ObjectName name, CancellationToken cancellationToken)
    {
        long length = upload.Length;
        if (await upload.PublishAsync(name, cancellationToken).ConfigureAwait(false))
        {
            context.NoteCopied(length);
            return CopyOutcome.Copied;
        }

        // Somebody else has copied it meanwhile.
        return await VerifyHashedAsync(name, length, cancellationToken).ConfigureAwait(false) ? CopyOutcome.Copied : CopyOutcome.Failed;
    }

    /// <summary>Reads an object to its end, and passes it on.</summary>
    /// <returns>The hash of what was read; <see langword="null"/> when there is no such object.</returns>
    private static async Task<Bytes32?> ReadAsync(IObjectStore store, ObjectName name, IObjectUpload? upload, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            // What is longer than any object is damaged, however long it goes on.
            for (long offset = 0; offset <= Limits.MaxPackLength; offset += BufferLength)
            {
                int length = await store.ReadAsync(name, offset, buffer.AsMemory(0, BufferLength), cancellationToken).ConfigureAwait(false);
                hash.AppendData(buffer, 0, length);
                if (upload is not null && length > 0)
                {
                    await upload.AppendAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
                }

                if (length < BufferLength)
                {
                    break;
                }
            }

            return new Bytes32(hash.GetHashAndReset());
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<bool> HoldsAsync(ObjectName name, byte[] content, long maxLength, CancellationToken cancellationToken)
    {
        try
        {
            byte[] present = await StoreReading.ReadAllAsync(context.Target, name, maxLength, cancellationToken).ConfigureAwait(false);
            return present.AsSpan().SequenceEqual(content);
        }
        catch (Exception exception) when (exception is CorruptDataException or ObjectNotFoundException)
        {
            return false;
        }
    }

    private void TellDamagedInSource(ObjectName name) => context.Add(
        ReplicationProblemKind.DamagedInSource,
        name.Value,
        $"{context.Source.Location}: {name}: is damaged and was not copied; run 'check --read-data' there, then 'repair'");

    private void TellDamagedInTarget(ObjectName name) => context.Add(
        ReplicationProblemKind.DamagedInTarget,
        name.Value,
        $"{context.Target.Location}: {name}: is damaged and was not overwritten; delete it there, and the next replication copies it again");

    private CopyOutcome TellDiffers(ObjectName name)
    {
        context.Add(
            ReplicationProblemKind.Differs,
            name.Value,
            $"{context.Target.Location}: {name}: is not what {context.Source.Location} holds under that name, and was not overwritten; run 'check' on both to see which one is right");
        return CopyOutcome.Failed;
    }
}
