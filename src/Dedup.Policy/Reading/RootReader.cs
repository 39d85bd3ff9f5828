using Dedup.Policy.Documents;

namespace Dedup.Policy.Reading;

/// <summary>Reads the file as a whole.</summary>
internal static class RootReader
{
    /// <returns>The policy; parts that are wrong are missing from it, and told.</returns>
    public static BackupPolicy Read(SectionReader reader, string document, string digest)
    {
        string? title = reader.Text(PolicyKeys.Title), host = reader.Text(PolicyKeys.Host), state = reader.Text(PolicyKeys.State);
        TimeZoneInfo zone = reader.Zone(PolicyKeys.Zone) ?? TimeZoneInfo.Local;
        IReadOnlyList<RepositoryPolicy> repositories = reader.NamedSections(PolicyKeys.Repositories, (name, section) => RepositoryReader.Read(name, section, zone));
        BackupPolicy policy = new()
        {
            Title = title ?? PolicyKeys.Title.Default!,
            Digest = digest,
            Document = document,
            Host = host ?? Environment.MachineName,
            Zone = zone,
            StateDirectory = state,
            Listen = reader.Loopback(PolicyKeys.Listen),
            Repositories = repositories,
            Sources = reader.NamedSections(PolicyKeys.Sources, (name, section) => SourceReader.Read(name, section, zone, repositories)),
            Notifications = reader.Sections(PolicyKeys.Notifications, NotificationReader.Read),
        };
        reader.Finish();
        return policy;
    }
}
