using System.Text;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>The password and the keys are in no output, in no file and in no other process.</summary>
public sealed class SecretTests : IDisposable
{
    /// <summary>Found in no other file by chance.</summary>
    private const string Password = "zebra-quartz-5061-lantern";

    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public async Task They_are_in_no_output_and_no_file()
    {
        _ = _dedup.With("DEDUP_PASSWORD", Password).With("TMPDIR", _dedup.Files.Make("tmp"));
        string source = Path.GetDirectoryName(_dedup.Write("source/file", new string('x', 100_000)))!;
        string wrong = _dedup.Write("wrong", Password + "-not");
        ProgramResult[] results =
        [
            _dedup.Run("init", "-vv"),
            _dedup.Run("backup", "-vv", source),
            _dedup.Run("backup", "--json", "-vv", source),
            _dedup.Run("key", "list", "--json"),
            _dedup.Run("key", "test", "-vv"),
            _dedup.Run("find", "-vv", "file"),
            _dedup.Run("restore", "latest", "-vv", "--target", _dedup.Files["restored"]),
            _dedup.Run("check", "-vv", "--read-data"),
            _dedup.Run("prune", "-vv"),
            _dedup.Run("snapshots", "-vv", "--password-file", wrong),
            _dedup.Run("snapshots", "-vv", "--repo", _dedup.Files["nowhere"]),
            _dedup.Run("backup", "-vv", _dedup.Files["not-there"]),
        ];

        Assert.All(results[..9], result => Assert.True(result.ExitCode == 0, result.Error));
        Assert.All(results[9..], result => Assert.NotEqual(0, result.ExitCode));
        await using IObjectStore store = _dedup.Open();
        byte[] master = await MasterKeyAsync(store);
        byte[][] secrets =
        [
            Encoding.UTF8.GetBytes(Password), Encoding.Unicode.GetBytes(Password), master, Encoding.ASCII.GetBytes(Convert.ToHexString(master)),
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(master)), Encoding.ASCII.GetBytes(Convert.ToBase64String(master)),
        ];
        Assert.All(results, result => Assert.All(secrets, secret => Assert.False(Holds(Encoding.UTF8.GetBytes(result.Output + result.Error), secret), result.Error)));
        File.Delete(wrong);
        foreach (string file in Directory.EnumerateFiles(_dedup.Files.Path, "*", SearchOption.AllDirectories))
        {
            byte[] content = await File.ReadAllBytesAsync(file);
            Assert.All(secrets, secret => Assert.False(Holds(content, secret), file));
        }
    }

    [Fact]
    public void Files_of_the_cache_are_their_owners_alone()
    {
        _dedup.MakeRepository();
        string source = Path.GetDirectoryName(_dedup.Write("source/file", "x"))!;
        _dedup.Run("backup", source).Succeeds();
        _dedup.Run("find", "file").Succeeds();
        _dedup.Run("check", "--read-data").Succeeds();
        string[] files = Directory.GetFiles(_dedup.Files["cache"], "*", SearchOption.AllDirectories);
        Assert.True(files.Length >= 3, string.Join('\n', files));
        Assert.Empty(ExternalTool.Require(
            _dedup.Files["cache"], "find", ".", "-mindepth", "1", "(", "-type", "f", "!", "-perm", "600", ")", "-o", "(", "-type", "d", "!", "-perm", "700", ")"));
    }

    [Fact]
    public void A_command_whose_output_is_stored_does_not_see_the_password()
    {
        _dedup.MakeRepository();
        _dedup.With("DEDUP_FROM_PASSWORD", "another secret").Run("backup", "--stdin-from-command", "--", "env").Succeeds();
        string stored = _dedup.Run("dump", "latest", "stdin").Succeeds().Output;
        Assert.Contains("DEDUP_CACHE_DIR=", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(DedupProgram.Password, stored, StringComparison.Ordinal);
        Assert.DoesNotContain("another secret", stored, StringComparison.Ordinal);
    }

    [RootFact]
    public void The_memory_of_the_program_is_dumped_into_no_file_and_shown_to_no_other_process()
    {
        // What cannot be dumped belongs to root under /proc, whoever runs it.
        _dedup.MakeRepository();
        ExternalTool.Require(_dedup.Files.Path, "chmod", "-R", "a+rwX", ".");
        ProgramResult result = _dedup.With("DEDUP_CACHE_DIR", _dedup.Files["own-cache"]).RunBy(
            ["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"],
            "snapshots", "--password-command", "stat -c 'parent %u, own %u' /proc/$PPID/mem /proc/self/mem >&2; false");
        Assert.Contains("parent 0, own 0", result.Error, StringComparison.Ordinal);
        Assert.Contains("parent 54321, own 54321", result.Error, StringComparison.Ordinal);
    }

    private static bool Holds(byte[] content, byte[] secret) => content.AsSpan().IndexOf(secret) >= 0;

    private static async Task<byte[]> MasterKeyAsync(IObjectStore store) =>
        Convert.FromHexString((await TestRepository.FromPasswordAsync(store, Path.GetTempPath(), Credentials.FromPassword(Password))).Key);
}
