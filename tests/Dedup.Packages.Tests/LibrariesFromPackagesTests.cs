using System.Globalization;
using System.Text.RegularExpressions;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Packages.Tests;

/// <summary>The build switch of docs/dependencies.md: LZ4, Argon2id and Ed25519 from packages instead of the system's libraries.</summary>
public sealed class LibrariesFromPackagesTests : IDisposable
{
    private const string Vectors = "FullyQualifiedName~Dedup.Tests.Native|FullyQualifiedName~Dedup.Tests.Compression|FullyQualifiedName~Dedup.Tests.Crypto|FullyQualifiedName~Dedup.Tests.Format";

    /// <summary>A little less than there are; more may be added.</summary>
    private const int LeastVectors = 1500;

    private readonly ScratchDirectory _scratch = new();

    [Fact]
    public void With_them_the_engine_builds_without_a_warning_and_meets_every_vector()
    {
        string output = PackageFeed.Dotnet(
            PackageFeed.Root, "test", "tests/Dedup.Tests", "-c", "Release", "-p:DedupLibraries=packages", "-warnaserror", "--artifacts-path", _scratch[""], "-nologo", "--filter", Vectors);
        Assert.NotEmpty(Directory.GetFiles(_scratch["bin"], "K4os.Compression.LZ4.dll", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.GetFiles(_scratch["bin"], "NSec.Cryptography.dll", SearchOption.AllDirectories));
        Match passed = Regex.Match(output, @"Failed: +0, Passed: +(\d+), Skipped: +0");
        Assert.True(passed.Success, output);
        Assert.InRange(int.Parse(passed.Groups[1].Value, CultureInfo.InvariantCulture), LeastVectors, int.MaxValue);
    }

    public void Dispose() => _scratch.Dispose();
}
