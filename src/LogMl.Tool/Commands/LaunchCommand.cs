using System.CommandLine;
using System.Globalization;
using LogMl.Tool.Launching;
using LogMl.Tool.Verbs;

namespace LogMl.Tool.Commands;

/// <summary>The command line of the verb <c>launch</c>.</summary>
internal static class LaunchCommand
{
    private const string Remarks = """
        The exit codes are those of logml worker, of the host that has failed: 64 before 1 before 75. A host that ssh does not reach is
        75, too. The other hosts go on meanwhile.
        """;

    /// <summary>The verb.</summary>
    public static VerbCommand Of(StudySymbols symbols, WorkerSymbols shared, ToolConsole console)
    {
        var hosts = new Option<string>("--hosts")
        {
            HelpName = "list", Required = true,
            Description = "The machines, each with its number of workers when that is not 1: a,ann@b:4,local:2.",
        };
        var ssh = new Option<string?>("--ssh")
        {
            HelpName = "command", Description = "The ssh, with options: \"ssh -p 2222\".",
        };
        var folder = new Option<string?>("--folder")
        {
            HelpName = "folder",
            Description = "The folder for bundles and results on the machines; "
                + $"{LaunchOptions.UsualFolder} in the home folder when it is not given.",
        };
        var verb = new VerbCommand(
            "launch", "Starts workers of a bundle on machines that ssh reaches, and on this one.", "logml launch --hosts a,b:4,local:2")
        {
            ExitCodeOf = WorkerVerb.ExitCodeOf, Notes = () => Remarks,
        };
        foreach (var option in (Option[])
            [
                hosts, ssh, folder, shared.Bundle, symbols.StorageFile, shared.MaxTrials, shared.MaxTime, shared.OtherCode,
            ])
        {
            verb.Add(option);
        }

        verb.SetAction(result => LaunchVerb.Run(
            new LaunchOptions
            {
                Hosts = result.GetValue(hosts)!,
                Ssh = result.GetValue(ssh) ?? "ssh",
                Folder = result.GetValue(folder) ?? LaunchOptions.UsualFolder,
                Bundle = result.GetValue(shared.Bundle),
                StorageFile = result.GetValue(symbols.StorageFile),
                WorkerOptions =
                [
                    .. Passed(shared.MaxTrials, result.GetValue(shared.MaxTrials)),
                    .. Passed(shared.MaxTime, result.GetValue(shared.MaxTime)),
                    .. result.GetValue(shared.OtherCode) ? (string[])[shared.OtherCode.Name] : [],
                ],
            },
            console));
        return verb;

        static string[] Passed(Option option, object? value) =>
            value is null ? [] : [option.Name, Convert.ToString(value, CultureInfo.InvariantCulture)!];
    }
}
