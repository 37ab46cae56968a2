using System.Globalization;
using LogMl.Host.Tests.Kit;
using LogMl.Shared;

namespace LogMl.Host.Tests.AskTell;

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

    public static TheoryData<string> Algorithms => [.. AlgorithmNames.All];

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
            process.Tell(i % 7 == 3 ? """{"state":"failed"}""" : string.Create(CultureInfo.InvariantCulture, $"{{\"loss\": {point["x"]:R}}}"));
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
    [InlineData("loss", "'loss' is no JSON; expected is {\"loss\": x}, {\"state\": \"failed\"} or {\"state\": \"pruned\", \"loss\": x}, in one line.")]
    [InlineData("", "'' is no JSON")]
    [InlineData("{\"loss\": NaN}", "is no JSON")]
    [InlineData("3", "'3' is no object")]
    [InlineData("{}", "has no loss")]
    [InlineData("{\"loss\":\"3\"}", "has the loss \"3\", which is no number")]
    [InlineData("{\"los\":3}", "has the unknown key 'los'")]
    [InlineData("{\"state\":\"fail\"}", "has the unknown state \"fail\"")]
    [InlineData("{\"state\":[]}", "has the unknown state an array")]
    [InlineData("{\"loss\":1,\"loss\":2}", "is no JSON")]
    public void A_line_that_is_no_answer_ends_it_with_code_2_and_one_line(string answer, string expected)
    {
        using var process = new AskTellProcess(Space, "--algo random --seed 1 --evals 9");
        process.Ask();
        process.Tell("""{"loss":1}""");
        process.Ask();
        process.Tell(answer);
        AssertRefused(process, "line 2 of the input: ", expected);
    }

    [Theory]
    [InlineData("--algo tpee --seed 1 --evals 9", "did you mean 'tpe'?")]
    [InlineData("--algo tpe --seed 1 --evals x", "--evals is 'x', but must be a whole number from 0 to 2147483647.")]
    [InlineData("--algo tpe --seed 1.5 --evals 1", "--seed is '1.5'")]
    [InlineData("--algo tpe --seed 1", "The option --evals is missing.")]
    [InlineData("--algo tpe --seed 1 --evals 1 --eval 2", "did you mean --evals?")]
    [InlineData("--algo tpe --seed 1 --evals 1 --storage env", "LOGML_STORAGE is not set")]
    [InlineData("--algo tpe --seed 1 --evals 1 --options /nowhere/o.json", "The file of --options cannot be read: Could not find")]
    public void A_wrong_command_line_ends_it_with_code_2_and_one_line(string arguments, string expected)
    {
        using var process = new AskTellProcess(Space, arguments);
        AssertRefused(process, "ask-tell: ", expected);
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
