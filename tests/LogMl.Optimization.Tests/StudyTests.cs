using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

public class StudyTests
{
    [Fact]
    public void Ask_and_tell_keep_numbers_states_and_losses()
    {
        var study = NewStudy();
        Assert.Null(study.BestTrial);
        var first = study.Ask();
        var second = study.Ask();
        var third = study.Ask();
        Assert.Equal([0, 1, 2], study.Trials.Select(t => t.Number));
        Assert.All(study.Trials, t => Assert.Equal(TrialState.Running, t.State));

        study.Tell(third, 3);
        study.TellFailed(second);
        study.Tell(first, 5);
        Assert.Equal([TrialState.Complete, TrialState.Failed, TrialState.Complete], study.Trials.Select(t => t.State));
        Assert.Equal([5, null, 3], study.Trials.Select(t => t.Loss));
        Assert.Same(third, study.BestTrial);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_loss_that_is_not_finite_fails_the_trial(double loss)
    {
        var study = NewStudy();
        var trial = study.Ask();
        study.Tell(trial, loss);
        Assert.Equal(TrialState.Failed, trial.State);
        Assert.Null(trial.Loss);
        Assert.Null(study.BestTrial);
    }

    [Fact]
    public void The_first_of_equal_losses_is_the_best_in_whatever_order_they_are_told()
    {
        var study = NewStudy();
        var first = study.Ask();
        var second = study.Ask();
        study.Tell(second, 1);
        Assert.Same(second, study.BestTrial);
        study.Tell(first, 1);
        Assert.Same(first, study.BestTrial);
    }

    [Fact]
    public void A_trial_is_told_once()
    {
        var study = NewStudy();
        var trial = study.Ask();
        study.Tell(trial, 1);
        Error.Says<InvalidOperationException>("already been told", () => study.Tell(trial, 2));
        Error.Says<InvalidOperationException>("Complete", () => study.TellFailed(trial));
        Assert.Equal(1, trial.Loss);
    }

    [Fact]
    public void A_trial_of_another_study_is_refused()
    {
        var foreign = NewStudy().Ask();
        var study = NewStudy();
        study.Ask();
        Error.Says<ArgumentException>("another study", () => study.Tell(foreign, 1));
        Assert.Throws<ArgumentException>(() => study.TellFailed(foreign));
        Assert.Throws<ArgumentNullException>(() => study.Tell(null!, 1));
    }

    [Fact]
    public void Optimize_counts_the_trials_that_are_there_already()
    {
        var study = NewStudy();
        study.Optimize(TestSpaces.SumOfSquares, 5);
        study.Optimize(TestSpaces.SumOfSquares, 8);
        study.Optimize(TestSpaces.SumOfSquares, 3);
        Assert.Equal(8, study.Trials.Count);
        Assert.Equal(study.Trials.Min(t => t.Loss), study.BestTrial!.Loss);
    }

    [Fact]
    public async Task Optimize_and_OptimizeAsync_do_the_same()
    {
        var sync = NewStudy();
        var async = NewStudy();
        sync.Optimize(TestSpaces.SumOfSquares, 40);
        await async.OptimizeAsync(
            async (trial, token) =>
            {
                await Task.Yield();
                return TestSpaces.SumOfSquares(trial);
            },
            40);
        Assert.Equal(sync.Trials.Select(t => t.Loss), async.Trials.Select(t => t.Loss));
    }

    [Fact]
    public async Task An_exception_of_the_objective_fails_its_trial_and_reaches_the_caller()
    {
        var study = NewStudy();
        Assert.Throws<FormatException>(() => study.Optimize(t => t.Number == 3 ? throw new FormatException() : 1, 10));
        await Assert.ThrowsAsync<FormatException>(() => study.OptimizeAsync((t, _) => throw new FormatException(), 10));
        Assert.Equal(5, study.Trials.Count);
        Assert.Equal([3, 4], study.Trials.Where(t => t.State == TrialState.Failed).Select(t => t.Number));
    }

    [Fact]
    public async Task Cancellation_ends_the_loop_between_trials()
    {
        var study = NewStudy();
        using var source = new CancellationTokenSource();
        Func<Trial, double> objective = trial =>
        {
            if (trial.Number == 4)
            {
                source.Cancel();
            }

            return 1;
        };
        Assert.Throws<OperationCanceledException>(() => study.Optimize(objective, 10, source.Token));
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => study.OptimizeAsync((t, token) => Task.FromResult(1.0), 10, source.Token));
        Assert.Equal(5, study.Trials.Count);
        Assert.All(study.Trials, t => Assert.Equal(TrialState.Complete, t.State));
    }

    [Fact]
    public void A_given_point_becomes_a_trial()
    {
        var study = TestSpaces.NewStudy(TestSpaces.Conditional(), Samplers.Random(1));
        var trial = study.Ask(new Dictionary<string, double> { ["scale"] = 1, ["classifier"] = 1, ["k"] = 7 });
        Assert.Equal(["classifier", "k", "scale"], trial.Values.Keys);
        Assert.Equal("knn", trial.GetOption("classifier"));
        Assert.Equal(7, trial.GetInt32("k"));
        Assert.True(trial.Get<bool>("scale"));
    }

    public static TheoryData<string, Dictionary<string, double>> WrongPoints => new()
    {
        { "no parameter 'z'", new() { ["classifier"] = 2, ["scale"] = 0, ["z"] = 1 } },
        { "'scale' has no value", new() { ["classifier"] = 2 } },
        { "'k' has no value", new() { ["classifier"] = 1, ["scale"] = 0 } },
        { "'k' is given, but belongs to a branch", new() { ["classifier"] = 2, ["scale"] = 0, ["k"] = 3 } },
        { "'classifier' cannot be 3", new() { ["classifier"] = 3, ["scale"] = 0 } },
        { "'k' cannot be 1.5", new() { ["classifier"] = 1, ["scale"] = 0, ["k"] = 1.5 } },
        { "'scale' cannot be NaN", new() { ["classifier"] = 2, ["scale"] = double.NaN } },
    };

    [Theory]
    [MemberData(nameof(WrongPoints))]
    public void A_wrong_point_is_refused_and_starts_no_trial(string message, Dictionary<string, double> values)
    {
        var study = TestSpaces.NewStudy(TestSpaces.Conditional(), Samplers.Random(1));
        Error.Says<ArgumentException>(message, () => study.Ask(values));
        Assert.Empty(study.Trials);
    }

    [Fact]
    public void A_name_given_twice_is_refused() =>
        Error.Says<ArgumentException>("given twice", () => NewStudy().Ask([new("x", 1.0), new("x", 2.0)]));

    [Fact]
    public void An_empty_space_has_trials_without_values()
    {
        var study = TestSpaces.NewStudy([], Samplers.Tpe(1));
        study.Optimize(t => t.Number, 30);
        Assert.All(study.Trials, t => Assert.Empty(t.Values));
    }

    [Fact]
    public void A_maximizing_study_keeps_what_was_told_and_turns_the_loss_around()
    {
        static SearchSpace Space() => new() { ["x"] = Distribution.Uniform(0, 1) };
        var study = new Study(Space(), new StudyOptions { Sampler = Samplers.Tpe(1), Directions = [Direction.Maximize] });
        var mirrored = TestSpaces.NewStudy(Space(), Samplers.Tpe(1));
        study.Optimize(t => t.GetDouble("x"), 60);
        mirrored.Optimize(t => -t.GetDouble("x"), 60);
        Assert.Equal(study.Trials.Max(t => t.Objectives[0]), study.BestTrial!.Objectives[0]);
        Assert.Equal(-study.BestTrial.Objectives[0], study.BestTrial.Loss);
        Assert.Equal(mirrored.Trials.Select(t => t.Loss), study.Trials.Select(t => t.Loss));
    }

    [Fact]
    public void The_best_trial_keeps_the_constraints()
    {
        var study = NewStudy();
        var violating = study.Ask();
        var unknown = study.Ask();
        var keeping = study.Ask();
        study.Tell(violating, new TrialResult(1) { Constraints = [-1, 0.5] });
        study.Tell(unknown, new TrialResult(2) { Constraints = [double.NaN] });
        Assert.Null(study.BestTrial);
        study.Tell(keeping, new TrialResult(3) { Constraints = [-1, 0] });
        Assert.Same(keeping, study.BestTrial);
        Assert.False(violating.IsFeasible);
        Assert.False(unknown.IsFeasible);
    }

    [Fact]
    public void Several_objectives_are_told_together()
    {
        var study = new Study(
            new SearchSpace { ["x"] = Distribution.Uniform(0, 1) },
            new StudyOptions { Sampler = Samplers.Random(1), Directions = [Direction.Minimize, Direction.Maximize] });
        var trial = study.Ask();
        Error.Says<ArgumentException>("2 objectives; the result of trial 0 has 1", () => study.Tell(trial, 1));
        study.Tell(trial, new TrialResult(1, 2));
        Assert.Equal([1, 2], trial.Objectives);
        Assert.Null(trial.Loss);
        Assert.Null(study.BestTrial);
        var infinite = study.Ask();
        study.Tell(infinite, new TrialResult(1, double.PositiveInfinity));
        Assert.Equal(TrialState.Failed, infinite.State);
        Error.Says<InvalidOperationException>("several objectives", () => study.Ask().Report(1, 1));
    }

    [Fact]
    public void A_pruned_trial_keeps_its_reports_in_the_order_of_the_steps()
    {
        var study = NewStudy();
        var trial = study.Ask();
        trial.Report(3, 2);
        trial.Report(5, 0);
        trial.Report(4, 2);
        study.TellPruned(trial);
        Assert.Equal(TrialState.Pruned, trial.State);
        Assert.Null(trial.Loss);
        Assert.Equal([(0, 5.0), (2, 4.0)], trial.Reports.Select(report => (report.Key, report.Value)));
        Error.Says<InvalidOperationException>("already been told", () => trial.Report(1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => study.Ask().Report(1, -1));
    }

    [Fact]
    public void Any_thread_may_ask_and_tell()
    {
        var study = NewStudy();
        Parallel.For(0, 200, _ =>
        {
            var trial = study.Ask();
            trial.Report(1, 0);
            study.Tell(trial, TestSpaces.SumOfSquares(trial));
        });
        Assert.Equal(Enumerable.Range(0, 200), study.Trials.Select(t => t.Number));
        Assert.All(study.Trials, t => Assert.Equal(TrialState.Complete, t.State));
    }

    private static Study NewStudy() =>
        TestSpaces.NewStudy(
            new SearchSpace { ["x"] = Distribution.Uniform(-5, 10), ["n"] = Distribution.UniformInt(1, 9) }, Samplers.Tpe(1));
}
