using System.Globalization;
using System.Text.RegularExpressions;

namespace LogMl.EndToEnd.Tests;

/// <summary>The scripts of docs/many-machines.md, run as they stand there, with a shell in the place of the scheduler.</summary>
[Collection(UsesPackedBundle.Name)]
public sealed partial class LauncherPageTests(PackedBundle bundle)
{
    private static readonly string Page = Repository.Read("docs/many-machines.md");

    [Theory]
    [InlineData("#PBS -J")]
    [InlineData("#BSUB -J")]
    public async Task A_script_of_a_batch_system_runs_a_worker_to_the_end_of_the_study(string mark)
    {
        using var place = Place();
        await File.WriteAllTextAsync(Path.Combine(place.Path, "script"), Script(mark));

        var start = PackedBundle.Clean("/bin/sh", ["script"], place.Path);
        start.Environment["PBS_O_WORKDIR"] = place.Path;

        ExpectTheWholeStudy(BoundedProcess.Run(start));
    }

    [Fact]
    public void The_line_for_cron_runs_a_worker_to_the_end_of_the_study()
    {
        using var place = Place();
        Directory.CreateSymbolicLink(Path.Combine(place.Path, "search"), place.Path);
        var line = CronLine().Match(Page).Groups["command"].Value;

        // As cron does: by sh, in the home folder.
        BoundedProcess.Run(PackedBundle.Clean("/bin/sh", ["-c", line], place.Path));

        ExpectTheWholeStudy(File.ReadAllText(Path.Combine(place.Path, "worker.log")));
    }

    [Fact]
    public async Task The_script_of_a_virtual_machine_fetches_the_bundle_runs_a_worker_and_ends_the_machine()
    {
        using var place = Place();
        var programs = Directory.CreateDirectory(Path.Combine(place.Path, "programs")).FullName;
        await AddProgramAsync(
            "aws",
            $"case $1 in s3) cat '{bundle.Folder}/xor.bundle.tar.gz' ;; secretsmanager) cat '{place.Path}/location' ;; *) exit 1 ;; esac");
        await AddProgramAsync("shutdown", $"echo \"$@\" > '{place.Path}/ended'");
        var start = PackedBundle.Clean("/bin/sh", ["-c", Script("aws s3 cp")], place.Path);
        start.Environment["PATH"] = programs + ":" + start.Environment["PATH"];
        start.Environment["TMPDIR"] = place.Path;

        ExpectTheWholeStudy(BoundedProcess.Run(start));
        Assert.Equal("-h now\n", await File.ReadAllTextAsync(Path.Combine(place.Path, "ended")));

        async Task AddProgramAsync(string name, string script)
        {
            var file = Path.Combine(programs, name);
            await File.WriteAllTextAsync(file, "#!/bin/sh\n" + script + "\n");
            ForOwner(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private static void ExpectTheWholeStudy(string output) => Assert.Contains(
        string.Create(
            CultureInfo.InvariantCulture,
            $"the search is over; {PackedBundle.MaxEvals} trials ended here, {PackedBundle.MaxEvals} of {PackedBundle.MaxEvals} in the study"),
        output, StringComparison.Ordinal);

    /// <summary>The block of the page that has a text.</summary>
    private static string Script(string mark) =>
        MarkdownBlocks.Of(Page).Single(
            text => text.StartsWith("#!/bin/sh\n", StringComparison.Ordinal) && text.Contains(mark, StringComparison.Ordinal));

    /// <summary>A folder with the bundle, and the file with the location of an own database.</summary>
    private TempDirectory Place()
    {
        var place = new TempDirectory("launch");
        Directory.CreateSymbolicLink(Path.Combine(place.Path, "xor.bundle"), Path.Combine(bundle.Folder, "xor.bundle"));
        var location = Path.Combine(place.Path, "location");
        File.WriteAllText(location, $"sqlite:///{place.Path}/study.db");
        ForOwner(location, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return place;
    }

    private static void ForOwner(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }

    [GeneratedRegex(@"^(?:[0-9*]+ ){5}(?<command>.+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CronLine();
}
