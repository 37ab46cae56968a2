using LogMl.Optimization;
using LogMl.Optimization.Pruning;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Stopping;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Storage.Tests;

/// <summary>Samplers, pruners and stopping criteria of users. Like users, this project sees only the public API of the engine.</summary>
public sealed class CustomSearchTests
{
    [Fact]
    public void A_sampler_of_a_user_searches_every_space_and_goes_on_as_if_it_had_never_stopped()
    {
        var whole = NewStudy(new LocalSearch(seed: 3));
        whole.Optimize(Loss, maxEvals: 60);
        var random = Searched(Samplers.Random(seed: 3));
        Assert.True(MeanLoss(whole) < MeanLoss(random));
        Assert.Equal("local-search/1", whole.Options.Sampler.AlgorithmId);

        var resumed = NewStudy(new LocalSearch(seed: 3));
        foreach (var old in whole.Trials.Take(25))
        {
            resumed.Tell(resumed.Ask(old.Values), old.Loss!.Value);
        }

        Assert.Equal(resumed.TryPropose(), resumed.TryPropose());
        resumed.Optimize(Loss, maxEvals: 60);
        Assert.Equal(whole.Trials.Select(Point), resumed.Trials.Select(Point));
        Assert.NotEqual(whole.Trials.Select(Point), Searched(new LocalSearch(seed: 4)).Trials.Select(Point));
    }

    [Fact]
    public void A_stored_study_goes_on_with_a_sampler_of_a_user()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        var options = new StudyOptions { Sampler = new LocalSearch(seed: 3) };
        var expected = Searched(new LocalSearch(seed: 3), maxEvals: 20).Trials.Select(Point);
        foreach (var count in (int[])[8, 20])
        {
            using var study = storage.OpenStudy(options, space: Space());
            while (study.History.Trials.Count < count)
            {
                var trial = study.TryAsk(count, out _)!;
                study.Tell(trial, Loss(trial));
            }

            Assert.Equal(expected.Take(count), study.History.Trials.Select(Point));
        }
    }

    [Fact]
    public void Values_that_are_given_stay_and_branches_that_are_not_chosen_have_no_open_parameters()
    {
        var seen = new List<string[]>();
        var sampler = new LambdaSampler(proposal =>
        {
            seen.Add([.. proposal.OpenParameters().Select(parameter =>
            {
                if (parameter.Name == "kind")
                {
                    proposal.Set(parameter, 1);
                }

                return parameter.Name;
            })]);
            Assert.Equal(2, proposal.Find(Parameter(proposal, "n")));
        });
        var study = new Study(Space(), new StudyOptions { Sampler = sampler, Fixed = Space().Values(("n", 2)) });
        Assert.True(study.Enqueue(Space().Values(("x", 0.5))));

        Assert.Equal((0.5, 2, "b"), (study.Ask().GetDouble("x"), study.Trials[0].GetInt32("n"), study.Trials[0].GetOption("kind")));
        study.Ask();

        Assert.Equal([["rate", "kind"], ["x", "rate", "kind"]], seen);
        Assert.False(study.Trials[1].IsActive("depth"));
        Assert.True(study.Trials[1].IsActive("x"));
    }

    [Theory]
    [InlineData("outside", "Parameter 'x' cannot be 2: uniform does not give this value.")]
    [InlineData("twice", "Parameter 'x' is not open: it has a value.")]
    [InlineData("branch", "Parameter 'depth' is not open: its branch is not chosen.")]
    [InlineData("foreign", "Parameter 'x' belongs to another study.")]
    public void A_wrong_proposal_is_an_error_of_asking_and_no_trial(string mistake, string message)
    {
        var sampler = new LambdaSampler(proposal =>
        {
            var x = Parameter(proposal, "x");
            switch (mistake)
            {
                case "outside":
                    proposal.Set(x, 2);
                    break;
                case "twice":
                    proposal.Set(x, 0.5);
                    proposal.Set(x, 0.5);
                    break;
                case "branch":
                    proposal.Set(Parameter(proposal, "kind"), 1);
                    proposal.Set(Parameter(proposal, "depth"), 3);
                    break;
                default:
                    proposal.Set(NewStudy(Samplers.Random(1)).Parameters[0], 0.5);
                    break;
            }
        });
        var study = NewStudy(sampler);

        Assert.Contains(message, Assert.ThrowsAny<SystemException>(study.Ask).Message, StringComparison.Ordinal);
        Assert.Empty(study.Trials);
    }

    [Fact]
    public void A_point_cannot_be_changed_after_it_was_proposed()
    {
        Proposal? kept = null;
        var study = NewStudy(new LambdaSampler(proposal => kept = proposal));
        study.Ask();

        Assert.Contains(
            "can no longer be changed",
            Assert.Throws<InvalidOperationException>(() => kept!.Set(study.Parameters[0], 0.5)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_sampler_of_a_user_may_refuse_a_study_and_end_a_search()
    {
        Assert.Equal("It searches numbers.", Assert.Throws<ArgumentException>(() => NewStudy(new LambdaSampler(_ => { }, refusal: "It searches numbers."))).Message);
        Assert.ThrowsAny<ArgumentException>(() => new LambdaSampler(_ => { }, id: " "));

        var study = NewStudy(new LambdaSampler(_ => { }, trials: 3));
        Assert.Equal(StopReason.Exhausted, study.Optimize(Loss, maxEvals: 10).Reason);
        Assert.Equal(3, study.Trials.Count);
    }

    [Fact]
    public void The_random_numbers_of_a_proposal_are_spread_and_within_their_bounds()
    {
        var study = NewStudy(new LambdaSampler(proposal =>
        {
            var random = proposal.Random;
            var draws = Enumerable.Range(0, 2000).Select(_ => random.Next(-3, 5)).ToArray();
            Assert.Equal(Enumerable.Range(-3, 8), draws.Distinct().Order());
            Assert.InRange(draws.Average(), 0.2, 0.8);
            Assert.InRange(Enumerable.Range(0, 2000).Average(_ => random.NextDouble()), 0.45, 0.55);
            Assert.InRange(Enumerable.Range(0, 2000).Average(_ => random.NextSingle()), 0.45, 0.55);
            Assert.InRange(random.NextInt64(long.MinValue, long.MaxValue), long.MinValue, long.MaxValue - 1);
            Assert.Equal(7, random.Next(7, 7));
            Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(2, 1));
            var bytes = new byte[4096];
            random.NextBytes(bytes);
            Assert.Equal(256, bytes.Distinct().Count());
            int[] shuffled = [.. Enumerable.Range(0, 50)];
            random.Shuffle(shuffled);
            Assert.NotEqual(Enumerable.Range(0, 50), shuffled);
            Assert.Equal(Enumerable.Range(0, 50), shuffled.Order());
        }));
        study.Ask();
        Assert.Single(study.Trials);
    }

    [Fact]
    public void A_pruner_of_a_user_gives_trials_up()
    {
        foreach (var pruner in (Pruner[])[
            new HopelessPruner(step: 2, limit: 10),
            Pruners.Patient(1, new HopelessPruner(step: 2, limit: 10))
        ])
        {
            var study = new Study(Space(), new StudyOptions { Sampler = Samplers.Random(1), Pruner = pruner });
            study.Optimize(
                trial =>
                {
                    for (var step = 0; step < 5; step++)
                    {
                        trial.Report(trial.Number % 2 == 0 ? 20 + step : 1, step);
                        trial.ThrowIfPruned();
                    }

                    return 1;
                },
                maxEvals: 6);

            Assert.Equal(
                Enumerable.Range(0, 6).Select(number => number % 2 == 0 ? TrialState.Pruned : TrialState.Complete),
                study.Trials.Select(trial => trial.State));
            Assert.Equal(3, study.Trials[0].Reports.Count);
        }
    }

    [Fact]
    public void A_stopping_criterion_of_a_user_ends_a_search()
    {
        var study =
            new Study(Space(), new StudyOptions { Sampler = Samplers.Random(1), Stopping = [new EnoughGoodTrials(count: 4, loss: 1)] });
        var end = study.Optimize(trial => trial.Number % 2, maxEvals: 100);

        Assert.Equal(new StudyEnd(StopReason.Custom, "There are enough good trials."), end);
        Assert.Equal(7, study.Trials.Count);
    }

    [Fact]
    public void The_documentation_shows_the_classes_that_are_tested()
    {
        var code = Repository.Read("tests/LogMl.Storage.Tests/Kit/CustomSearch.cs");
        var shown = code[(code.IndexOf("below this line.", StringComparison.Ordinal) + "below this line.".Length)..].Trim();

        Assert.Contains(
            shown.Replace("internal sealed", "public sealed", StringComparison.Ordinal),
            Repository.Read("docs/engine.md"),
            StringComparison.Ordinal);
    }

    private static SearchSpace Space() => new()
    {
        ["x"] = Distribution.Uniform(0, 1),
        ["n"] = Distribution.UniformInt(1, 8),
        ["rate"] = Distribution.LogUniformBetween(0.001, 1),
        ["kind"] = Distribution.Choice(new Branch("a", new SearchSpace { ["depth"] = Distribution.RandInt(2, 9) }), "b"),
    };

    private static Study NewStudy(Sampler sampler) => new(Space(), new StudyOptions { Sampler = sampler });

    private static Study Searched(Sampler sampler, int maxEvals = 60)
    {
        var study = NewStudy(sampler);
        study.Optimize(Loss, maxEvals);
        return study;
    }

    private static double MeanLoss(Study study) => study.Trials.Skip(20).Average(trial => trial.Loss!.Value);

    private static double Loss(TrialView trial) =>
        Math.Pow(trial.GetDouble("x") - 0.3, 2) + Math.Pow(trial.GetInt32("n") - 5, 2) / 16 + Math.Pow(
            Math.Log10(trial.GetDouble("rate")) + 2, 2) +
        (trial.IsActive("depth") ? Math.Pow(trial.GetInt32("depth") - 4, 2) / 50 : 0.5);

    private static string Point(TrialView trial) => string.Join(' ', trial.Values);

    private static Parameter Parameter(Proposal proposal, string name) =>
        proposal.History.Parameters.Single(parameter => parameter.Name == name);

    private sealed class LambdaSampler(
        Action<Proposal> propose, int trials = int.MaxValue, string? refusal = null, string id = "test/1") : CustomSampler(id, seed: 1)
    {
        protected override void CheckStudy(StudyHistory history)
        {
            Assert.Empty(history.Trials);
            Assert.Equal([Direction.Minimize], history.Directions);
            if (refusal is not null)
            {
                throw new ArgumentException(refusal);
            }
        }

        protected override bool HasNext(StudyHistory history) => history.Trials.Count < trials;

        protected override void Propose(Proposal proposal)
        {
            Assert.Equal(proposal.History.Trials.Count, proposal.Number);
            propose(proposal);
        }
    }
}
