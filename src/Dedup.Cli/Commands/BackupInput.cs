using System.Text;
using Dedup.Filtering;
using Dedup.Sources;

namespace Dedup.Cli.Commands;

/// <summary>What is backed up: a stream, or files, of which the repository and what this program keeps of it on this machine are no part.</summary>
internal sealed class BackupInput
{
    private readonly IBackupSource? _stream;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _paths = [];
    private readonly FileSystemSourceOptions _options = new();

    private BackupInput(IBackupSource stream) => _stream = stream;

    private BackupInput(IReadOnlyList<ReadOnlyMemory<byte>> paths, FileSystemSourceOptions options)
    {
        _paths = paths;
        _options = options;
    }

    public static BackupInput OfStream(IBackupSource stream) => new(stream);

    public static BackupInput OfFiles(IReadOnlyList<ReadOnlyMemory<byte>> paths, FileSystemSourceOptions options) => new(paths, options);

    /// <summary>Makes sure that the repository would not store itself.</summary>
    /// <param name="location">The repository's folder, or another store.</param>
    /// <exception cref="CliException">It lies in what is to be backed up, and nothing leaves it out.</exception>
    public void RequireOutside(string location)
    {
        if (_stream is not null || S3Settings.IsMeant(location))
        {
            return;
        }

        FileSystemSource source = FileSystemSource.FromBytes(_paths, _options);
        string config = Resolve(Path.Combine(location, "config"));
        string? around = source.Paths.FirstOrDefault(path => path == "/" || config.StartsWith(path + "/", StringComparison.Ordinal));
        bool isLeftOut = around is not null
            && (_options.Excludes.Match(Encoding.UTF8.GetBytes(config)).IsMatch || (File.Exists(config) && !source.Meets(config)));
        if (around is not null && !isLeftOut)
        {
            throw CliException.Usage($"{around}: contains the repository {location}, which would store itself and grow with each backup; name other paths, leave it out with --exclude, or move the repository");
        }
    }

    /// <summary>The source.</summary>
    /// <param name="cache">The folder of what this program keeps of the repository on this machine; left out, as it changes with each backup.</param>
    public IBackupSource Open(string cache) => _stream ?? FileSystemSource.FromBytes(
        _paths, _options with { Excludes = _options.Excludes.And(PathPattern.ForPath(Resolve(cache))) });

    // A source resolves links on the way to its paths: so does this.
    private static string Resolve(string path) => new FileSystemSource([path]).Paths[0];
}
