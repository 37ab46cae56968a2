using System.Diagnostics;
using System.Globalization;
using System.Text;
using LogMl.Host.Applying;
using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests;

/// <summary>The values of a trial are written into the configuration file, with the real host.</summary>
public sealed class ApplyTests
{
    private const string X = """{"name":"model_train.x","dist":"uniform","args":[-5,5]}""";
    private const string Kind = """{"name":"model_train.kind","dist":"choice","options":["plain","odd"]}""";

    private const string Yaml = """
        # größe 😀
        functions:
          model_train:
            x: 0.5      # the place
            kind: 'odd' # its kind
            epochs: 3
        hyper_parameter_optimization:
          space:
            model_train:
              x: ['uniform', -5, 5]
              kind: ['choice', [plain, odd]]

        """;

    [Fact]
    public void The_best_values_are_written_once_and_the_rest_stays_byte_for_byte()
    {
        using var folder = new SearchFolder();
        var text = "\uFEFF" + Yaml.ReplaceLineEndings("\r\n");
        var file = Write(folder, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }

        using var search = Run(folder, 0, [X, Kind], "hyperopt", "--max-evals", "8");
        var row = folder.Rows().MinBy(row => double.Parse(row["loss"], CultureInfo.InvariantCulture))!;

        using var dry = Run(folder, 0, [X, Kind], "apply", "--configuration", file, "--dry-run");
        Assert.Equal(text, Read(file));
        var best = text.Replace("x: 0.5 ", $"x: {row["model_train.x"]} ", StringComparison.Ordinal)
            .Replace("'odd'", $"'{row["model_train.kind"]}'", StringComparison.Ordinal);
        var shown = dry.Events("summary").Select(fields => fields[0]).ToArray();
        Assert.Equal(["--- logml.yaml", "+++ logml.yaml"], shown[..2]);
        Assert.Contains("-    x: 0.5      # the place", shown);
        Assert.Contains($"+    x: {row["model_train.x"]}      # the place", shown);
        Assert.Contains("Scripted: nothing was written (HyperOptDryRun)", dry.Events("message").Select(fields => fields[1]));

        using var applied = Run(folder, 0, [X, Kind], "apply", "--configuration", file);
        Assert.Equal(best, Read(file));
        Assert.Empty(applied.Events("warning"));
        Assert.Equal(shown, applied.Events("summary").Select(fields => fields[0]));
        Assert.Equal([file], applied.Events("output").Select(fields => fields[0]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
        }

        Assert.Equal([Path.GetFileName(file)], Directory.GetFiles(folder.Root).Select(path => Path.GetFileName(path)));
        var written = File.GetLastWriteTimeUtc(file);
        using var again = Run(folder, 0, [X, Kind], "apply", "--configuration", file);
        Assert.Contains(
            again.Events("message"),
            fields => fields[1].Contains($"has the values of trial {row["number"]} of the study 'study'", StringComparison.Ordinal));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void A_trial_is_named_by_its_number_and_changed_inputs_and_uncommitted_changes_are_warned_of()
    {
        using var folder = new SearchFolder();
        var file = Write(folder, Yaml);
        var list = Path.Combine(folder.Root, "inputs");
        var steps = Path.Combine(folder.Root, "Steps.cs");
        File.WriteAllText(list, $"code\t{steps}\n");
        File.WriteAllText(steps, "before");
        using var search = Run(folder, 0, [X, Kind], "hyperopt", "--max-evals", "4", "--inputs", list);
        File.WriteAllText(steps, "after");
        Git(folder.Root, "init", "--quiet");
        using var applied = Run(folder, 0, [X, Kind], "apply", "--configuration", file, "--trial", "3", "--inputs", list);
        Assert.Contains($"x: {folder.Rows()[3]["model_train.x"]} ", Read(file), StringComparison.Ordinal);
        var warnings = applied.Events("warning");
        Assert.Equal(["LOGML2073", "LOGML2074"], warnings.Select(fields => fields[0]));
        Assert.Contains("was computed from other inputs than today's: Steps.cs changed", warnings[0][4], StringComparison.Ordinal);
        Assert.Equal(file, warnings[1][1]);

        using var missing = Run(folder, 1, [X, Kind], "apply", "--configuration", file, "--trial", "4");
        AssertError(missing, "LOGML2070", "Trial 4 of the study 'study' is not there: its trials are 0 to 3.");
        using var other = Run(folder, 1, [X, Kind], "apply", "--configuration", file, "--study", "other");
        AssertError(other, "LOGML2070", "There is no study 'other'");
        Assert.False(Directory.Exists(Path.Combine(folder.Output, "other")));
    }

    [Fact]
    public void A_trial_that_violates_a_constraint_is_taken_with_a_warning_that_names_bound_and_value()
    {
        using var folder = new SearchFolder();
        var file = Write(folder, Yaml);
        const string Script = "score=size=5,1:score=size=35.5";
        string[] bound = ["size", "<= 10"];
        using var search = Run("hyperopt", "--max-evals", "3");
        using var best = Run("apply", "--configuration", file);
        Assert.Empty(best.Events("warning"));

        using var named = Run("apply", "--configuration", file, "--trial", "1");
        Assert.Contains($"x: {folder.Rows()[1]["model_train.x"]} ", Read(file), StringComparison.Ordinal);
        AssertWarned(named);
        using var single = Run("run", "--parameters", "1");
        AssertWarned(single);

        // The constraints may have changed since the search: then the best trial can violate them too.
        bound = ["length", ">= 1"];
        Write(folder, Yaml);
        using var changed = Run("apply", "--configuration", file);
        Assert.Contains(
            "does not keep the constraint length >= 1 (it has no such metric). Its values are taken all the same.",
            Assert.Single(changed.Events("warning"))[4], StringComparison.Ordinal);

        HostProcess Run(string verb, params string[] options) =>
            ApplyTests.Run(folder, 0, [X, Kind], verb, options, Script, $"\"constraints\": {{ \"{bound[0]}\": \"{bound[1]}\" }},");

        void AssertWarned(HostProcess host)
        {
            var warning = Assert.Single(host.Events("warning"));
            Assert.Equal("LOGML2100", warning[0]);
            Assert.StartsWith("Trial 1 of the study 'study' (loss ", warning[4], StringComparison.Ordinal);
            Assert.Contains(
                "does not keep the constraint size <= 10 (its value is 35.5); the best trial is ", warning[4], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_comment_of_a_value_that_is_replaced_is_named_at_its_line()
    {
        using var folder = new SearchFolder();
        const string Layers = """{"name":"model_train.layers","dist":"choice","options":[[64,32],[128]]}""";
        var text = Yaml.Replace("    epochs: 3\n", "    layers:\n      - 64 # wide\n      - 32\n", StringComparison.Ordinal)
            .Replace("kind: ['choice', [plain, odd]]", "layers: ['choice', [[64, 32], [128]]]", StringComparison.Ordinal);
        var file = Write(folder, text);
        using var search = Run(folder, 0, [Layers], "hyperopt", "--max-evals", "8");
        var trial = folder.Rows().First(row => row["model_train.layers"] == "[128]")["number"];
        using var applied = Run(folder, 0, [Layers], "apply", "--configuration", file, "--trial", trial);
        var warning = Assert.Single(applied.Events("warning"));
        Assert.Equal(
            ["LOGML2101", file, "7", "12", "The comment '# wide' goes with the value of 'functions.model_train.layers' that is replaced."],
            warning);
        Assert.Contains("    layers:\n      [128]\n", Read(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_that_is_no_point_of_todays_space_is_refused()
    {
        using var folder = new SearchFolder();
        var file = Write(folder, Yaml);
        using var search = Run(folder, 0, [X, Kind], "hyperopt", "--max-evals", "4");
        using var range = Run(
            folder, 1, [X.Replace("[-5,5]", "[90,91]", StringComparison.Ordinal), Kind], "apply", "--configuration", file, "--trial", "0");
        AssertError(range, "LOGML2071", "and is now a number from 90 to 91");
        using var gone = Run(folder, 1, [X], "apply", "--configuration", file, "--trial", "0");
        AssertError(gone, "LOGML2071", "'model_train.kind' is no parameter of the space any more");
        using var added = Run(
            folder, 1, [X, Kind, X.Replace(".x", ".y", StringComparison.Ordinal)], "apply", "--configuration", file, "--trial", "0");
        AssertError(added, "LOGML2071", "has no value for 'model_train.y', which is in the space now");
        using var options = Run(
            folder, 1, [X, Kind.Replace("\"plain\",\"odd\"", "\"even\"", StringComparison.Ordinal)], "apply", "--configuration", file);
        AssertError(options, "LOGML2071", "'model_train.kind' is");
        Assert.Equal(Yaml, Read(file));
    }

    [Fact]
    public void A_file_that_cannot_be_changed_is_left_as_it_is_with_one_error_at_its_line()
    {
        using var folder = new SearchFolder();
        var file = Write(folder, Yaml.Replace("x: 0.5 ", "x: &x 0.5 ", StringComparison.Ordinal)
            .Replace("epochs: 3", "epochs: *x", StringComparison.Ordinal));
        using var search = Run(folder, 0, [X, Kind], "hyperopt", "--max-evals", "4");
        using var shared = Run(folder, 1, [X, Kind], "apply", "--configuration", file);
        AssertError(shared, "LOGML2072", "an alias repeats '&x'", file, "4", "5");

        Write(folder, Yaml);
        File.SetAttributes(file, FileAttributes.ReadOnly);
        using var fixedFile = Run(folder, 1, [X, Kind], "apply", "--configuration", file);
        AssertError(fixedFile, "LOGML2072", "The file is read-only.", file, "0", "0");
        File.SetAttributes(file, FileAttributes.Normal);

        File.WriteAllText(file, Yaml, Encoding.Unicode);
        using var encoding = Run(folder, 1, [X, Kind], "apply", "--configuration", file);
        AssertError(encoding, "LOGML2072", "The file is not UTF-8", file, "0", "0");
        Assert.Equal(Yaml, File.ReadAllText(file, Encoding.Unicode));
    }

    [Fact]
    public void A_file_that_is_not_right_after_it_was_written_is_put_back()
    {
        using var folder = new SearchFolder();
        var path = Write(folder, Yaml);
        var file = ConfigurationFile.Read(path);
        var error = Assert.Throws<HostException>(() => file.Replace("a: 1\n", _ => false));
        Assert.Equal(HostErrors.PutBack, error.Code);
        Assert.Equal(Yaml, Read(path));

        // Somebody has changed it since it was read.
        File.AppendAllText(path, "# mine\n");
        error = Assert.Throws<HostException>(() => file.Replace("a: 1\n", _ => true));
        Assert.Equal(HostErrors.NotApplicable, error.Code);
        Assert.Equal(Yaml + "# mine\n", Read(path));
    }

    private static string Write(SearchFolder folder, string text)
    {
        var file = Path.Combine(folder.Root, "logml.yaml");
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(text));
        return file;
    }

    private static string Read(string file) => Encoding.UTF8.GetString(File.ReadAllBytes(file));

    private static HostProcess Run(SearchFolder folder, int exitCode, string[] space, string verb, params string[] options) =>
        Run(folder, exitCode, space, verb, options, "", "");

    private static HostProcess Run(
        SearchFolder folder, int exitCode, string[] space, string verb, string[] options, string script, string settings)
    {
        var manifest = $$"""
            { "format": 2, "version": "0.1.0", "name": "Scripted",
              "optimization": { {{settings}} "enable": true, "algorithm": "random", "max_evals": 10, "random_seed": 7, "show_progressbar": false },
              "space": { "params": [ {{string.Join(",", space)}} ] },
              "defaults": { "model_train": { "x": 0.5, "kind": "odd", "epochs": 3 } }, "final_run": false }
            """;
        return folder.Run(exitCode, script, options, [$"LOGML_TEST_MANIFEST={manifest}"], verb);
    }

    private static void AssertError(HostProcess host, string code, string text, params string[] place)
    {
        var error = Assert.Single(host.Events("error"));
        Assert.Equal(code, error[0]);
        Assert.Contains(text, error[4], StringComparison.Ordinal);
        if (place.Length > 0)
        {
            Assert.Equal(place, error[1..4]);
        }
    }

    private static void Git(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
