using Dedup.Policy.Documents;
using Dedup.Sources;
using Dedup.Storage;

namespace Dedup.Policy.Running;

/// <summary>What a runner needs of the program that it runs in.</summary>
public sealed record RunnerServices
{
    /// <summary>Opens the store of a repository that is there, by its place and who asks.</summary>
    public required Func<string, S3Access?, CancellationToken, Task<IObjectStore>> OpenStore { get; init; }

    /// <summary>Opens the store of a replica, or makes an empty one.</summary>
    public required Func<string, S3Access?, CancellationToken, Task<IObjectStore>> OpenReplica { get; init; }

    /// <summary>Opens what a source backs up. The folder of the repository's catalogue is left out of it.</summary>
    public required Func<SourcePolicy, string, CancellationToken, IBackupSource> OpenSource { get; init; }

    /// <summary>Opens a repository in a store. Tests use cheaper keys.</summary>
    public Func<IObjectStore, RepositoryPolicy, RepositoryOptions, CancellationToken, Task<Repository>> OpenRepository { get; init; } =
        static async (store, repository, options, cancellationToken) =>
            await Repository.OpenAsync(store, SecretValues.ReadKey(repository.Password), options, cancellationToken).ConfigureAwait(false);

    /// <summary>How repositories are used otherwise.</summary>
    public RepositoryOptions RepositoryOptions { get; init; } = new();

    /// <summary>Sends messages to addresses of the web; <see langword="null"/> where that is not possible, which is told as a failure of the notification.</summary>
    public HttpClient? HttpClient { get; init; }

    /// <summary>Is told of each step as it ends.</summary>
    public Action<RunStep> StepEnded { get; init; } = static _ => { };

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
