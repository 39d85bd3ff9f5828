using Dedup.Policy.Documents;

namespace Dedup.Policy.Reading;

/// <summary>Reads sources.</summary>
internal static class SourceReader
{
    /// <param name="name">What the policy calls it.</param>
    /// <param name="reader">Its section.</param>
    /// <param name="zone">The policy's zone.</param>
    /// <param name="repositories">The repositories that there are: a source need not name the only one.</param>
    /// <returns>The source; <see langword="null"/> where it has nothing to back up, which is told.</returns>
    public static SourcePolicy? Read(string name, SectionReader reader, TimeZoneInfo zone, IReadOnlyList<RepositoryPolicy> repositories)
    {
        string? repository = reader.Text(SourceKeys.Repository) ?? (repositories.Count == 1 ? repositories[0].Name : null);
        SourceContent? content = ContentReader.Read(reader);
        if (repositories.Count > 1 && !reader.Has(SourceKeys.Repository))
        {
            reader.Context.Add(reader.Position, reader.Path, "the key 'repository' is missing, and there are several repositories", $"write 'repository: {repositories[0].Name}'");
        }

        IReadOnlyList<string> tags = reader.Texts(SourceKeys.Tags);
        foreach (string tag in tags.Where(static tag => tag.Contains(',', StringComparison.Ordinal) || tag.StartsWith(SourcePolicy.TagPrefix, StringComparison.Ordinal)))
        {
            reader.Context.AddAt(tag, $"'{tag}' is no tag that can be given here", $"leave out commas, and '{SourcePolicy.TagPrefix}' at the beginning");
        }

        SourcePolicy source = new()
        {
            Name = name,
            Repository = repository ?? "",
            Content = content ?? new PathContent { Include = [] },
            Tags = tags,
            Schedule = ScheduleReader.Read(reader, SourceKeys.Schedule, zone),
            Retention = reader.Section(SourceKeys.Retention, RetentionReader.Read),
            Objectives = reader.Section(SourceKeys.Objectives, ReadObjectives) ?? new Objectives(LargestLoss: null, LongestRecovery: null),
            Drill = reader.Section(SourceKeys.Drill, section => ReadDrill(section, zone)),
        };
        return reader.Section(SourceKeys.HookSection, static section => new Hooks(section.Sections(SourceKeys.Before, ReadHook), section.Sections(SourceKeys.After, ReadHook))) is { } hooks
            ? source with { Before = hooks.Before, After = hooks.After }
            : source;
    }

    private static Objectives ReadObjectives(SectionReader reader)
    {
        TimeSpan? loss = reader.Duration(SourceKeys.LargestLoss), recovery = reader.Duration(SourceKeys.LongestRecovery);
        foreach ((PolicyKey key, TimeSpan? value) in new[] { (SourceKeys.LargestLoss, loss), (SourceKeys.LongestRecovery, recovery) })
        {
            if (value == TimeSpan.Zero)
            {
                reader.Add(key, "no time at all cannot be reached", "write a time such as 24h, or leave the key out");
            }
        }

        return new Objectives(loss, recovery);
    }

    private static DrillPolicy? ReadDrill(SectionReader reader, TimeZoneInfo zone)
    {
        Scheduling.Schedule? schedule = ScheduleReader.Read(reader, SourceKeys.DrillSchedule, zone);
        double sample = reader.Share(SourceKeys.Sample) ?? 1;
        if (sample == 0)
        {
            reader.Add(SourceKeys.Sample, "'0%' restores nothing", "write a share above 0%, or leave the drill out");
        }

        string? replica = reader.Text(SourceKeys.From), scratch = reader.Text(SourceKeys.Scratch);
        IReadOnlyList<CommandWords> checks = reader.Commands(SourceKeys.Checks);
        IReadOnlyList<string> queries = reader.Texts(SourceKeys.Queries);
        return schedule is null ? null : new DrillPolicy
        {
            Schedule = schedule,
            Sample = sample,
            Replica = replica,
            ScratchDirectory = scratch,
            Checks = checks,
            Queries = queries,
        };
    }

    private static HookPolicy? ReadHook(SectionReader reader)
    {
        CommandWords? command = reader.Command(SourceKeys.HookRun);
        if (command is { Words: ["/bin/sh", "-c", ['-', ..]] })
        {
            // A list of hooks is a list of commands: who meant the words of one would have each run by itself.
            reader.Add(SourceKeys.HookRun, "the command begins with '-', as an argument does", "write one command of several words as '{run: [lvcreate, --snapshot]}', or as one text");
        }

        bool stops = reader.Text(SourceKeys.OnFailure) is null or "stop";
        TimeSpan limit = reader.Duration(SourceKeys.TimeLimit) ?? TimeSpan.FromHours(1);
        IReadOnlyList<string> variables = reader.Texts(ContentKeys.Variables) is { Count: > 0 } given ? given : [];
        return command is null ? null : new HookPolicy(command, stops, limit) { Variables = variables };
    }

    private sealed record Hooks(IReadOnlyList<HookPolicy> Before, IReadOnlyList<HookPolicy> After);
}
