using System.Reflection;
using Dedup.Hosting;
using Dedup.Policy.Documents;
using Dedup.Storage;
using Dedup.Storage.S3;
using Dedup.Testing;
using Dedup.Tests.Architecture;
using Xunit;

namespace Dedup.Tests.ApiReference;

/// <summary>The reference that embedders read says what the code says.</summary>
public sealed class ApiReferenceTests
{
    private const string RemakeVariable = "DEDUP_REMAKE_API_REFERENCE";

    private static readonly Assembly[] Packages =
    [
        typeof(Repository).Assembly, typeof(IObjectStore).Assembly, typeof(S3Store).Assembly, typeof(BackupPolicy).Assembly, typeof(RepositoryAccessor).Assembly,
        typeof(ObjectStoreContract).Assembly,
    ];

    [Fact]
    public void Every_public_type_and_member_is_documented()
    {
        ApiPages pages = new(Packages);
        pages.Make();
        Assert.Empty(pages.Undocumented);
    }

    [Fact]
    public void The_reference_is_current()
    {
        string folder = Path.Combine(ProjectFiles.Root, "docs/api");
        SortedDictionary<string, string> expected = new ApiPages(Packages).Make();
        if (Environment.GetEnvironmentVariable(RemakeVariable) is { Length: > 0 })
        {
            Directory.CreateDirectory(folder);
            foreach (string file in Directory.EnumerateFiles(folder, "*.md"))
            {
                File.Delete(file);
            }

            foreach ((string name, string content) in expected)
            {
                File.WriteAllText(Path.Combine(folder, name), content);
            }
        }

        string[] there = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.md").Select(static file => Path.GetFileName(file)!)] : [];
        string[] wrong =
        [
            .. there.Except(expected.Keys),
            .. expected.Where(page => !there.Contains(page.Key) || File.ReadAllText(Path.Combine(folder, page.Key)) != page.Value).Select(static page => page.Key),
        ];
        Assert.True(wrong.Length == 0, $"docs/api is not what the docstrings say: {string.Join(", ", wrong)}. Run this test with {RemakeVariable}=1 and commit the files.");
    }
}
