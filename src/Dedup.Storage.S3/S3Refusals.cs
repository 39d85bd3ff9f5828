using System.Globalization;
using System.Net;
using Amazon.S3;

namespace Dedup.Storage.S3;

/// <summary>What the codes in S3's replies mean to who runs the program, and whether trying again may help.</summary>
internal static class S3Refusals
{
    private const string Changed = "the bytes were changed on the way, the server says; see the network and this machine's memory";

    public static (string Text, bool IsTransient) Explain(AmazonS3Exception reply, S3Attempt attempt, S3Connection connection, S3StoreOptions options) => reply.ErrorCode switch
    {
        "NoSuchBucket" => ($"there is no bucket {options.Location.Bucket}; make it first, for example with 'aws s3 mb s3://{options.Location.Bucket}', or name another", false),
        "InvalidBucketName" => ($"the server does not take {options.Location.Bucket} as the name of a bucket; name another", false),
        "InvalidAccessKeyId" => ("the server does not know the access key id; see AWS_ACCESS_KEY_ID or the profile", false),
        "SignatureDoesNotMatch" => ("the secret key does not belong to the access key id; see AWS_SECRET_ACCESS_KEY or the profile", false),
        "ExpiredToken" or "TokenRefreshRequired" => ("the credentials have expired; sign in again, then run this again: what is stored already is not sent again", false),
        "InvalidToken" => ("the server does not take the session token; sign in again, or unset AWS_SESSION_TOKEN", false),
        "RequestTimeTooSkewed" => (Skewed(connection.Clock.Skew), false),
        "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" => (Elsewhere(reply, connection.BucketRegion), false),
        "AccessDenied" or "AllAccessDisabled" or "AccountProblem" or "UnauthorizedAccess" =>
            ($"the credentials do not allow it; the policy must allow {attempt.Permission}", false),
        "QuotaExceeded" or "ServiceQuotaExceeded" or "InsufficientCapacity" or "XMinioStorageFull" => ("the quota is used up; make room, or have it raised", false),
        "InvalidObjectState" => ("the object lies in an archive; have it restored there first, and keep repositories in classes that are read at once", false),
        "InvalidStorageClass" => ("the server does not know the storage class; see DEDUP_S3_STORAGE_CLASS", false),
        "XAmzContentSHA256Mismatch" when options.Checksum == S3Checksum.Sha256 => (Changed, true),
        "XAmzContentSHA256Mismatch" => ("the server does not understand how the body is sent; use DEDUP_S3_CHECKSUM=md5", false),
        "BadDigest" or "InvalidDigest" => (Changed, true),
        "ConditionalRequestConflict" or "OperationAborted" => ("somebody else is writing it at this moment; try again", true),
        "SlowDown" or "Throttling" or "ThrottlingException" or "TooManyRequests" or "RequestLimitExceeded" => ("the server wants fewer requests; try again later", true),
        "RequestTimeout" => ("the server waited too long for the bytes; try again", true),
        "InvalidRequest" or "ObjectLockConfigurationNotFoundError" when options.LockMode is not null =>
            ($"the server does not lock it ({Said(reply)}); the bucket must have been made with object lock, and a lock can only be made longer", false),
        "NotImplemented" or "MethodNotAllowed" => ($"the server cannot do that ({Said(reply)}); use one with conditional writes (If-None-Match)", false),
        _ => Explain(reply, attempt, connection),
    };

    private static (string Text, bool IsTransient) Explain(AmazonS3Exception reply, S3Attempt attempt, S3Connection connection) => reply.StatusCode switch
    {
        HttpStatusCode.MovedPermanently or HttpStatusCode.Redirect or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => (Elsewhere(reply, connection.BucketRegion), false),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ($"the server refuses it ({Said(reply)}); see the credentials, and that the policy allows {attempt.Permission}", false),
        HttpStatusCode.InsufficientStorage => ("the server is full; make room there", false),
        HttpStatusCode.NotImplemented => ($"the server cannot do that ({Said(reply)}); use one with conditional writes (If-None-Match)", false),
        HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError =>
            ($"the server says {Said(reply)}; try again later", true),
        _ => ($"the server says {Said(reply)}", false),
    };

    private static string Skewed(TimeSpan? skew) => skew is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"this machine's clock is {time.Duration():d\\.hh\\:mm\\:ss} {(time > TimeSpan.Zero ? "ahead of" : "behind")} the server's; set it right")
        : "this machine's clock is too far from the server's; set it right";

    private static string Elsewhere(AmazonS3Exception reply, string? region) =>
        region is { Length: > 0 }
            ? $"the bucket lies in the region {S3Failures.OneLine(region)}; set AWS_REGION to it"
            : $"the bucket lies in another region ({Said(reply)}); set AWS_REGION to its region";

    private static string Said(AmazonS3Exception reply)
    {
        string message = S3Failures.OneLine(reply.Message);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)reply.StatusCode}{(reply.ErrorCode is { Length: > 0 } code ? " " + S3Failures.OneLine(code) : "")}{(message.Length > 0 ? ": " + message : "")}");
    }
}
