using System.Runtime.CompilerServices;
using Amazon.S3.Model;

namespace Dedup.Storage.S3;

/// <summary>Lists the objects of a folder, page by page.</summary>
internal sealed class S3Lister(S3Connection connection, S3StoreOptions options)
{
    /// <inheritdoc cref="IObjectStore.ListAsync"/>
    public async IAsyncEnumerable<ObjectInfo> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string prefix = options.Location.KeyPrefix;
        string? token = null;
        do
        {
            ListObjectsV2Response page = await AskAsync(folder, token, cancellationToken).ConfigureAwait(false);
            foreach (S3Object found in page.S3Objects ?? [])
            {
                // Keys that others put there, and what a server sends although nobody asked for it, are none of ours.
                if (found.Key.StartsWith(prefix, StringComparison.Ordinal)
                    && ObjectName.TryParse(found.Key[prefix.Length..], out ObjectName name)
                    && name.Folder == folder)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return new ObjectInfo(name, found.Size ?? throw Broken(folder, "without their lengths"));
                }
            }

            string? next = page.IsTruncated == true ? page.NextContinuationToken : null;
            // A page that is not the last and leads nowhere must not pass for the end.
            if (page.IsTruncated == true && (string.IsNullOrEmpty(next) || next == token))
            {
                throw Broken(folder, "in pages that lead nowhere");
            }

            token = next;
        }
        while (token is not null);
    }

    private Task<ListObjectsV2Response> AskAsync(string folder, string? token, CancellationToken cancellationToken) => connection.CallAsync(
        S3Attempt.List(folder),
        (client, watch) => client.ListObjectsV2Async(
            new ListObjectsV2Request
            {
                BucketName = options.Location.Bucket,
                Prefix = options.Location.KeyPrefix + (folder.Length == 0 ? "" : folder + "/"),
                // What lies deeper is summed up instead of listed.
                Delimiter = "/",
                MaxKeys = options.ListPageLength,
                ContinuationToken = token,
            },
            watch.Token),
        cancellationToken);

    private StoreException Broken(string folder, string how) =>
        new($"{connection.Location}/{folder}: the server lists objects {how}; report it to who runs the server");
}
