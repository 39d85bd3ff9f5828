using Dedup.Snapshots;

namespace Dedup.Cli.Json;

/// <summary>The record of a snapshot that was forgotten. Of one that was damaged, only the id and who forgot it are known.</summary>
internal sealed record ForgottenDocument(
    DateTimeOffset? Time,
    IReadOnlyList<string>? Paths,
    string? Hostname,
    IReadOnlyList<string>? Tags,
    DateTimeOffset ForgottenTime,
    string ForgottenHostname,
    string ForgottenUsername,
    string ForgottenProgramVersion,
    string Rule,
    string Id,
    string ShortId)
{
    public static ForgottenDocument From(ForgottenSnapshot record)
    {
        // Every snapshot has a path.
        bool isKnown = record.Paths.Count > 0;
        return new ForgottenDocument(
            isKnown ? record.Time : null,
            isKnown ? record.Paths : null,
            isKnown ? record.Host : null,
            isKnown ? record.Tags : null,
            record.ForgottenAt,
            record.ByHost,
            record.ByUser,
            record.ByProgram,
            record.Rule,
            record.Id.ToString(),
            record.Id.ToShortString());
    }
}
