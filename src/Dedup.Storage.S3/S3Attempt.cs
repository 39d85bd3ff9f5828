namespace Dedup.Storage.S3;

/// <summary>What is being tried, as messages say it.</summary>
/// <param name="What">Such as <c>write the object</c>.</param>
/// <param name="Where">The object's name, or the folder's; empty for the store.</param>
/// <param name="Permission">The action that a policy must allow, such as <c>s3:PutObject</c>.</param>
internal readonly record struct S3Attempt(string What, string Where, string Permission)
{
    public static S3Attempt Write(ObjectName name) => new("write the object", name.Value, "s3:PutObject");

    public static S3Attempt Read(ObjectName name) => new("read the object", name.Value, "s3:GetObject and s3:ListBucket");

    public static S3Attempt Ask(ObjectName name) => new("ask for the object", name.Value, "s3:GetObject and s3:ListBucket");

    public static S3Attempt Delete(ObjectName name) => new("delete the object", name.Value, "s3:DeleteObject");

    public static S3Attempt List(string folder) => new("list the objects", folder, "s3:ListBucket");

    public static S3Attempt Lock(ObjectName name) => new("lock the object", name.Value, "s3:PutObjectRetention");

    public static S3Attempt ReadLock(ObjectName name) => new("ask how long the object is locked", name.Value, "s3:GetObjectRetention");
}
