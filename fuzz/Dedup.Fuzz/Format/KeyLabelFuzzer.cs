using System.Text;
using Dedup.Format;
using Dedup.Keys;
using Dedup.Storage;

namespace Dedup.Fuzz;

/// <summary>Labels of key slots. The input is the label, sealed with the right key.</summary>
internal sealed class KeyLabelFuzzer() : Fuzzer("key-label")
{
    private readonly KeyRing _ring = new(new MemoryStore(), FuzzKeys.Repository);

    public override int MaxLength => 3918;

    public override IEnumerable<byte[]> Seeds => [[], "laptop"u8.ToArray(), "Schlüssel \u0000 \U0001F511"u8.ToArray()];

    public override IReadOnlyList<byte[]> Words { get; } = [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0xE2, 0x82]];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        KeySlot slot = FuzzSlot.WithLabel(input);
        try
        {
            using (Allocation.AtMost(AllocationFor(input.Length)))
            {
                string label = _ring.ReadLabel(slot, FuzzKeys.Keys, Name);
                PropertyException.Require(Encoding.UTF8.GetBytes(label).AsSpan().SequenceEqual(input), "the label is read as another one");
                return Outcome.Accepted(label.Length);
            }
        }
        catch (CorruptDataException exception)
        {
            PropertyException.Require(!System.Text.Unicode.Utf8.IsValid(input), "a label of well-formed UTF-8 is refused");
            return Outcome.Rejected(exception);
        }
    }
}
