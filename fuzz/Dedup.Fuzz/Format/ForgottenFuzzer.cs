using Dedup.Format;
using Dedup.Snapshots;

namespace Dedup.Fuzz;

/// <summary>Records of forgotten snapshots (format-spec.md, section 16).</summary>
internal sealed class ForgottenFuzzer()
    : SealedFuzzer<ForgottenSnapshot>("forgotten", SealedObject.ForgottenMagic, FuzzKeys.Keys.Forgotten, FuzzKeys.Session.ToArray())
{
    /// <summary>Two times with their offsets: the engine keeps times of 100 ns, the format of one.</summary>
    private const int TimesLength = 20;

    protected override IEnumerable<ForgottenSnapshot> Values =>
    [
        new()
        {
            Id = FuzzKeys.Session, Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), ForgottenAt = DateTimeOffset.UnixEpoch,
            Host = "host", Paths = ["/home", "/etc"], Tags = ["a", "b"], ByHost = "other", ByUser = "ann", ByProgram = "dedup 0.1.0", Rule = "30 daily",
        },
        new() { Id = FuzzKeys.Session, Time = default(DateTimeOffset).AddYears(1800), ForgottenAt = DateTimeOffset.UnixEpoch, Host = "", Paths = [], ByHost = "", ByUser = "", Rule = "" },
    ];

    protected override ForgottenSnapshot Read(ReadOnlySpan<byte> whole) => ForgottenFormat.Open(whole, FuzzKeys.Session, FuzzKeys.Keys, Name);

    protected override byte[] Write(ForgottenSnapshot value) => ForgottenFormat.Seal(value, FuzzKeys.Keys);

    protected override void ReadIndependently(byte[] whole) => FormatReader.Forgotten.Open(FuzzKeys.Independent, FuzzKeys.Session.ToArray(), whole);

    protected override bool SaysTheSame(ReadOnlySpan<byte> read, ReadOnlySpan<byte> written) => read[TimesLength..].SequenceEqual(written[TimesLength..]);

    protected override IEnumerable<long> Describe(ForgottenSnapshot value) => [value.Paths.Count, value.Tags.Count, value.Rule.Length, value.ByUser.Length];
}
