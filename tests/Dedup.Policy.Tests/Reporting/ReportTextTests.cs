using System.Text.RegularExpressions;
using Dedup.Evidence;
using Dedup.Policy.Reporting;
using Xunit;

namespace Dedup.Policy.Tests.Reporting;

public sealed class ReportTextTests
{
    [Fact]
    public void Every_text_is_there_in_both_languages()
    {
        Assert.Equal(Enum.GetValues<ReportText>().Order(), ReportTexts.All.Keys.Order());
        Assert.All(ReportTexts.All, text =>
        {
            Assert.NotEmpty(text.Value.English);
            Assert.NotEmpty(text.Value.Dutch);
            Assert.Equal(Regex.Count(text.Value.English, @"\{\d\}"), Regex.Count(text.Value.Dutch, @"\{\d\}"));
        });
    }

    [Fact]
    public void Every_action_and_result_has_a_name_in_both_languages()
    {
        foreach (ReportLanguage language in Enum.GetValues<ReportLanguage>())
        {
            Assert.All(Enum.GetValues<EvidenceAction>(), action => Assert.DoesNotMatch(@"^\d+$", ReportTexts.Of(action, language)));
            Assert.All(Enum.GetValues<EvidenceResult>(), result => Assert.NotEmpty(ReportTexts.Of(result, language)));
        }
    }

    [Theory]
    [InlineData(0, "0.0 s", "0,0 s")]
    [InlineData(59, "59 s", "59 s")]
    [InlineData(3660, "1 h 1 min", "1 u 1 min")]
    [InlineData(90_061, "1 d 1 h", "1 d 1 u")]
    public void Durations_are_told_in_their_two_largest_units(int seconds, string english, string dutch)
    {
        Assert.Equal(english, new ReportFormat(ReportLanguage.English).Duration(TimeSpan.FromSeconds(seconds)));
        Assert.Equal(dutch, new ReportFormat(ReportLanguage.Dutch).Duration(TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void A_share_is_rounded_down_so_that_less_than_all_is_never_all() => Assert.Equal("99,99 %", new ReportFormat(ReportLanguage.Dutch).Share(0.999999));
}
