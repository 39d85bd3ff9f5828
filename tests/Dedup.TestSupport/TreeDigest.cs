using System.Security.Cryptography;
using System.Text;

namespace Dedup.TestSupport;

/// <summary>One line for a whole tree.</summary>
public static class TreeDigest
{
    /// <summary>A hash over all paths and what lies there.</summary>
    public static string Of(SortedDictionary<string, byte[]> tree)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string path, byte[] content) in tree)
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
