namespace Dedup.Storage;

/// <summary>The store holds no object of that name.</summary>
public sealed class ObjectNotFoundException : StoreException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="name">The object that was asked for.</param>
    /// <param name="location">The store's <see cref="IObjectStore.Location"/>.</param>
    public ObjectNotFoundException(ObjectName name, string location)
        : base($"{location}: there is no object {name}") => Name = name;

    /// <summary>The object that was asked for.</summary>
    public ObjectName Name { get; }
}
