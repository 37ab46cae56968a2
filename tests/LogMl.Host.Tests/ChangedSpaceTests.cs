using LogMl.Host.Tests.Kit;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests;

/// <summary>A search whose space has become smaller, and one that begins from another study, with the real host.</summary>
public sealed class ChangedSpaceTests
{
    private const string X = """{"name":"model_train.x","dist":"uniform","args":[-5,5]}""";
    private const string Kind = """{"name":"model_train.kind","dist":"choice","options":["plain","odd"]}""";

    [Fact]
    public void A_parameter_that_is_fixed_and_a_narrowed_range_go_on_with_the_trials_that_fit()
    {
        using var folder = new SearchFolder();
        using var first = Run(folder, 0, [X, Kind], "{}", "--max-evals", "12");
        using var @fixed = Run(folder, 0, [X], """{"model_train":{"kind":"plain"}}""", "--max-evals", "14");
        Assert.Contains(
            @fixed.Events("message").Select(fields => fields[1]),
            text => text.Contains("'model_train.kind' was choice, and is now fixed at \"plain\"", StringComparison.Ordinal));
        AssertWarning("LOGML2052", "of an earlier space of the study", @fixed);

        // Every call says so, and the best trial is one of this space.
        using var again = Run(
            folder, 0, ["""{"name":"model_train.x","dist":"uniform","args":[0,5]}"""], """{"model_train":{"kind":"plain"}}""",
            "--max-evals", "20");
        AssertWarning("LOGML2052", "is now a number from 0 to 5", again);
        var rows = folder.Rows();
        Assert.Equal(20, rows.Length);
        Assert.Contains(again.Events("summary"), fields => fields[0].Contains("x = 1.", StringComparison.Ordinal)
            || fields[0].Contains("x = 0.", StringComparison.Ordinal));

        // Other options are another space.
        using var other = Run(folder, 1, [X, Kind.Replace("odd", "even", StringComparison.Ordinal)], "{}", "--max-evals", "30");
        var error = Assert.Single(other.Events("error"));
        Assert.Equal("LOGML2014", error[0]);
        Assert.Contains("with HyperOptFrom to take over the trials of this one where they fit", error[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_comes_back_into_the_space_goes_on_with_the_trials_that_ran_without_it()
    {
        const string Plain = """{"model_train":{"kind":"plain"}}""";
        using var folder = new SearchFolder();
        using var first = Run(folder, 0, [X, Kind], Plain, "--max-evals", "6");
        using var @fixed = Run(folder, 0, [X], Plain, "--max-evals", "10");

        // The default is the value of the trials that are left, so that nothing they were computed from is another one.
        Assert.DoesNotContain(@fixed.Events("warning"), fields => fields[0] == "LOGML2018");
        Assert.DoesNotContain("other inputs", Text(@fixed, "summary") + File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);

        using var back = Run(folder, 0, [X, Kind], Plain, "--max-evals", "12");
        Assert.Empty(back.Events("warning"));
        Assert.DoesNotContain("other inputs", Text(back, "summary"), StringComparison.Ordinal);
        Assert.Contains(
            "Scripted: the search space is another one than before, and earlier trials count all the same, 4 of them with the value at which "
            + "a parameter was fixed when they ran: 'model_train.kind' was fixed at \"plain\", and is now choice",
            back.Events("message").Select(fields => fields[1]));
        var rows = folder.Rows();
        Assert.Equal(12, rows.Length);
        Assert.All(rows[6..10], row => Assert.Equal("plain", row["model_train.kind"]));

        // Another fixed value leaves out the trials that ran with the first one, and those that were searched with it.
        using var odd = Run(folder, 0, [X], Plain.Replace("plain", "odd", StringComparison.Ordinal), "--max-evals", "14");
        Assert.DoesNotContain(odd.Events("warning"), fields => fields[0] == "LOGML2018");
        AssertWarning("'model_train.kind' ", odd);
        var plain = rows.Count(row => row["model_train.kind"] == "plain");
        AssertWarning($"{plain} trials of 12 are of an earlier space", odd);
    }

    [Fact]
    public void A_fixed_value_outside_of_the_range_in_which_a_parameter_comes_back_is_left_out_and_said()
    {
        using var folder = new SearchFolder();
        const string One = """{"model_train":{"n":1}}""";
        using var first = Run(folder, 0, [X, N(1)], One, "--max-evals", "12");
        using var @fixed = Run(folder, 0, [X], One, "--max-evals", "14");
        using var back = Run(folder, 0, [X, N(2)], One, "--max-evals", "16");
        AssertWarning(", as trial 13: 'model_train.n' was fixed at 1, and is now an integer from 2 to 3. They stay in the study", back);

        static string N(int low) => $$"""{"name":"model_train.n","dist":"uniformint","args":[{{low}},3]}""";
    }

    [Fact]
    public void A_study_that_begins_from_one_with_other_inputs_says_so()
    {
        using var folder = new SearchFolder();
        var list = Path.Combine(folder.Root, "inputs");
        var steps = Path.Combine(folder.Root, "Steps.cs");
        File.WriteAllText(list, $"code\t{steps}\n");
        File.WriteAllText(steps, "before");
        const string Three = """{"model_train":{"epochs":3}}""";
        using var source = Run(folder, 0, [X, Kind], Three, "--max-evals", "5", "--inputs", list);
        string[] next = ["--from", folder.Study, "--max-evals", "1", "--inputs", list, "--study"];
        using var same = Run(folder, 0, [X, Kind], Three, [.. next, "same"]);
        Assert.Empty(same.Events("warning"));

        // No study has searched this parameter, so that its value is an input of the trials and no part of their points.
        using var other = Run(folder, 0, [X, Kind], Three.Replace('3', '4'), [.. next, "other"]);
        AssertWarning("from which this one begins, there are changes: default model_train.epochs 3 -> 4.", other);
        File.WriteAllText(steps, "after");
        using var changed = Run(folder, 0, [X, Kind], Three, [.. next, "changed"]);
        AssertWarning(
            "Since the last trials of the study 'study', from which this one begins, there are changes: Steps.cs changed. "
            + "5 finished trials from before count all the same.",
            changed);
        Assert.Equal("LOGML2018", Assert.Single(changed.Events("warning"))[0]);
        AssertWarning("or begin one without these trials: set HyperOptStudy to another name, and do not set HyperOptFrom.", changed);
        Assert.DoesNotContain("HyperOptClean", changed.Events("warning")[0][4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_study_begins_with_the_trials_of_another_one_and_its_best_points()
    {
        using var folder = new SearchFolder();
        using var source = Run(folder, 0, [X, Kind], "{}", "--max-evals", "8");
        string[] next = ["--study", "next", "--from", folder.Study];
        string[] wider = [X, Kind.Replace("[\"plain\"", "[\"new\",\"plain\"", StringComparison.Ordinal)];
        using var fits = Run(folder, 0, wider, "{}", [.. next, "--max-evals", "3"]);
        Assert.Contains(
            "Scripted: begins with 8 trials of the study 'study', on top of max_evals", fits.Events("message").Select(fields => fields[1]));
        Assert.Contains(
            "Scripted: tries first: the option 'new' of model_train.kind, which no trial taken over has",
            fits.Events("message").Select(fields => fields[1]));
        Assert.DoesNotContain("goes on after", Text(fits, "message", 1), StringComparison.Ordinal);
        Assert.Equal("new", File.ReadLines(Path.Combine(folder.Output, "next", "trials.csv")).ElementAt(9).Split(',').Single(
            cell => cell is "new" or "plain" or "odd"));
        Assert.Equal("11", fits.Events("started")[0][1]);
        Assert.Empty(fits.Events("warning"));
        Assert.Equal(11, File.ReadLines(Path.Combine(folder.Output, "next", "trials.csv")).Count() - 1);

        // Going on with the same property is silent; with another source it says that nothing is taken over.
        using var on = Run(folder, 0, wider, "{}", [.. next, "--max-evals", "4"]);
        Assert.DoesNotContain(on.Events("message"), fields => fields[1].Contains("HyperOptFrom", StringComparison.Ordinal));
        Assert.Contains("goes on after 11 finished trials", Text(on, "message", 1), StringComparison.Ordinal);
        Assert.Equal("12", on.Events("started")[0][1]);
        using var fewer = Run(folder, 0, wider, "{}", [.. next, "--max-evals", "2"]);
        Assert.Contains(
            "it has 12 trials, 8 of them taken over, and max_evals is 2. Raise max_evals above 4 to go on", Text(fewer, "message", 1),
            StringComparison.Ordinal);

        using var points = Run(
            folder, 0, [X, """{"name":"model_train.y","dist":"uniform","args":[0,1]}"""], "{}",
            "--study", "third", "--from", folder.Study, "--max-evals", "6");
        Assert.Contains(
            "Scripted: begins with 0 trials of the study 'study', on top of max_evals; 8 do not fit into the space, and 5 points of the "
            + "best of these are tried first",
            points.Events("message").Select(fields => fields[1]));
        Assert.DoesNotContain("points to try first", Text(points, "message", 1), StringComparison.Ordinal);
        using var few = Run(
            folder, 0, [X, """{"name":"model_train.y","dist":"uniform","args":[0,1]}"""], "{}",
            "--study", "few", "--from", folder.Study, "--max-evals", "2");
        Assert.Contains(
            "Scripted: max_evals is 2, so that of the 5 points to try first the last 3 wait for a call with a higher max_evals",
            few.Events("message").Select(fields => fields[1]));
    }

    [PostgresFact]
    public void In_PostgreSQL_a_study_changes_its_space_and_another_one_begins_from_it()
    {
        const string Plain = """{"model_train":{"kind":"plain"}}""";
        using var folder = new SearchFolder();
        var storage = "LOGML_STORAGE=" + PostgresServer.Shared.CreateDatabase().ConnectionString;
        using var first = Run(folder, [X, Kind], "--max-evals", "6");
        using var @fixed = Run(folder, [X], "--max-evals", "8");
        using var back = Run(folder, [X, Kind], "--max-evals", "9");
        Assert.Empty(back.Events("warning"));
        Assert.Equal(["plain", "plain"], folder.Rows()[6..8].Select(row => row["model_train.kind"]));

        string[] wider = [X.Replace("5]", "9]", StringComparison.Ordinal), Kind];
        using var next = Run(folder, wider, "--study", "next", "--from", folder.Study, "--max-evals", "2");
        Assert.Contains(
            "Scripted: begins with 9 trials of the study 'study', on top of max_evals", next.Events("message").Select(fields => fields[1]));
        Assert.Equal(11, File.ReadLines(Path.Combine(folder.Output, "next", "trials.csv")).Count() - 1);
        Assert.False(File.Exists(Path.Combine(folder.Output, "next", "study.db")));

        using var none = Run(folder, [X], "--study", "other", "--from", "stdy");
        var error = Assert.Single(none.Events("error"));
        Assert.Equal("LOGML2051", error[0]);
        Assert.Contains("(did you mean 'study'?)", error[4], StringComparison.Ordinal);

        HostProcess Run(SearchFolder folder, string[] space, params string[] options) =>
            folder.Run(options.Contains("stdy") ? 1 : 0, "", options, [storage, Manifest(space, Plain)]);
    }

    [Fact]
    public void A_source_that_cannot_be_used_is_one_clear_error_and_nothing_is_begun()
    {
        using var folder = new SearchFolder();
        using var source = Run(folder, 0, [X], "{}", "--max-evals", "2");
        Refuses("there is no such study in '", "--from", "stdy", "It has 'study' (did you mean 'study'?).");
        Refuses("it is the study itself", "--from", "next");
        var other = X.Replace("x", "z", StringComparison.Ordinal);
        Refuses("no parameter of it that a complete trial has is one of this space", "--from", "study", space: other);

        void Refuses(string text, string option, string value, string more = "", string? space = null)
        {
            using var host = Run(folder, 1, [space ?? X], "{}", "--study", "next", option, value);
            var error = Assert.Single(host.Events("error"));
            Assert.Equal("LOGML2051", error[0]);
            Assert.Contains(text, error[4], StringComparison.Ordinal);
            Assert.Contains(more, error[4], StringComparison.Ordinal);
        }
    }

    private static string Text(HostProcess host, string kind, int field = 0) =>
        string.Concat(host.Events(kind).Select(fields => fields[field] + "\n"));

    private static void AssertWarning(string text, HostProcess host) => Assert.Contains(
        host.Events("warning"), fields => fields[4].Contains(text, StringComparison.Ordinal));

    private static void AssertWarning(string id, string text, HostProcess host)
    {
        var warning = Assert.Single(host.Events("warning"), fields => fields[0] == id);
        Assert.Contains(text, warning[4], StringComparison.Ordinal);
    }

    private static HostProcess Run(SearchFolder folder, int exitCode, string[] space, string defaults, params string[] options) =>
        folder.Run(exitCode, "", options, [Manifest(space, defaults)]);

    private static string Manifest(string[] space, string defaults) => TestWorkflow.ManifestVariable + "=" + $$"""
            {"format":2,"version":"0.1.0","name":"Scripted",
             "optimization":{"enable":true,"algorithm":"random","max_evals":10,"random_seed":7,"show_progressbar":true},
             "space":{"params":[{{string.Join(',', space)}}]},"defaults":{{defaults}},"final_run":false}
            """;
}
