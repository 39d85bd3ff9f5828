using Dedup.Format;
using Dedup.Snapshots;

namespace Dedup.Fuzz;

/// <summary>Sessions (format-spec.md, section 14).</summary>
internal sealed class SessionFuzzer() : SealedFuzzer<Session>("session", SealedObject.SessionMagic, FuzzKeys.Keys.Session, FuzzKeys.Session.ToArray())
{
    protected override IEnumerable<Session> Values =>
    [
        new(FuzzKeys.Session, "host", new ProcessIdentity("machine", 1234, 5678), 1_700_000_000_000_000_000, "dedup 0.1.0"),
        new(FuzzKeys.Session, "", new ProcessIdentity("", -1, 0), long.MinValue, "Ü\n"),
    ];

    protected override Session Read(ReadOnlySpan<byte> whole) => SessionFormat.Open(whole, FuzzKeys.Session, FuzzKeys.Keys, Name);

    protected override byte[] Write(Session value) => SessionFormat.Seal(value, FuzzKeys.Keys);

    protected override void ReadIndependently(byte[] whole) => FormatReader.Session.Open(FuzzKeys.Independent, FuzzKeys.Session.ToArray(), whole);

    protected override IEnumerable<long> Describe(Session value) => [value.Host.Length, value.Program.Length, value.Process.Machine.Length];
}
