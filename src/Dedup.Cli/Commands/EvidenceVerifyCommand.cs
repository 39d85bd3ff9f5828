using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Evidence;
using Dedup.Recording;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup evidence verify</c>: looks whether evidence was tampered with, in the repository or in an export.</summary>
internal sealed class EvidenceVerifyCommand : CliCommand
{
    private readonly Option<string?> _file = new("--file") { Description = "Verify this export and no repository: no password is needed", HelpName = "FILE" };
    private readonly Option<string?> _publicKey = new("--public-key") { Description = "With --file: the key that it must be signed with, known from elsewhere", HelpName = "KEY" };
    private readonly Option<string?> _against = new("--against") { Description = "Also look whether the records of this earlier export are still there", HelpName = "FILE" };

    public EvidenceVerifyCommand()
        : base(
            "verify",
            "Look whether any record was changed, removed, added or moved, and whether every snapshot is on record.",
            "dedup evidence verify",
            "dedup evidence verify --against evidence-2025.jsonl",
            "dedup evidence verify --file evidence-2026.jsonl --public-key $KEY")
    {
        foreach (Option option in (Option[])[_file, _publicKey, _against])
        {
            Options.Add(option);
        }
    }

    /// <summary>Reads an export.</summary>
    /// <exception cref="CliException">It cannot be read, or is none.</exception>
    public static async Task<ExportedEvidence> ReadAsync(string option, string file, string? publicKey, CancellationToken cancellationToken)
    {
        using MemoryStream content = new(InputFile.Read(option, file));
        try
        {
            return await ExportedEvidence.ReadAsync(content, publicKey, cancellationToken);
        }
        catch (CorruptDataException exception)
        {
            throw CliException.Failure($"{file}: {exception.Message}; name a file that 'evidence export' wrote", exception);
        }
        catch (ArgumentException exception)
        {
            throw CliException.Usage($"--public-key {publicKey}: is no public key: write 64 lower-case hexadecimal digits", exception);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string? file = context.Arguments.GetValue(_file), against = context.Arguments.GetValue(_against), publicKey = context.Arguments.GetValue(_publicKey);
        if (file is null && publicKey is not null)
        {
            throw CliException.Usage("--public-key is for --file: give both or none");
        }

        if (file is not null && against is not null)
        {
            throw CliException.Usage("--file and --against exclude each other: give one of them");
        }

        EvidenceVerification verification = file is not null
            ? (await ReadAsync("--file", file, publicKey, cancellationToken)).Verification
            : await VerifyAsync(context, against, cancellationToken);
        Write(context, verification, hasOwnKey: file is not null && publicKey is null);
        return verification.IsIntact && verification.IsComplete ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<EvidenceVerification> VerifyAsync(CommandContext context, string? against, CancellationToken cancellationToken)
    {
        ExportedEvidence? earlier = against is null ? null : await ReadAsync("--against", against, null, cancellationToken);
        await using IObjectStore store = await RepositoryAccess.OpenStoreAsync(context, RepositoryAccess.Location(context.Settings), cancellationToken);
        await using Repository repository = await RepositoryAccess.OpenAsync(context, store, cancellationToken);
        if (earlier is null)
        {
            return await repository.VerifyEvidenceAsync(cancellationToken);
        }

        if (earlier.Repository != repository.Id || earlier.Verification.PublicKey != repository.EvidencePublicKey)
        {
            throw CliException.Usage($"--against {against}: is of another repository, or signed with another key; name an export of {repository.Location}");
        }

        EvidenceVerification verification = await repository.VerifyEvidenceAsync(earlier, cancellationToken);
        return verification with
        {
            Findings = [.. earlier.Verification.Findings.Select(finding => finding with { Message = $"{against}: {finding.Message}" }), .. verification.Findings],
        };
    }

    private static void Write(CommandContext context, EvidenceVerification verification, bool hasOwnKey)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, EvidenceVerificationMessage.From(verification), CliJsonContext.Default.EvidenceVerificationMessage);
            return;
        }

        foreach (EvidenceFinding finding in verification.Findings)
        {
            context.Errors.WriteLog(finding.IsTampering ? "error" : "warning", finding.Message.StartsWith(finding.ObjectName, StringComparison.Ordinal) ? finding.Message : $"{finding.ObjectName}: {finding.Message}");
        }

        context.Results.WriteLine($"{verification.Records} records, signed with key {verification.PublicKey}");
        foreach (EvidenceChainState chain in verification.Chains)
        {
            context.Results.WriteLine($"{(chain.Chain == 0 ? "own chain" : $"chain {chain.Chain:x16} of a replica")}: {chain.Records} records, the last is {chain.LastNumber} with hash {chain.LastHash}");
        }

        if (hasOwnKey)
        {
            context.Results.WriteLine("the file names this key itself: compare it with the one that you noted elsewhere");
        }

        context.Results.WriteLine(
            !verification.IsIntact ? "the evidence was TAMPERED WITH, or is damaged"
            : verification.Records == 0 ? "there is no evidence"
            : verification.IsComplete ? "the evidence is intact"
            : "the evidence is intact, but not everything is on record");
    }
}
