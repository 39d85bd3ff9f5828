namespace Dedup.Storage.S3;

/// <summary>By which checksum of the whole body a server notices that bytes changed on the way.</summary>
public enum S3Checksum
{
    /// <summary><c>Content-MD5</c>, which every server checks, old ones too.</summary>
    Md5,

    /// <summary><c>x-amz-checksum-crc32c</c>: AWS since 2022. The processor's own instruction, and kept with the object.</summary>
    Crc32C,

    /// <summary><c>x-amz-checksum-crc64nvme</c>: AWS since 2024, its own default, and kept with the object.</summary>
    Crc64Nvme,

    /// <summary><c>x-amz-content-sha256</c>, the hash that the request's signature covers: every server checks it. With SHA instructions it takes a
    /// processor a third of the time of MD5; over http, where it is needed anyway, none besides.</summary>
    Sha256,
}
