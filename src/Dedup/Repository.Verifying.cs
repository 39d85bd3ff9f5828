using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Verifying;

namespace Dedup;

/// <content>Comparing what was restored with the snapshot.</content>
public sealed partial class Repository
{
    /// <summary>
    /// Compares a folder with the snapshot that was restored into it: every entry and its metadata, and every byte of content by its hash. Nothing of what
    /// restores has a part in it.
    /// </summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="folder">The folder that holds what the snapshot's root holds.</param>
    /// <param name="options">What of it is there.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="SourceException">The folder cannot be opened.</exception>
    public async Task<FolderVerification> VerifyFolderAsync(SnapshotId snapshot, string folder, VerificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new();
        Snapshot root = await new SnapshotReader(_store, _keys, _metadata).ReadAsync(snapshot, cancellationToken).ConfigureAwait(false);
        string resolved = new FileSystemSource([Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))]).Paths[0];
        return await _catalogue.UseAsync(async catalogue =>
        {
            await new CatalogueSynchronizer(_store, _keys, catalogue, _logger).SynchroniseAsync(cancellationToken).ConfigureAwait(false);
            using BlobReader blobs = new(_store, _keys, catalogue, _metadata);
            return new FolderVerifier(blobs, _keys, options, cancellationToken).Run(root.Tree, resolved);
        }).ConfigureAwait(false);
    }
}
