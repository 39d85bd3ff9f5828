using Dedup.Policy.Documents;
using Dedup.Policy.Reading;
using Xunit;

namespace Dedup.Policy.Tests;

/// <summary>Policies for tests.</summary>
internal static class PolicyFiles
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>What a policy begins with that has one repository.</summary>
    public const string Repository = """
        zone: Europe/Amsterdam
        repositories:
          main:
            place: /var/backup
            password: {file: /etc/dedup/password}

        """;

    /// <summary>Reads a policy that must be without any mistake.</summary>
    public static BackupPolicy Read(string text)
    {
        PolicyReading reading = PolicyFile.Parse(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Empty(reading.Mistakes);
        return reading.Policy!;
    }

    /// <summary>Reads the only source of a policy.</summary>
    /// <param name="keys">Its keys, one a line.</param>
    public static SourcePolicy ReadSource(string keys) => Assert.Single(Read(
        Repository + "sources:\n  documents:\n" + string.Concat(keys.Split('\n').Select(static line => $"    {line}\n"))).Sources);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dedup.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests lie outside of the solution.");
    }
}
