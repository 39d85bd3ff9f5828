namespace Dedup.Storage;

/// <summary>What is asked of a store.</summary>
public enum StoreRequestKind
{
    /// <summary>To write an object, by one call or by an upload.</summary>
    Put,

    /// <summary>To read a range.</summary>
    Read,

    /// <summary>To list objects: one request for every <see cref="CountingStore.ObjectsPerListing"/> of them begun.</summary>
    List,

    /// <summary>To tell whether an object is there.</summary>
    Info,

    /// <summary>To delete an object.</summary>
    Delete,

    /// <summary>To lock an object, also where the store locks nothing.</summary>
    Lock,
}
