using Dedup.Restore;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Restore;

/// <summary>An image goes onto a device; a file stands in for it, and a loop device where there are any.</summary>
public sealed class DeviceTests(RestoreScene scene) : IClassFixture<RestoreScene>
{
    private const int ImageLength = 1 << 20;

    private string Device => scene.Scratch["device"];

    private RestoreOptions Options => new() { Path = scene.Original + "/image", OverwriteDevice = true, TakesFileForDevice = true, Verify = true };

    [Fact]
    public async Task Only_what_differs_is_written_and_what_lies_behind_the_image_stays()
    {
        await MakeAsync(deviceLength: ImageLength + 10_000);
        RestoreResult result = await RestoreAsync(Device, Options);
        Assert.Empty(result.Problems);
        Assert.Equal((1, 1), (result.Entries, result.FilesVerified));
        AssertImage(Device);
        byte[] device = await File.ReadAllBytesAsync(Device);
        Assert.Equal(ImageLength + 10_000, device.Length);
        Assert.All(device[ImageLength..], b => Assert.Equal((byte)'x', b));

        ExternalTool.Require(scene.Scratch.Path, "sh", "-ec", "printf damage | dd of=device bs=1 seek=70000 conv=notrunc status=none");
        result = await RestoreAsync(Device, Options);
        // Less than a page where a chunk begins in it.
        Assert.InRange(result.BytesWritten, 7, 4096);
        Assert.Equal(ImageLength, result.Bytes + result.BytesSkipped);
        AssertImage(Device);
    }

    [Fact]
    public async Task An_image_that_does_not_fit_is_refused_and_nothing_is_written()
    {
        await MakeAsync(deviceLength: ImageLength - 1);
        RestoreException e = await Assert.ThrowsAsync<RestoreException>(() => RestoreAsync(Device, Options));
        Assert.Equal("the device has 1048575 bytes and the image 1048576: it does not fit; nothing was written", e.Reason);
        Assert.All(await File.ReadAllBytesAsync(Device), b => Assert.Equal((byte)'x', b));
    }

    [Fact]
    public async Task A_device_is_only_overwritten_when_that_was_said_and_only_by_one_file()
    {
        await MakeAsync(deviceLength: ImageLength);
        await Assert.ThrowsAsync<RestoreException>(() => RestoreAsync(Device, Options with { OverwriteDevice = false }));
        await Assert.ThrowsAsync<RestoreException>(() => RestoreAsync(Device, Options with { Path = null }));
        await Assert.ThrowsAsync<RestoreException>(() => RestoreAsync(Device, Options with { Path = scene.Original }));
        RestoreResult dry = await RestoreAsync(Device, Options with { IsDryRun = true });
        Assert.Equal((1, ImageLength), (dry.Entries, dry.Bytes));
        Assert.All(await File.ReadAllBytesAsync(Device), b => Assert.Equal((byte)'x', b));
    }

    [LoopDeviceFact]
    public async Task An_image_goes_onto_a_real_device_and_a_mounted_one_is_refused()
    {
        await MakeAsync(deviceLength: 4 * ImageLength);
        string loop = ExternalTool.Require("/", "losetup", "--find", "--show", Device).Trim();
        string mount = scene.Scratch.Make("mount");
        try
        {
            File.CreateSymbolicLink(scene.Scratch["by-name"], loop);
            Assert.True(RestoreTarget.IsBlockDevice(scene.Scratch["by-name"]));
            RestoreResult result = await RestoreAsync(scene.Scratch["by-name"], Options with { TakesFileForDevice = false });
            Assert.Empty(result.Problems);
            AssertImage(loop);
            ExternalTool.Require("/", "mke2fs", "-q", "-F", loop);
            ExternalTool.Require("/", "mount", loop, mount);
            RestoreException e = await Assert.ThrowsAsync<RestoreException>(() => RestoreAsync(loop, Options));
            Assert.Equal("the device is in use: unmount what is on it", e.Reason);
        }
        finally
        {
            ExternalTool.Run("/", "umount", mount);
            ExternalTool.Require("/", "losetup", "--detach", loop);
        }
    }

    private Task<RestoreResult> RestoreAsync(string target, RestoreOptions options) =>
        scene.Repository.RestoreAsync(scene.Snapshot, target, options, null, CancellationToken.None);

    // With a hole in the middle, which has to become zeros.
    private async Task MakeAsync(int deviceLength)
    {
        await scene.MakeAsync("""
            head -c 300000 /dev/urandom > image; truncate -s 1048576 image
            head -c 300000 /dev/urandom | dd of=image bs=4096 seek=150 conv=notrunc status=none
            """);
        File.Delete(Device);
        await File.WriteAllTextAsync(Device, new string('x', deviceLength));
    }

    private void AssertImage(string device) =>
        ExternalTool.Require("/", "cmp", "-n", $"{ImageLength}", scene.Original + "/image", device);
}
