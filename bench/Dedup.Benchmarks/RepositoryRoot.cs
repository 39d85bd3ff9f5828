namespace Dedup.Benchmarks;

/// <summary>The folder of the solution, in which committed figures lie.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string start)
    {
        DirectoryInfo? folder = new(start);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Dedup.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"{start} is not below a folder with Dedup.sln: run this from its build folder, as 'dotnet run' does.");
    }
}
