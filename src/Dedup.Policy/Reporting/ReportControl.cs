namespace Dedup.Policy.Reporting;

/// <summary>The controls that a section answers, as their frameworks number them.</summary>
internal static class ReportControl
{
    public const string Policy = "BIO 12.3.1.1, BIO2 8.13.01-04, ADR IB.26, Rekenkamer 4.08, ISO 27001 A.8.13";

    public const string RecoveryPoint = "BIO 12.3.1.2, 12.3.1.3, BIO2 8.13.01-04, ISO 27001 A.8.13, REQ-047";

    public const string Drill = "BIO 12.3.1.3, 12.3.1.5, BIO2 8.13.01-04, ADR IB.26, Rekenkamer 4.08, ISO 27001 A.8.13, REQ-047";

    public const string Copy = "BIO 12.3.1.4, BIO2 8.13.01-04, ISO 27001 A.8.13, REQ-047";

    public const string Reading = "BIO2 8.13.01-04, ISO 27001 A.8.13, REQ-047";

    public const string Forgotten = "BIO 12.3.1.1, BIO2 8.15.01, REQ-047";

    public const string Key = "BIO2 8.13.01-04, 8.15.01, ISO 27001 A.8.13";

    public const string Chain = "BIO2 8.15.01, ADR IB.26, Rekenkamer 4.08";
}
