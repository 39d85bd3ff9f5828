using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>How people write where a store lies.</summary>
public sealed class S3LocationTests
{
    [Theory]
    [InlineData("s3:bucket", null, "bucket", "")]
    [InlineData("s3:bucket/a/b", null, "bucket", "a/b")]
    [InlineData("s3:bucket/a/", null, "bucket", "a")]
    [InlineData("s3:https://host/bucket", "https://host/", "bucket", "")]
    [InlineData("s3:https://host:9000/bucket/a/b", "https://host:9000/", "bucket", "a/b")]
    [InlineData("s3:http://[::1]:9000/bucket/a", "http://[::1]:9000/", "bucket", "a")]
    public void A_location_is_read_and_written_again(string text, string? endpoint, string bucket, string prefix)
    {
        S3Location location = S3Location.Parse(text);
        Assert.Equal(endpoint, location.Endpoint?.AbsoluteUri);
        Assert.Equal(bucket, location.Bucket);
        Assert.Equal(prefix, location.Prefix);
        Assert.Equal(text.TrimEnd('/'), location.ToString());
    }

    [Theory]
    [InlineData("s3:", "names no bucket")]
    [InlineData("s3:https://host", "names no bucket")]
    [InlineData("s3:https://host/", "names no bucket")]
    [InlineData("s3:ftp://host/bucket", "https://")]
    [InlineData("s3:https:///bucket", "address")]
    [InlineData("s3:https://key:secret@host/bucket", "AWS_ACCESS_KEY_ID")]
    [InlineData("s3:b", "no name of a bucket")]
    [InlineData("s3:buck et", "no name of a bucket")]
    [InlineData("s3:s3.eu-west-1.amazonaws.com/bucket", "AWS_REGION")]
    [InlineData("s3:bucket/a//b", "single slashes")]
    [InlineData("s3:bucket/../b", "single slashes")]
    [InlineData("s3:bucket/ä", "single slashes")]
    [InlineData("s3:bucket/a?b", "single slashes")]
    public void What_is_no_location_is_refused_in_one_line(string text, string words)
    {
        FormatException failure = Assert.Throws<FormatException>(() => S3Location.Parse(text));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void The_endpoint_of_the_environment_is_for_locations_that_name_none()
    {
        Uri endpoint = new("https://usual:1234");
        Assert.Equal("s3:https://usual:1234/bucket/a", S3Location.Parse("s3:bucket/a", endpoint).ToString());
        Assert.Equal("s3:https://other/bucket/a", S3Location.Parse("s3:https://other/bucket/a", endpoint).ToString());
    }
}
