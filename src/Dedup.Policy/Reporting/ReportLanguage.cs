namespace Dedup.Policy.Reporting;

/// <summary>A language that reports are written in.</summary>
public enum ReportLanguage
{
    /// <summary>English.</summary>
    English,

    /// <summary>Dutch.</summary>
    Dutch,
}
