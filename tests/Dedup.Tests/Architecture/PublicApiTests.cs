using System.Reflection;
using Dedup.Hosting;
using Dedup.Policy.Documents;
using Dedup.Storage;
using Dedup.Storage.S3;
using Dedup.Testing;
using Xunit;

namespace Dedup.Tests.Architecture;

/// <summary>The public API is what users build on: it changes on purpose or not at all.</summary>
public sealed class PublicApiTests
{
    private const string RemakeVariable = "DEDUP_REMAKE_PUBLIC_API";

    [Fact]
    public void The_engine_offers_what_is_written_down() => Compare(typeof(Repository).Assembly);

    [Fact]
    public void The_stores_offer_what_is_written_down() => Compare(typeof(IObjectStore).Assembly);

    [Fact]
    public void The_store_in_S3_offers_what_is_written_down() => Compare(typeof(S3Store).Assembly);

    [Fact]
    public void Policies_offer_what_is_written_down() => Compare(typeof(BackupPolicy).Assembly);

    [Fact]
    public void The_repository_in_a_host_offers_what_is_written_down() => Compare(typeof(RepositoryAccessor).Assembly);

    [Fact]
    public void The_contract_of_stores_offers_what_is_written_down() => Compare(typeof(ObjectStoreContract).Assembly);

    private static void Compare(Assembly assembly)
    {
        string path = Path.Combine(ProjectFiles.Root, $"tests/Dedup.Tests/Architecture/PublicApi.{assembly.GetName().Name}.txt");
        string actual = string.Concat(ApiDescription.Lines(assembly).Select(static line => line + "\n"));
        if (Environment.GetEnvironmentVariable(RemakeVariable) is { Length: > 0 })
        {
            File.WriteAllText(path, actual);
        }

        string[] expected = File.Exists(path) ? File.ReadAllLines(path) : [];
        string[] lines = actual.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] differences = [.. expected.Except(lines).Select(static line => "- " + line), .. lines.Except(expected).Select(static line => "+ " + line)];
        Assert.True(
            differences.Length == 0,
            $"The public API differs from {path}. If it is meant to, run this test with {RemakeVariable}=1 and commit the file.\n{string.Join('\n', differences)}");
    }
}
