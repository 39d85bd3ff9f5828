using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Dedup.Benchmarks;

/// <summary>Data that is the same on every machine, from a seed.</summary>
internal static class SyntheticData
{
    private const int Words = 4096, MaxWordLength = 16, RecordLength = 32;
    private const int MinStretch = 64 << 10, MaxStretch = 1 << 20;

    public static byte[] Make(DataKind kind, int length, ulong seed)
    {
        byte[] data = GC.AllocateUninitializedArray<byte>(length);
        Fill(kind, data, seed);
        return data;
    }

    private static void Fill(DataKind kind, Span<byte> data, ulong seed)
    {
        switch (kind)
        {
            case DataKind.Text:
                FillText(data, seed);
                break;
            case DataKind.Records:
                FillRecords(data, seed);
                break;
            case DataKind.Random:
                FillRandom(data, seed);
                break;
            default:
                FillMixed(data, seed);
                break;
        }
    }

    private static void FillMixed(Span<byte> data, ulong seed)
    {
        ReadOnlySpan<DataKind> shares = [DataKind.Text, DataKind.Text, DataKind.Records, DataKind.Random];
        SplitMix64 random = new(seed);
        while (!data.IsEmpty)
        {
            int length = Math.Min(data.Length, MinStretch + random.Next(MaxStretch - MinStretch));
            Fill(shares[random.Next(shares.Length)], data[..length], random.Next());
            data = data[length..];
        }
    }

    private static void FillText(Span<byte> data, ulong seed)
    {
        // The vocabulary is one for all seeds, as a language is.
        byte[] vocabulary = new byte[Words * MaxWordLength];
        SplitMix64 letters = new(1);
        for (int i = 0; i < vocabulary.Length; i++)
        {
            vocabulary[i] = (byte)('a' + letters.Next(26));
        }

        SplitMix64 random = new(seed);
        int position = 0;
        while (position < data.Length)
        {
            // The product of two even numbers prefers the small: some words are much more frequent than others.
            int word = random.Next(Words) * random.Next(Words) / Words;
            int length = Math.Min(2 + (word % (MaxWordLength - 3)), data.Length - position);
            vocabulary.AsSpan(word * MaxWordLength, length).CopyTo(data[position..]);
            position += length;
            if (position < data.Length)
            {
                data[position++] = random.Next(12) == 0 ? (byte)'\n' : (byte)' ';
            }
        }
    }

    private static void FillRecords(Span<byte> data, ulong seed)
    {
        SplitMix64 random = new(seed);
        Span<byte> record = stackalloc byte[RecordLength];
        record.Clear();
        for (int number = 0; !data.IsEmpty; number++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(record, number);
            BinaryPrimitives.WriteInt32LittleEndian(record[4..], random.Next(1 << 10));
            BinaryPrimitives.WriteUInt64LittleEndian(record[8..], random.Next());
            BinaryPrimitives.WriteInt32LittleEndian(record[16..], random.Next(4));
            int length = Math.Min(RecordLength, data.Length);
            record[..length].CopyTo(data);
            data = data[length..];
        }
    }

    private static void FillRandom(Span<byte> data, ulong seed)
    {
        SplitMix64 random = new(seed);
        Span<ulong> numbers = MemoryMarshal.Cast<byte, ulong>(data);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = random.Next();
        }

        for (int i = numbers.Length * sizeof(ulong); i < data.Length; i++)
        {
            data[i] = (byte)random.Next(256);
        }
    }
}
