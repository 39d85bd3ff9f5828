using Dedup.Storage;

namespace Dedup.Hosting;

/// <summary>Which repository a host has, and how it uses it.</summary>
public sealed class DedupHostOptions
{
    /// <summary>Opens the store that the repository lies in; the host disposes of it. Called once each time the repository is opened. Has to be set.</summary>
    public Func<IServiceProvider, IObjectStore>? OpenStore { get; set; }

    /// <summary>Gives what opens the repository, such as a password from the configuration. Has to be set.</summary>
    public Func<IServiceProvider, Credentials>? Credentials { get; set; }

    /// <summary>How a repository is made where the store is empty; <see langword="null"/> not to make any, as is right where backups must be there already.</summary>
    public CreateOptions? Create { get; set; }

    /// <summary>How the repository is used. The host's clock and logs take the place of those that are not set here.</summary>
    public RepositoryOptions Repository { get; set; } = new();

    /// <summary>Whether the repository is opened when the host starts, so that what is set wrongly ends the start; otherwise when it is first asked for.</summary>
    public bool OpenAtStart { get; set; } = true;
}
