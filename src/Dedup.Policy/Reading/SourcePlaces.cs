using System.Text;
using Dedup.Filtering;
using Dedup.Policy.Documents;

namespace Dedup.Policy.Reading;

/// <summary>Finds sources that would store the repository that they go to, or what another stores already.</summary>
internal static class SourcePlaces
{
    public static void Check(BackupPolicy policy, ReadingContext context)
    {
        foreach (SourcePolicy source in policy.Sources)
        {
            if (source.Content is PathContent content)
            {
                CheckRepositories(policy, content, context);
            }
        }

        Dictionary<(string Repository, string Path), string> seen = [];
        foreach ((SourcePolicy source, string path) in policy.Sources.SelectMany(static source => PathsOf(source.Content).Select(path => (source, path))))
        {
            if (!seen.TryAdd((source.Repository, path.TrimEnd('/')), source.Name) && seen[(source.Repository, path.TrimEnd('/'))] is { } first && first != source.Name)
            {
                context.AddAt(path, $"'{path}' is backed up by the source '{first}' too, into the same repository", "leave one of them out", MistakeSeverity.Warning);
            }
        }
    }

    private static void CheckRepositories(BackupPolicy policy, PathContent content, ReadingContext context)
    {
        foreach (string place in policy.Repositories.SelectMany(static repository => repository.Replicas.Select(static replica => replica.Place).Prepend(repository.Place)))
        {
            string? around = PlaceText.IsS3(place) || place.Length == 0 ? null : content.Include.FirstOrDefault(path => Contains(path, place));
            if (around is not null && !IsLeftOut(content, place))
            {
                context.AddAt(around, $"'{around}' contains '{place}', where backups lie, which would grow with each backup", $"add 'exclude: {place}', or name other paths");
            }
        }
    }

    private static bool Contains(string folder, string path) => (path.TrimEnd('/') + "/").StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static bool IsLeftOut(PathContent content, string place)
    {
        try
        {
            return new PathPatterns(content.Exclude.Select(static pattern => PathPattern.Parse(pattern))).Match(Encoding.UTF8.GetBytes(place.TrimEnd('/'))).IsMatch;
        }
        catch (BadPatternException)
        {
            // Told already, where the pattern stands.
            return true;
        }
    }

    private static IReadOnlyList<string> PathsOf(SourceContent content) => content switch
    {
        PathContent paths => paths.Include,
        SqliteContent database => [database.File],
        GitContent git => [git.Repository],
        DiskImageContent image => [image.Device],
        _ => [],
    };
}
