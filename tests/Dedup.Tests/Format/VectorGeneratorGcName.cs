using System.Text;
using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>Vectors of the names of records of prunes, without "gc/" (section 3).</summary>
internal static class VectorGeneratorGcName
{
    private const string Kind = "gc-name";

    public static IEnumerable<FormatVector> All()
    {
        yield return Accept("mark", "0000000000000001.mark", 1, GcRecordKind.Mark);
        yield return Accept("sweep", "0123456789abcdef.sweep", 0x0123456789ABCDEF, GcRecordKind.Sweep);
        yield return Accept("last number", "7fffffffffffffff.done", long.MaxValue, GcRecordKind.Retirement);

        yield return Reject("number 0", "numbers begin at 1", "0000000000000000.mark");
        yield return Reject("number beyond 63 bits", "numbers are below 2^63", "8000000000000000.mark");
        yield return Reject("number most", "numbers are below 2^63", "ffffffffffffffff.mark");
        yield return Reject("upper case", "hex is lower case", "000000000000000A.mark");
        yield return Reject("upper case step", "names are exact", "000000000000000a.Mark");
        yield return Reject("15 digits", "there are 16 digits", "000000000000001.mark");
        yield return Reject("17 digits", "there are 16 digits", "00000000000000001.mark");
        yield return Reject("short", "there are 16 digits", "1.mark");
        yield return Reject("no digits", "there are 16 digits", ".mark");
        yield return Reject("no digit", "there are 16 digits", "000000000000000g.mark");
        yield return Reject("blank", "there are 16 digits", " 000000000000001.mark");
        yield return Reject("sign", "there are 16 digits", "+000000000000001.mark");
        yield return Reject("prefix", "there are 16 digits", "0x00000000000001.mark");
        yield return Reject("other step", "names are exact", "0000000000000001.retired");
        yield return Reject("step by its long name", "names are exact", "0000000000000001.retirement");
        yield return Reject("no step", "names are exact", "0000000000000001");
        yield return Reject("empty step", "names are exact", "0000000000000001.");
        yield return Reject("no dot", "names are exact", "0000000000000001mark");
        yield return Reject("two steps", "names are exact", "0000000000000001.mark.sweep");
        yield return Reject("dot at the end", "names are exact", "0000000000000001.mark.");
        yield return Reject("two dots", "names are exact", "0000000000000001..mark");
        yield return Reject("empty", "names are exact", "");
    }

    private static FormatVector Accept(string name, string leaf, ulong number, GcRecordKind step) =>
        new(Kind, name, "a record's name", Encoding.ASCII.GetBytes(leaf), [("number", $"{number}"), ("step", $"{step}")]);

    private static FormatVector Reject(string name, string rule, string leaf) => new(Kind, name, rule, Encoding.ASCII.GetBytes(leaf), null);
}
