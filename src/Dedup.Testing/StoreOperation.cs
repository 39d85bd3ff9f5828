namespace Dedup.Testing;

/// <summary>The calls that a <see cref="FaultyStore"/> counts.</summary>
public enum StoreOperation
{
    /// <summary><see cref="Storage.IObjectStore.PutIfAbsentAsync(Storage.ObjectName, ReadOnlyMemory{byte}, CancellationToken)"/>, a mutation.</summary>
    Put,

    /// <summary><see cref="Storage.IObjectStore.BeginUploadAsync"/>.</summary>
    BeginUpload,

    /// <summary><see cref="Storage.IObjectUpload.AppendAsync"/>, a mutation.</summary>
    Append,

    /// <summary><see cref="Storage.IObjectUpload.ReadBackAsync"/>.</summary>
    ReadBack,

    /// <summary><see cref="Storage.IObjectUpload.PublishAsync"/>, a mutation.</summary>
    Publish,

    /// <summary><see cref="Storage.IObjectStore.ReadAsync"/>.</summary>
    Read,

    /// <summary><see cref="Storage.IObjectStore.ListAsync"/>, counted when it is enumerated.</summary>
    List,

    /// <summary><see cref="Storage.IObjectStore.InfoAsync"/>.</summary>
    Info,

    /// <summary><see cref="Storage.IObjectStore.DeleteAsync"/>, a mutation.</summary>
    Delete,
}
