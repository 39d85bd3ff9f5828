using Dedup.Cli.Scheduling;

namespace Dedup.Cli.Json;

/// <summary>What has a policy carried out again and again.</summary>
/// <param name="Kind">What starts it.</param>
/// <param name="Name">What it is called there.</param>
/// <param name="Policy">The policy's file.</param>
/// <param name="IsInstalled">Whether it is installed now.</param>
/// <param name="Files">What is written for it, or was; by 'install --print', what would be.</param>
internal sealed record ScheduleDocument(string Kind, string Name, string Policy, bool IsInstalled, IReadOnlyList<ScheduleFileDetail> Files)
{
    public static ScheduleDocument From(ScheduleHome home, ScheduledRun run, bool isInstalled, IEnumerable<ScheduleFile> files) =>
        new(home.Kind, run.Title, run.Policy, isInstalled, [.. files.Select(static file => new ScheduleFileDetail(file.Path, file.Text))]);
}
