using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LogMl.TestWorkflows;

/// <summary>Steps that take more and more memory; the argument is where they end, in megabytes.</summary>
internal static class Greed
{
    private const int Megabyte = 1_000_000;
    private const int Piece = 10;

    private static readonly List<object> Kept = [];

    public static bool Run(string name, string argument, ITrial trial)
    {
        switch (name)
        {
            case "hog_managed":
                Grow(argument, () => Kept.Add(Filled()));
                Thread.Sleep(Timeout.Infinite);
                break;
            case "hog_native":
                Grow(argument, FillNative);
                Thread.Sleep(Timeout.Infinite);
                break;
            case "hog_politely":
                // Slow enough to be asked before it has taken far too much.
                Grow(argument, () =>
                {
                    trial.CancellationToken.ThrowIfCancellationRequested();
                    Kept.Add(Filled());
                    Thread.Sleep(100);
                });
                break;
            case "hog_child":
                // tail keeps everything, because there is no line.
                using (var child = Process.Start("sh", ["-c", $"head -c {argument}000000 /dev/zero | tail > /dev/null"]))
                {
                    child.WaitForExit();
                }

                break;
            default:
                return false;
        }

        return true;
    }

    private static void Grow(string end, Action add)
    {
        for (var i = 0; i < int.Parse(end, CultureInfo.InvariantCulture); i += Piece)
        {
            add();
        }
    }

    private static byte[] Filled()
    {
        var piece = new byte[Piece * Megabyte];
        Array.Fill(piece, (byte)1);
        return piece;
    }

    private static unsafe void FillNative() => NativeMemory.Fill(NativeMemory.Alloc(Piece * Megabyte), Piece * Megabyte, 1);
}
