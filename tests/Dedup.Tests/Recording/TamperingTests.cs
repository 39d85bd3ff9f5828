using System.Text;
using Dedup.Evidence;
using Dedup.Maintenance;
using Dedup.Recording;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Recording;

/// <summary>Whatever is done to records by who has no key is found, in the store by a machine that saw them, and in an export.</summary>
public sealed class TamperingTests(ITestOutputHelper output)
{
    private const int Tamperings = 1000, Records = 12;

    [Fact]
    public async Task All_of_a_thousand_random_tamperings_with_the_store_are_found()
    {
        const int seed = 20261122;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        using EvidenceScene scene = await MakeAsync();
        StoreContent original = await StoreContent.ReadAsync(scene.Store);
        for (int i = 0; i < Tamperings; i++)
        {
            StoreContent changed = await StoreContent.ReadAsync(scene.Store);
            string what = TamperWithStore(changed, random);
            await using IObjectStore store = changed.ToStore();
            EvidenceVerification verification = await scene.VerifyAsync(store);
            Assert.False(verification.IsIntact, $"tampering {i} of seed {seed} was not found: {what}");
        }

        await using IObjectStore untouched = original.ToStore();
        Assert.Empty((await scene.VerifyAsync(untouched)).Findings);
    }

    [Fact]
    public async Task All_of_a_thousand_random_tamperings_with_an_export_are_found()
    {
        const int seed = 42;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        using EvidenceScene scene = await MakeAsync();
        (string key, string[] lines) = await ExportAsync(scene);
        for (int i = 0; i < Tamperings; i++)
        {
            List<string> changed = [.. lines];
            string what = TamperWithLines(changed, random);
            Assert.False(await IsIntactAsync(changed, key), $"tampering {i} of seed {seed} was not found: {what}");
        }

        Assert.True(await IsIntactAsync(lines, key));
    }

    [Fact]
    public async Task An_export_is_verified_with_the_public_key_alone_and_not_with_another()
    {
        using EvidenceScene scene = await MakeAsync();
        (string key, string[] lines) = await ExportAsync(scene);
        ExportedEvidence export = await ReadAsync(lines, key);
        Assert.Empty(export.Verification.Findings);
        Assert.Equal(Records, export.Records.Count);
        Assert.Equal((await scene.ReadAsync()).Select(record => record.Hash), export.Records.Select(record => record.Hash));
        Assert.True((await ReadAsync(lines, null)).Verification.IsIntact);
        Assert.False((await ReadAsync(lines, new string('1', 64))).Verification.IsIntact);
        await Assert.ThrowsAsync<CorruptDataException>(() => ReadAsync(["{}"], null));
        await Assert.ThrowsAsync<CorruptDataException>(() => ReadAsync([], null));
        await Assert.ThrowsAsync<ArgumentException>(() => ReadAsync(lines, "xyz"));
    }

    /// <summary>A machine that never saw the later records cannot tell; who kept an export can.</summary>
    [Fact]
    public async Task An_earlier_export_tells_that_the_end_was_cut_off_and_the_ledger_tells_it_to_who_saw_it()
    {
        using EvidenceScene scene = await MakeAsync();
        (string key, string[] lines) = await ExportAsync(scene);
        StoreContent content = await StoreContent.ReadAsync(scene.Store);
        content.Remove(RepositoryObjects.EvidenceRecord(0, Records).Value);
        await using IObjectStore cut = content.ToStore();
        Assert.Equal(EvidenceFindingKind.Truncated, Assert.Single((await scene.VerifyAsync(cut)).Findings, finding => finding.IsTampering).Kind);

        await using Repository stranger = await scene.OpenAsync(cut, scene.Repository.NewFolder());
        Assert.True((await stranger.VerifyEvidenceAsync(default)).IsIntact);
        ExportedEvidence export = await ReadAsync(lines, key);
        Assert.Equal(EvidenceFindingKind.Truncated, Assert.Single((await stranger.VerifyEvidenceAsync(export, default)).Findings, finding => finding.IsTampering).Kind);
    }

    [Fact]
    public async Task A_check_tells_of_tampering_as_damage()
    {
        using EvidenceScene scene = await MakeAsync();
        StoreContent content = await StoreContent.ReadAsync(scene.Store);
        content.Remove(RepositoryObjects.EvidenceRecord(0, 3).Value);
        await using IObjectStore store = content.ToStore();
        await using Repository repository = await scene.OpenAsync(store);
        CheckReport report = await repository.CheckAsync(CheckOptions.Structure, null, default);
        CheckFinding finding = Assert.Single(report.Findings);
        Assert.Equal((FindingKind.DamagedEvidence, "evidence/0000000000000000-0000000000000003"), (finding.Kind, finding.ObjectName));
        Assert.False(report.IsClean);
    }

    /// <summary>Who has the password can forge anything; what was seen or exported before, it cannot make unseen.</summary>
    [Fact]
    public async Task A_chain_that_is_written_anew_with_the_key_is_told_from_the_one_that_was_seen()
    {
        using EvidenceScene scene = await MakeAsync();
        StoreContent content = await StoreContent.ReadAsync(scene.Store);
        foreach (string name in content.In("evidence"))
        {
            content.Remove(name);
        }

        await using IObjectStore store = content.ToStore();
        string forger = scene.Repository.NewFolder();
        for (int i = 0; i < Records; i++)
        {
            await scene.BackUpAsync(store, forger);
        }

        Assert.Contains((await scene.VerifyAsync(store)).Findings, finding => finding.Kind == EvidenceFindingKind.Replaced);
    }

    private static async Task<EvidenceScene> MakeAsync()
    {
        EvidenceScene scene = await EvidenceScene.MakeAsync();
        for (int i = 0; i < Records; i++)
        {
            await scene.BackUpAsync();
        }

        scene.Time.Now += TimeSpan.FromHours(1);
        return scene;
    }

    private static string TamperWithStore(StoreContent content, Random random)
    {
        string[] names = [.. content.In("evidence")];
        string name = names[random.Next(names.Length)], other = names[(Array.IndexOf(names, name) + 1 + random.Next(names.Length - 1)) % names.Length];
        byte[] bytes = content[name];
        switch (random.Next(8))
        {
            case 0:
                int bit = random.Next(bytes.Length * 8);
                bytes = [.. bytes];
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                content[name] = bytes;
                return $"bit {bit} of {name} changed";
            case 1:
                content.Remove(name);
                return $"{name} deleted";
            case 2:
                (content[name], content[other]) = (content[other], content[name]);
                return $"{name} and {other} swapped";
            case 3:
                content[name] = content[other];
                return $"{other} put in the place of {name}";
            case 4:
                string last = RepositoryObjects.EvidenceRecord(0, Records + 1 + random.Next(3)).Value;
                content[last] = bytes;
                return $"{name} inserted as {last}";
            case 5:
                int keep = random.Next(names.Length);
                foreach (string gone in names.Skip(keep))
                {
                    content.Remove(gone);
                }

                return $"all after {keep} deleted";
            case 6:
                int length = random.Next(bytes.Length);
                content[name] = bytes[..length];
                return $"{name} cut to {length} bytes";
            default:
                string chain = random.Next(2) == 0 ? RepositoryObjects.EvidenceRecord((ulong)random.NextInt64(1, long.MaxValue), 1).Value : "evidence/x";
                content[chain] = bytes;
                return $"{name} inserted as {chain}";
        }
    }

    private static string TamperWithLines(List<string> lines, Random random)
    {
        int line = random.Next(lines.Count), other = (line + 1 + random.Next(lines.Count - 1)) % lines.Count;
        switch (random.Next(6))
        {
            case 0:
                int place = random.Next(lines[line].Length);
                char letter = (char)('!' + random.Next(90));
                if (lines[line][place] == letter)
                {
                    letter++;
                }

                lines[line] = lines[line][..place] + letter + lines[line][(place + 1)..];
                return $"character {place} of line {line} made {letter}";
            case 1:
                lines.RemoveAt(line);
                return $"line {line} deleted";
            case 2:
                (lines[line], lines[other]) = (lines[other], lines[line]);
                return $"lines {line} and {other} swapped";
            case 3:
                lines.Insert(other, lines[line]);
                return $"line {line} inserted at {other}";
            case 4:
                lines.RemoveRange(line, lines.Count - line);
                return $"cut off at line {line}";
            default:
                int at = random.Next(lines[line].Length);
                lines[line] = lines[line][..at] + ' ' + lines[line][at..];
                return $"a space put into line {line} at {at}";
        }
    }

    private static async Task<(string Key, string[] Lines)> ExportAsync(EvidenceScene scene)
    {
        await using Repository repository = await scene.OpenAsync();
        using MemoryStream stream = new();
        Assert.Equal(Records, await repository.ExportEvidenceAsync(stream, default));
        return (repository.EvidencePublicKey, Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n'));
    }

    private static async Task<bool> IsIntactAsync(IReadOnlyList<string> lines, string key)
    {
        try
        {
            return (await ReadAsync(lines, key)).Verification.IsIntact;
        }
        catch (CorruptDataException)
        {
            return false;
        }
    }

    private static async Task<ExportedEvidence> ReadAsync(IReadOnlyList<string> lines, string? key)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        return await ExportedEvidence.ReadAsync(stream, key, default);
    }
}
