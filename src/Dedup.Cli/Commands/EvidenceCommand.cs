namespace Dedup.Cli.Commands;

/// <summary><c>dedup evidence</c>: the record of what was done.</summary>
internal sealed class EvidenceCommand : CommandGroup
{
    public EvidenceCommand()
        : base(
            "evidence",
            "Show, verify and export the signed record of what was done, and report on it.",
            "dedup evidence verify",
            "dedup evidence report --from 2026-01-01 --output 2026.html")
    {
        Subcommands.Add(new EvidenceListCommand());
        Subcommands.Add(new EvidenceVerifyCommand());
        Subcommands.Add(new EvidenceExportCommand());
        Subcommands.Add(new EvidenceReportCommand());
    }
}
