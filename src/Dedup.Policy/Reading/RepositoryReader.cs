using Dedup.Policy.Documents;
using Dedup.Policy.Wording;
using Dedup.Pruning;

namespace Dedup.Policy.Reading;

/// <summary>Reads repositories and their copies.</summary>
internal static class RepositoryReader
{
    public static RepositoryPolicy Read(string name, SectionReader reader, TimeZoneInfo zone)
    {
        string? place = reader.Text(RepositoryKeys.Place);
        S3Access? access = ReadAccess(reader, place);
        return new RepositoryPolicy
        {
            Name = name,
            Place = place ?? "",
            Password = SecretReader.ReadKey(reader, RepositoryKeys.Password) ?? new SecretReference(SecretKind.Environment, ""),
            Emergency = SecretReader.ReadKey(reader, RepositoryKeys.Emergency),
            S3 = access,
            CacheDirectory = reader.Text(RepositoryKeys.Cache),
            Prune = reader.Section(RepositoryKeys.Prune, section => ReadPrune(section, zone))
                ?? new PrunePolicy(ScheduleReader.ReadDefault(RepositoryKeys.PruneSchedule, zone), new PruneOptions()),
            Check = reader.Section(RepositoryKeys.Check, section => ReadCheck(section, zone))
                ?? new CheckPolicy(ScheduleReader.ReadDefault(RepositoryKeys.CheckSchedule, zone), DefaultReadWithin),
            Replicas = reader.NamedSections(RepositoryKeys.Replicas, (replica, section) => ReadReplica(replica, section, zone)),
        };
    }

    private static TimeSpan DefaultReadWithin =>
        ValueTexts.TryDuration(RepositoryKeys.ReadWithin.Default!, out TimeSpan value) is null ? value : throw new InvalidOperationException("The default of read-within is no length of time.");

    private static PrunePolicy ReadPrune(SectionReader reader, TimeZoneInfo zone)
    {
        PruneOptions options = new();
        return new PrunePolicy(
            ScheduleReader.Read(reader, RepositoryKeys.PruneSchedule, zone, hasDefault: true),
            options with
            {
                MaxUnused = reader.Share(RepositoryKeys.MaxUnused) ?? options.MaxUnused,
                Grace = reader.Duration(RepositoryKeys.Grace) ?? options.Grace,
                WaitForSessions = reader.Duration(RepositoryKeys.Wait) ?? options.WaitForSessions,
                SessionTimeout = reader.Duration(RepositoryKeys.SessionTimeout) ?? options.SessionTimeout,
                AllowLargeDeletion = reader.Boolean(RepositoryKeys.AllowLargeDeletion),
            });
    }

    private static CheckPolicy ReadCheck(SectionReader reader, TimeZoneInfo zone)
    {
        Scheduling.Schedule? schedule = ScheduleReader.Read(reader, RepositoryKeys.CheckSchedule, zone, hasDefault: true);
        TimeSpan within = reader.Duration(RepositoryKeys.ReadWithin) ?? DefaultReadWithin;
        bool readsData = reader.BooleanOrTrue(RepositoryKeys.ReadData);
        if (within < TimeSpan.FromHours(1))
        {
            reader.Add(RepositoryKeys.ReadWithin, "every byte cannot be read again and again within so short a time", "write 1h or longer, such as 30d");
        }

        if (!readsData && reader.Has(RepositoryKeys.ReadWithin))
        {
            reader.Add(RepositoryKeys.ReadWithin, "is given, but 'read-data: false' says that data is not read", "leave one of them out");
        }

        if (readsData && schedule is not null && schedule.Timetable.Gaps(Coherence.Reference).Longest > within)
        {
            reader.Add(RepositoryKeys.ReadWithin, $"checks run less often than every {DurationWords.Say(within)}, so that data would be unread for longer", "check more often, or allow a longer time");
        }

        return new CheckPolicy(schedule, readsData ? within : null);
    }

    private static ReplicaPolicy ReadReplica(string name, SectionReader reader, TimeZoneInfo zone)
    {
        string? place = reader.Text(RepositoryKeys.Place);
        return new ReplicaPolicy
        {
            Name = name,
            Place = place ?? "",
            S3 = ReadAccess(reader, place),
            Schedule = ScheduleReader.Read(reader, RepositoryKeys.ReplicaSchedule, zone),
            MayDelete = reader.Boolean(RepositoryKeys.MayDelete),
            LargestLag = reader.Duration(RepositoryKeys.LargestLag),
        };
    }

    private static S3Access? ReadAccess(SectionReader reader, string? place)
    {
        if (place is not null && !PlaceText.IsS3(place) && reader.Has(RepositoryKeys.S3))
        {
            reader.Context.Add(reader.PositionOf(RepositoryKeys.S3), reader.PathOf(RepositoryKeys.S3), "is for places in S3, and this is a folder", "leave it out, or give a place such as s3:bucket");
        }

        return reader.Section(RepositoryKeys.S3, static section =>
        {
            SecretReference? id = SecretReader.Read(section, RepositoryKeys.AccessKey), secret = SecretReader.Read(section, RepositoryKeys.SecretKey);
            string? region = section.Text(RepositoryKeys.Region);
            return id is null || secret is null ? null : new S3Access { AccessKey = id, SecretKey = secret, Region = region };
        });
    }
}
