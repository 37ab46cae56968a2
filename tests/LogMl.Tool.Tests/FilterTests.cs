using LogMl.Optimization;
using LogMl.Storage;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests;

/// <summary>The expressions of --filter.</summary>
public sealed class FilterTests : IClassFixture<FilterTests.FourTrials>
{
    private readonly ToolFolder _folder;

    public FilterTests(FourTrials trials) => _folder = trials.Folder;

    [Theory]
    [InlineData("loss < 1", "0 1")]
    [InlineData("loss >= 1 or number = 0", "0 2 3")]
    [InlineData("not loss >= 1 and trial != 0", "1")]
    [InlineData("kernel = rbf", "0 2")]
    [InlineData("'rbf' = step.kernel", "0 2")]
    [InlineData("kernel ~ 'O'", "1 3")]
    [InlineData("kernel != rbf && (x > 1e0 || x = 0.5)", "1 3")]
    [InlineData("poly.degree", "1 3")]
    [InlineData("!degree", "0 2")]
    [InlineData("`step.kernel.poly.degree` > 3", "3")]
    [InlineData("rank <= 2 and state = complete", "0 1")]
    [InlineData("metrics.accuracy > 0.5", "1")]
    [InlineData("degree < 100 or degree >= 100", "1 3")]
    [InlineData("accuracy > 0.5", "1")]
    [InlineData("accuracy", "1")]
    [InlineData("state = 'complete' and kernel != poly", "0 2")]
    public void An_expression_selects_trials(string expression, string expected) => Assert.Equal(
        expected,
        string.Join(' ', _folder.Run("trials", "--filter", expression, "--json").Json.GetProperty("trials").EnumerateArray()
            .Select(trial => trial.GetProperty("number").GetInt32())));

    [Theory]
    [InlineData("los < 1", "There is no 'los'; did you mean 'loss'?")]
    [InlineData("acuracy > 1", "There is no 'acuracy'; did you mean 'metrics.accuracy'?")]
    [InlineData("loss < acuracy", "There is no 'acuracy'; did you mean 'metrics.accuracy'?")]
    [InlineData(
        "state = done",
        "'state' is never 'done'; did you mean 'complete'? "
        + "It is one of complete, infeasible, uncounted, pruned, failed, repeated, running, waiting.")]
    [InlineData(
        "FAIL != state",
        "'state' is never 'FAIL'; did you mean 'failed'? "
        + "It is one of complete, infeasible, uncounted, pruned, failed, repeated, running, waiting.")]
    [InlineData("kernel = rbff", "'step.kernel' is never 'rbff'; did you mean 'rbf'? It is one of rbf, poly.")]
    [InlineData("loss <", "Something is missing at the end.")]
    [InlineData("(loss < 1", "A ) is missing.")]
    [InlineData("loss < 1 )", "')' is not expected here.")]
    [InlineData("loss < and", "A name or a value should be where 'and' is.")]
    [InlineData("loss $ 1", "'$ 1' cannot be read.")]
    [InlineData("", "Something is missing at the end.")]
    public void A_wrong_expression_is_one_error(string expression, string message) =>
        Assert.EndsWith(message, _folder.Run("trials", "-f", expression).Fails(ToolErrors.Filter), StringComparison.Ordinal);

    [Fact]
    public void An_end_that_a_parameter_and_a_score_have_in_common_is_not_clear()
    {
        using var folder = new ToolFolder().With("study.db", storage =>
        {
            using var study = StoredStudy.Open(
                storage, "two", new SearchSpace { ["step.rate"] = Distribution.Uniform(0, 1) },
                new StudyOptions { Sampler = Samplers.Random(seed: 1) });
            study.Tell(study.Ask(maxEvals: 1)!, new TrialResult(1), new Dictionary<string, string> { ["metrics.rate"] = "5" });
        });

        Assert.EndsWith(
            "'rate' is not clear. It is 'step.rate' or 'metrics.rate'.", folder.Run("trials", "-f", "rate > 2").Fails(ToolErrors.Filter),
            StringComparison.Ordinal);
        Assert.Equal(1, folder.Run("trials", "-f", "metrics.rate > 2", "--json").Json.GetProperty("trials").GetArrayLength());
    }

    [Fact]
    public void Deep_parentheses_are_an_error_and_end_no_process() =>
        _folder.Run("trials", "-f", new string('(', 100_000)).Fails(ToolErrors.Filter);

    /// <summary>Four trials of known values.</summary>
    public sealed class FourTrials : IDisposable
    {
        internal ToolFolder Folder { get; } = new ToolFolder().With("study.db", Fill);

        public void Dispose() => Folder.Dispose();

        private static void Fill(StudyStorage storage)
        {
            var space = new SearchSpace
            {
                ["step.x"] = Distribution.Uniform(0, 4),
                ["step.kernel"] = Distribution.Choice(
                    "rbf", new Branch("poly", new SearchSpace { ["step.kernel.poly.degree"] = Distribution.UniformInt(1, 9) })),
            };
            using var study = StoredStudy.Open(storage, "four", space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
            for (var n = 0; n < 4; n++)
            {
                var point = new Dictionary<string, double> { ["step.x"] = n / 2.0, ["step.kernel"] = n % 2 };
                if (n % 2 == 1)
                {
                    point["step.kernel.poly.degree"] = n == 1 ? 2 : 5;
                }

                study.Enqueue(point);
                var trial = study.Ask(maxEvals: 4)!;
                study.Tell(
                    trial, new TrialResult(n / 2.0),
                    new Dictionary<string, string> { ["metrics.accuracy"] = n == 1 ? "0.75" : "null" });
            }
        }
    }
}
