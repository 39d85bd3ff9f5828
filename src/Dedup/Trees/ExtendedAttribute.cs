namespace Dedup.Trees;

/// <summary>An extended attribute as the file system has it; access control lists are extended attributes too.</summary>
/// <param name="Name">The name with its namespace, such as <c>user.comment</c>, as raw bytes.</param>
/// <param name="Value">The value.</param>
public sealed record ExtendedAttribute(byte[] Name, byte[] Value);
