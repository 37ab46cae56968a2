using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using LogMl.Shared.Requests;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Launching;

/// <summary>
/// Brings a bundle to another machine. Its folder there has the fingerprint in its name, and gets this name when it is whole. So a bundle
/// that is there is the right one, and a copy that was cut off is not taken for one.
/// </summary>
/// <param name="bundle">The bundle on this machine.</param>
/// <param name="name">The name of its folder on other machines.</param>
/// <param name="ssh">The words of the command that reaches another machine, with the user's options.</param>
/// <param name="folder">The folder for bundles and results on other machines.</param>
internal sealed class RemoteBundle(Bundle bundle, string name, IReadOnlyList<string> ssh, string folder)
{
    private const string IsThere = "bundle";
    private const string HasRsync = "rsync";

    private static readonly Lazy<bool> IsRsyncHere = new(() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "rsync"))));

    private readonly IReadOnlyList<string> _ssh =
        [.. ssh, "-T", "-o", "BatchMode=yes", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3"];

    /// <summary>A script that goes to the folder of bundles, and has the bundle as $b.</summary>
    public string Enter => $"cd && mkdir -p -- {ShellText.Quote(folder)} && cd -- {ShellText.Quote(folder)} && "
        + $"b={ShellText.Quote(name)} && ";

    /// <summary>Copies the bundle, unless it is there.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="run">Starts a process, which ends with the launch.</param>
    /// <param name="say">Gets what was done.</param>
    /// <returns>The exit code and the reason when it has failed; null when the bundle is there.</returns>
    public (int Code, string Why)? Copy(
        HostEntry host, Func<IReadOnlyList<string>, LaunchedProcess> run, Action<string> say)
    {
        var elapsed = Stopwatch.StartNew();
        using var probe = run([.. Ssh(host), ShellText.Run(
            $"{Enter}if test -e \"$b/{BundleNames.Manifest}\"; then echo {IsThere}; fi; "
            + $"if command -v rsync > /dev/null; then echo {HasRsync}; fi; pwd")]);
        probe.EndInput();
        if (probe.WaitForExit() is var code and not 0)
        {
            return (code, probe.LastError);
        }

        var answers = probe.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (answers.Contains(IsThere))
        {
            return null;
        }

        var part = $"{name}.part-{Environment.ProcessId}-{Path.GetRandomFileName()}";
        var useRsync = IsRsyncHere.Value && answers.Contains(HasRsync) && answers[^1] is ['/', ..];
        var failed = useRsync ? Rsync(host, $"{answers[^1]}/{part}", run) : Tar(host, part, run);
        if (failed is not null)
        {
            return failed;
        }

        // When another launch has brought it meanwhile, that one stays.
        using var move = run([.. Ssh(host), ShellText.Run(
            $"{Enter}p={ShellText.Quote(part)}; if test -e \"$b/{BundleNames.Manifest}\"; then rm -rf \"$p\"; else mv \"$p\" \"$b\"; fi")]);
        move.EndInput();
        if (move.WaitForExit() is var moved and not 0)
        {
            return (moved, move.LastError);
        }

        say(FormattableString.Invariant(
            $"bundle copied by {(useRsync ? "rsync" : "tar")} in {elapsed.Elapsed.TotalSeconds:0.0} s: {answers[^1]}/{name}"));
        return null;
    }

    /// <summary>The command line that reaches a machine. Options of the user come first, and so have priority.</summary>
    public IReadOnlyList<string> Ssh(HostEntry host) => [.. _ssh, host.Name.Trim('[', ']')];

    private (int Code, string Why)? Rsync(HostEntry host, string target, Func<IReadOnlyList<string>, LaunchedProcess> run)
    {
        // rsync splits the command at spaces and knows both kinds of quotes.
        var command = string.Join(' ', _ssh.Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word));
        using var rsync = run(
            ["rsync", "-a", "-z", "--protect-args", "-e", command, bundle.Folder.TrimEnd('/') + "/", $"{host.Name}:{target}/"]);
        rsync.EndInput();
        return rsync.WaitForExit() is var code and not 0 ? (code, rsync.LastError) : null;
    }

    private (int Code, string Why)? Tar(HostEntry host, string part, Func<IReadOnlyList<string>, LaunchedProcess> run)
    {
        using var tar = run([.. Ssh(host), ShellText.Run(
            $"{Enter}p={ShellText.Quote(part)}; mkdir \"$p\" && gzip -dc | tar -xf - -C \"$p\"")]);
        tar.Write(input =>
        {
            using var packed = new GZipStream(input, CompressionLevel.Fastest, leaveOpen: true);
            TarFile.CreateFromDirectory(bundle.Folder, packed, includeBaseDirectory: false);
        });
        tar.EndInput();
        return tar.WaitForExit() is var code and not 0 ? (code, tar.LastError) : null;
    }
}
