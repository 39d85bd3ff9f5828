using System.Text;
using Dedup.Trees;
using Dedup.WebDav;

namespace Dedup.Fuzz;

/// <summary>Paths of requests, as they stand in their first line. No name leads elsewhere, and a path that is written anew is read as the same names.</summary>
internal sealed class RequestPathFuzzer() : Fuzzer("request-path")
{
    public override int MaxLength => 512;

    public override IEnumerable<byte[]> Seeds => ["/word/2026/a%20b/"u8.ToArray(), "/%2e%2E/%2f/%00?query"u8.ToArray(), "//a//%C3%A4%ff~-_."u8.ToArray(), "*"u8.ToArray(), "http://localhost/a"u8.ToArray(), "/a/../b/./%"u8.ToArray()];

    public override IReadOnlyList<byte[]> Words { get; } = ["%2e"u8.ToArray(), "%2F"u8.ToArray(), "%00"u8.ToArray(), "../"u8.ToArray(), "/./"u8.ToArray(), "%"u8.ToArray(), "?"u8.ToArray(), "#"u8.ToArray(), "\\"u8.ToArray(), "%5c"u8.ToArray()];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        // A server reads the line as bytes; those above ASCII are no part of an address.
        string target = Encoding.Latin1.GetString(input);
        byte[][]? names;
        using (Allocation.AtMost(AllocationFor(input.Length)))
        {
            names = RequestPath.Parse(target);
        }

        if (names is null)
        {
            return new Outcome(0);
        }

        PropertyException.Require(target.StartsWith('/') && names.Sum(static name => name.Length) <= target.Length, "names that do not stand in the path");
        StringBuilder written = new("/");
        foreach (byte[] name in names)
        {
            PropertyException.Require(
                name.Length > 0 && !name.AsSpan().ContainsAny((byte)'/', (byte)0) && !name.AsSpan().SequenceEqual("."u8) && !name.AsSpan().SequenceEqual(".."u8), "a name leads elsewhere");
            RequestPath.Append(written, EntryName.FromBytes(name), isDirectory: true);
        }

        PropertyException.Require(
            RequestPath.Parse(written.ToString()) is { } again && again.Select(Convert.ToHexString).SequenceEqual(names.Select(Convert.ToHexString)), "a path written anew leads elsewhere");
        return Outcome.Accepted(1, names.Length, names.Sum(static name => name.Length), names.Sum(static name => name.Count(static b => b >= 0x80)));
    }
}
