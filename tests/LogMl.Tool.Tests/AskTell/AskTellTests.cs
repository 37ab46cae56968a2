using System.Globalization;
using LogMl.Tool.Tests.Kit;
using LogMl.Optimization.Tests;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.TestKit;

namespace LogMl.Tool.Tests.AskTell;

/// <summary>The conversation of <c>ask-tell</c>, with the real process.</summary>
public sealed class AskTellTests
{
    private const string Space = """
        {"params":[
          {"name":"x","dist":"uniform","args":[-5,10]},
          {"name":"k","dist":"choice","options":[1,"a",
            {"label":"rbf","params":[
              {"name":"g","dist":"loguniform","args":[-3,3]},
              {"name":"deep","dist":"pchoice","options":[null,{"label":true,"params":[{"name":"n","dist":"uniformint","args":[1,9]}]}],"probs":[0.25,0.75]}]}]}]}
        """;

    public static TheoryData<string> Algorithms => AllSamplers.Names;

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Each_algorithm_proposes_what_is_active_and_nothing_else(string algorithm)
    {
        using var process = new AskTellProcess(Space, $"--algo {algorithm} --seed 7 --evals 40");
        var branches = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            var point = process.Ask();
            branches.Add(string.Join(' ', point.Keys));
            AssertIsInSpace(point);
            process.Tell(
                i % 7 == 3 ? """{"state":"failed"}""" : string.Create(CultureInfo.InvariantCulture, $"{{\"loss\": {point["x"]:R}}}"));
        }

        Assert.Equal((0, "", ""), process.End());
        Assert.All(branches, keys => Assert.Contains(keys, (string[])["x k#index", "x k#index g deep#index", "x k#index g deep#index n"]));
    }

    [Fact]
    public void The_same_seed_gives_the_same_proposals_and_another_seed_others()
    {
        Assert.Equal(Converse(1), Converse(1));
        Assert.NotEqual(Converse(1), Converse(2));

        static string Converse(int seed)
        {
            using var process = new AskTellProcess(Space, $"--algo anneal --seed {seed} --evals 12");
            var points = new List<string>();
            for (var i = 0; i < 12; i++)
            {
                points.Add(string.Join(' ', process.Ask()));
                process.Tell($$"""{"loss": {{i}}}""");
            }

            return string.Join('\n', points);
        }
    }

    [Fact]
    public void A_pruned_trial_needs_no_loss_and_counts_as_one_of_the_evaluations()
    {
        using var process = new AskTellProcess(Space, "--algo tpe --seed 1 --evals 3");
        foreach (var answer in (string[])["""{"state":"pruned","loss":0.5}""", """{"state":"pruned"}""", """{"state":"complete","loss":1e-3}"""])
        {
            process.Ask();
            process.Tell(answer);
        }

        Assert.Equal((0, "", ""), process.End());
    }

    [Fact]
    public void Losses_that_are_not_finite_and_the_results_of_hyperopt_are_answers()
    {
        using var folder = new TempDirectory("asktell");
        var file = Path.Combine(folder.Path, "s.db");
        string[] answers =
        [
            """{"loss": NaN}""",
            """{"loss": Infinity}""",
            """{"loss": -Infinity}""",
            """{"status": "ok", "loss": 0.25, "loss_variance": NaN, "note": "NaN \" Infinity", "attachments": {"model": [1, 2]}}""",
            """{"status": "fail", "loss": null}""",
            """{"state": "pruned", "loss": NaN}""",
        ];
        using var process = new AskTellProcess(Space, $"--algo random --seed 1 --evals {answers.Length} --storage {file}");
        foreach (var answer in answers)
        {
            process.Ask();
            process.Tell(answer);
        }

        Assert.Equal((0, "", ""), process.End());
        using var storage = StudyStorages.Sqlite(file);
        var trials = storage.ReadTrials(storage.FindStudy("ask-tell")!.Id, -1, []);
        Assert.Equal(
            [StoredState.Fail, StoredState.Fail, StoredState.Fail, StoredState.Complete, StoredState.Fail, StoredState.Pruned],
            trials.Select(trial => trial.State));
        Assert.Equal([0.25], trials[3].Values);
    }

    [Fact]
    public void A_real_number_is_written_as_one_an_integer_as_one_and_an_option_as_itself()
    {
        const string Mixed = """
            {"params":[
              {"name":"q","dist":"quniform","args":[1,1.2,1]}, {"name":"n","dist":"randint","args":[3,4]}, {"name":"big","dist":"qnormal","args":[1e300,1,1e299]},
              {"name":"k","dist":"choice","options":[1.0]}, {"name":"m","dist":"choice","options":[{"label":"ä \"b\"","params":[{"name":"u","dist":"uniformint","args":[2,2.4]}]}]},
              {"name":"l","dist":"choice","options":[1]}, {"name":"o","dist":"choice","options":[null]}, {"name":"p","dist":"choice","options":[true]}]}
            """;
        using var process = new AskTellProcess(Mixed, "--algo random --seed 1 --evals 1");
        Assert.Equal(
            """{"params":{"q":1.0,"n":3,"big":1E+300,"k#index":0,"m#index":0,"u":2,"l#index":0,"o#index":0,"p#index":0},"values":{"q":1.0,"n":3,"big":1E+300,"k":1.0,"m":"ä \"b\"","u":2,"l":1,"o":null,"p":true}}""",
            process.AskLine());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_points_to_evaluate_come_first_and_the_algorithm_adds_what_they_leave_open(bool isStored)
    {
        using var folder = new TempDirectory("asktell");
        var storage = isStored ? $" --storage {Path.Combine(folder.Path, "s.db")}" : "";
        using var process = new AskTellProcess(
            """{"params":[{"name":"x","dist":"uniform","args":[-5,10]},{"name":"q","dist":"quniform","args":[0,1,0.1]},{"name":"k","dist":"choice","options":["a",2.0]}]}""",
            "--algo tpe --seed 7 --evals 3" + storage,
            points: """[{"x": 10, "k": 2, "q": 0.3}, {"k#index": 0}]""");
        var first = process.Ask();
        Assert.Equal((10, 3 * 0.1, 1), (first["x"], first["q"], first["k#index"]));
        process.Tell("""{"loss":1}""");
        Assert.Equal(0, process.Ask()["k#index"]);
        process.Tell("""{"loss":2}""");
        process.Ask();
        process.Tell("""{"loss":3}""");
        Assert.Equal((0, "", ""), process.End());
    }

    [Theory]
    [InlineData("""{"x": 1}""", "$: it must be an array of points; it is an object.")]
    [InlineData("""[{"x": 1}, {"momentum": 1}]""", "$[1]: the space has no parameter 'momentum'; there are x, k, g, deep, n.")]
    [InlineData("""[{"x": "1"}]""", "$[0].x: it must be a number; it is \"1\".")]
    [InlineData("""[{"x": 11}]""", "$[0]: Parameter 'x' cannot be 11: uniform does not give this value.")]
    [InlineData("""[{"k": "b"}]""", "$[0].k: \"b\" is no option; there are 1, \"a\", \"rbf\".")]
    [InlineData("""[{"k": "a", "k#index": 1}]""", "$[0]: 'k' is given as option and as index.")]
    [InlineData("""[{"k": "a", "g": 1}]""", "$[0]: Parameter 'g' exists only with option 2 of 'k', which is option 1.")]
    public void A_point_that_is_not_in_the_space_ends_it_with_code_2_and_its_path(string points, string expected)
    {
        using var process = new AskTellProcess(Space, "--algo random --seed 1 --evals 9", points: points);
        AssertRefused(process, "error LOGML3020: ", "points.json: ", expected);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_says_how_it_is_called_and_ends_well(string option)
    {
        using var process = new AskTellProcess(null, option);
        var (exitCode, output, errors) = process.End();
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.All(
            (string[])[
                "--space",
                "--algo",
                "--seed",
                "--evals",
                "--options",
                "--points-to-evaluate",
                "--storage",
                "--study",
                "tpe-hyperopt",
                "{\"loss\": 0.5}"
            ],
            text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Fact]
    public void The_end_of_the_input_ends_it_well()
    {
        using var process = new AskTellProcess(Space, "--algo random --seed 1 --evals 100");
        process.Ask();
        process.Tell("""{"loss":1}""");
        process.Ask();
        process.Close();
        Assert.Equal((0, "", ""), process.End());
    }

    [Fact]
    public void A_grid_that_is_finished_ends_it_well_and_says_so()
    {
        using var process = new AskTellProcess("""{"params":[{"name":"k","dist":"choice","options":["a","b"]}]}""", "--algo grid --seed 1 --evals 100");
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(i, process.Ask()["k#index"]);
            process.Tell("""{"loss":1}""");
        }

        Assert.Equal((0, "", "ask-tell: all 2 points of the space have been proposed.\n"), process.End());
    }

    [Theory]
    [InlineData("loss", "'loss' is no JSON; expected is {\"loss\": x}, {\"state\": \"failed\"}, {\"state\": \"pruned\", \"loss\": x} or {\"status\": \"ok\", \"loss\": x}, in one line.")]
    [InlineData("", "'' is no JSON")]
    [InlineData("{\"loss\": nan}", "is no JSON")]
    [InlineData("{\"status\":\"running\"}", "has the status \"running\", which is neither ok nor fail")]
    [InlineData("{\"status\":\"ok\"}", "has no loss")]
    [InlineData("{\"status\":\"ok\",\"loss\":1,\"state\":\"failed\"}", "has a state and a status")]
    [InlineData("3", "'3' is no object")]
    [InlineData("{}", "has no loss")]
    [InlineData("{\"loss\":\"3\"}", "has the loss \"3\", which is no number")]
    [InlineData("{\"los\":3}", "has the unknown key 'los'")]
    [InlineData("{\"los\\u001b[2J\\u202e\":3}", "has the unknown key 'los\\u001b[2J\\u202e'")]
    [InlineData("{\"state\":\"fail\"}", "has the unknown state \"fail\"")]
    [InlineData("{\"state\":[]}", "has the unknown state an array")]
    [InlineData("{\"loss\":1,\"user_attrs\":[1]}", "has the user_attrs an array, which is no object")]
    [InlineData("{\"loss\":1,\"user_attrs\":{\"seconds\":1}}", "has a user attribute that is none: 'seconds' is what LogMl itself notes")]
    [InlineData("{\"loss\":1,\"loss\":2}", "has the key 'loss' twice or more; expected is")]
    public void A_line_that_is_no_answer_ends_it_with_code_2_and_one_line(string answer, string expected)
    {
        using var process = new AskTellProcess(Space, "--algo random --seed 1 --evals 9");
        process.Ask();
        process.Tell("""{"loss":1}""");
        process.Ask();
        process.Tell(answer);
        AssertRefused(process, "error LOGML3020: line 2 of the input: ", expected);
    }

    [Theory]
    [InlineData("--algo tpee --seed 1 --evals 9", "did you mean 'tpe'?")]
    [InlineData("--algo tpe --seed 1 --evals x", "--evals is 'x', but must be a whole number from 0 to 2147483647.")]
    [InlineData("--algo tpe --seed 1.5 --evals 1", "--seed is '1.5'")]
    [InlineData("--algo tpe --seed 1", "Option '--evals' is required.")]
    [InlineData("--algo tpe --seed 1 --evals 1 --eval 2", "did you mean '--evals'?")]
    [InlineData("--foo", "'--foo' is no option of logml ask-tell")]
    [InlineData("--algo tpe --seed 1 --evals", "Required argument missing for option: '--evals'.")]
    [InlineData("--algo tpe --seed 1 --evals 1 --seed 2", "Option '--seed' expects a single argument but 2 were provided.")]
    [InlineData("--algo tpe --seed 1 --evals 1 --study foo", "but there is no --storage")]
    public void A_wrong_command_line_ends_it_with_code_2_and_one_line(string arguments, string expected)
    {
        using var process = new AskTellProcess(Space, arguments);
        AssertRefused(process, "error LOGML3001: ", expected);
    }

    [Theory]
    [InlineData("--storage /proc/nowhere/s.db", "/proc/nowhere")]
    [InlineData("--storage env", "LOGML_STORAGE is not set")]
    [InlineData("--storage postgresql://me:hunter2@db/studies", "Put it into the environment variable LOGML_STORAGE")]
    [InlineData("--options /nowhere/o.json", "The file of --options cannot be read: Could not find")]
    public void A_file_that_cannot_be_used_ends_it_with_code_2_and_one_line(string arguments, string expected)
    {
        using var process = new AskTellProcess(Space, "--algo tpe --seed 1 --evals 1 " + arguments);
        AssertRefused(process, "error LOGML3020: ", expected);
    }

    private static void AssertRefused(AskTellProcess process, params string[] expected)
    {
        var (exitCode, output, errors) = process.End();
        Assert.Equal((2, ""), (exitCode, output));
        Assert.All(expected, text => Assert.Contains(text, errors, StringComparison.Ordinal));
        Assert.Equal(errors.Length - 1, errors.IndexOf('\n', StringComparison.Ordinal));
    }

    private static void AssertIsInSpace(Dictionary<string, double> point)
    {
        Assert.InRange(point["x"], -5, 10);
        Assert.Contains(point["k#index"], (double[])[0, 1, 2]);
        Assert.Equal(point["k#index"] == 2, point.ContainsKey("g"));
        Assert.Equal(point.TryGetValue("deep#index", out var deep) && deep == 1, point.ContainsKey("n"));
        if (point.TryGetValue("n", out var n))
        {
            Assert.Contains(n, Enumerable.Range(1, 9).Select(value => (double)value));
        }
    }
}
