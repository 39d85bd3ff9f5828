using Dedup.Snapshots;

namespace Dedup.Cli.Json;

/// <summary>The record of a snapshot that was forgotten. Of one that was damaged, only the id and who forgot it are known.</summary>
/// <param name="Time">When the snapshot was made; left out where only its id is known.</param>
/// <param name="Paths">The paths that were backed up.</param>
/// <param name="Hostname">The host.</param>
/// <param name="Tags">The tags.</param>
/// <param name="ForgottenTime">When it was forgotten.</param>
/// <param name="ForgottenHostname">The host on which that was done.</param>
/// <param name="ForgottenUsername">The user who did it.</param>
/// <param name="ForgottenProgramVersion">The program that did it.</param>
/// <param name="Rule">The rule by which it went.</param>
/// <param name="Id">The whole id.</param>
/// <param name="ShortId">The first digits of the id.</param>
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
