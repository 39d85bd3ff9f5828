using Dedup.Backup;
using Dedup.Compression;
using Dedup.Crypto;
using Dedup.FormatReader;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Format;

/// <summary>A tree with every oddity, and repositories that the engine made of it, as dictionaries from object names to bytes.</summary>
public sealed class BackedUpTree : IDisposable
{
    internal const string Password = "pässword";

    /// <summary>More than a page takes, so that a directory and a list split for certain.</summary>
    private const int ManyFiles = 4200, ManyPieces = 2100;

    private const int PieceLength = 4096;

    /// <summary>Far enough apart for a hole between: the engine reads shorter ones than 64 KiB as zeros.</summary>
    private const int PieceDistance = PieceLength + (64 << 10);

    private readonly ScratchDirectory _scratch = new();
    private readonly Dictionary<string, Dictionary<string, byte[]>> _repositories = [];

    public BackedUpTree()
    {
        Root = _scratch.Make("source");
        ReferenceTree.Make(Root, ManyFiles);
        using var maker = TreeMaker.Open(Root);
        var random = new Random(20261122);
        byte[] large = new byte[1 << 20];
        random.NextBytes(large);
        maker.File("more than sixteen chunks"u8, large);
        byte[] pieces = large[..PieceLength];
        maker.SparseFile(
            "more extents than a page takes"u8, (long)ManyPieces * PieceDistance,
            [.. Enumerable.Range(0, ManyPieces).Select(i => ((long)i * PieceDistance, BitConverter.GetBytes(i).Concat(pieces[4..]).ToArray()))]);
        maker.Directory("empty"u8).Dispose();
        Entries = SourceWalk.Read(Root);
    }

    /// <summary>What was backed up.</summary>
    internal string Root { get; }

    /// <summary>What the tree holds, by path.</summary>
    internal Dictionary<string, (NodeMetadata Metadata, byte[] Content, byte[] Target, IReadOnlyList<ExtendedAttribute> Attributes)> Entries { get; }

    public void Dispose() => _scratch.Dispose();

    /// <summary>The objects of a repository that holds the tree.</summary>
    internal async Task<Dictionary<string, byte[]>> BackUpAsync(string compression)
    {
        if (!_repositories.TryGetValue(compression, out Dictionary<string, byte[]>? objects))
        {
            objects = await MakeAsync(compression);
            _repositories.Add(compression, objects);
        }

        return new Dictionary<string, byte[]>(objects);
    }

    private async Task<Dictionary<string, byte[]>> MakeAsync(string compression)
    {
        string folder = _scratch[compression];
        Assert.True(CompressionOptions.TryParse(compression, out CompressionOptions? codec));
        var create = new CreateOptions { AverageChunkLength = 16 << 10, Compression = codec, KeyLabel = "first key" };
        var options = new RepositoryOptions { CacheDirectory = _scratch["cache"] };
        await using LocalStore store = LocalStore.Create(folder);
        await using Repository repository = await Repository.CreateAsync(
            store, Credentials.FromPassword(Password), create, options, new PasswordCost(PasswordCost.MinPasses, PasswordCost.MinMemory), default);
        var backup = new BackupOptions { Host = "host", User = "user", Tags = ["täg"] };
        await repository.BackupAsync(new FileSystemSource([Root]), backup, null, default);
        return RepositoryFolder.Load(folder);
    }
}
