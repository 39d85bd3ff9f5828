using Dedup.TestSupport;

namespace Dedup.Tests.Restore;

/// <summary>Damages a restored tree in many ways, the same at every run with one seed.</summary>
internal sealed class TargetDamage(string tree, string outside, int seed)
{
    private static readonly string[] Ways =
    [
        // A byte in the middle, with and without a trace in the times.
        "printf X | dd of=\"$f\" bs=1 seek=$(( $(stat -c %s \"$f\") / 2 )) conv=notrunc status=none",
        "cp -p \"$f\" $o/kept; printf Y | dd of=\"$f\" bs=1 seek=$(( $(stat -c %s \"$f\") / 3 )) conv=notrunc status=none; touch -r $o/kept \"$f\"; rm $o/kept",
        "truncate -s $(( $(stat -c %s \"$f\") / 2 )) \"$f\"",
        "truncate -s 0 \"$f\"",
        "printf more >> \"$f\"",
        "truncate -s +70000 \"$f\"",
        "rm \"$f\"",
        "rm \"$f\"; mkdir \"$f\"",
        "rm \"$f\"; mkdir -p \"$f/a/b\"; echo x > \"$f/a/b/c\"",
        "rm \"$f\"; mkfifo \"$f\"",
        "ln -sf $o/secret \"$f\"",
        "ln -sf $o/none \"$f\"",
        "ln -f $o/linked \"$f\"",
        "ln \"$f\" \"$f.other\"",
        "cp \"$f\" \"$f.copy\"; mv \"$f.copy\" \"$f\"",
        "chmod 0 \"$f\"",
        "chmod 1600 \"$f\"",
        "chmod 444 \"$f\"; printf Z >> \"$f\"",
        "touch -d @1000000000 \"$f\"",
        "setfattr -n user.stray -v x \"$f\"",
        "setfacl -m u:99:rwx \"$f\"",
        "head -c 300000 /dev/urandom > \"$f\"",
        "fallocate -p -o 4096 -l 8192 \"$f\"",
        "chown 1234:4321 \"$f\" 2>/dev/null || true",
    ];

    private static readonly string[] DirectoryWays =
    [
        "mv \"$f\" $o/../moved-$RANDOM; ln -s $o \"$f\"",
        "mv \"$f\" $o/../moved-$RANDOM; echo x > \"$f\"",
        "mv \"$f\" $o/../moved-$RANDOM",
        "mkdir -p \"$f/stray/of/mine\"; echo x > \"$f/stray/of/file\"; ln -s $o \"$f/stray/link\"",
        "echo x > \"$f/stray-file\"; mkfifo \"$f/stray-pipe\"; ln -s $o/secret \"$f/stray-link\"",
        "chmod 0 \"$f\"",
        "touch \"$f\"",
        "setfacl -d -m u:99:rwx \"$f\"",
        "setfattr -n user.stray -v x \"$f\"",
    ];

    /// <summary>Does some damage.</summary>
    /// <returns>What was done, to be printed.</returns>
    public IReadOnlyList<string> Do(int count)
    {
        Random random = new(seed);
        List<string> done = [];
        for (int i = 0; i < count; i++)
        {
            bool isFile = random.Next(4) > 0;
            string[] found = ExternalTool.Require(tree, "find", ".", "-mindepth", "1", "-type", isFile ? "f" : "d", "-print0").Split('\0', StringSplitOptions.RemoveEmptyEntries);
            if (found.Length == 0)
            {
                continue;
            }

            Array.Sort(found, StringComparer.Ordinal);
            string way = isFile ? Ways[random.Next(Ways.Length)] : DirectoryWays[random.Next(DirectoryWays.Length)];
            string path = found[random.Next(found.Length)];
            ExternalTool.Require(tree, "bash", "-ec", "f=$1; o=$2; " + way, "-", path, outside);
            done.Add($"{path}: {way}");
        }

        return done;
    }
}
