using LogMl.Optimization;
using LogMl.Optimization.Stopping;
using LogMl.Storage.Tests.Kit;

namespace LogMl.Storage.Tests;

/// <summary>The loops of a stored study: Optimize, OptimizeAsync and TrialsAsync.</summary>
public sealed class StoredLoopTests
{
    [Theory]
    [LocalStorages]
    public void Optimize_gives_what_asking_and_telling_gives_and_goes_on_where_it_ended(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var options = new StudyOptions { Sampler = Samplers.Tpe(seed: 3) };
        using (var study = storage.OpenStudy(options))
        {
            Assert.Equal(StopReason.MaxEvals, study.Optimize(trial => Samples.Loss(trial.Values), maxEvals: 8).Reason);
        }

        using var again = storage.OpenStudy(options);
        again.Optimize(trial => Samples.Loss(trial.Values), maxEvals: 15);

        using var other = new StoragePlace(kind);
        using var asked = other.Open().OpenStudy(options);
        asked.RunTo(15);
        Assert.Equal(asked.History.Trials.Select(trial => trial.Loss), again.History.Trials.Select(trial => trial.Loss));
        Assert.Equal(15, again.Finished);
    }

    [Fact]
    public async Task Several_workers_of_several_studies_share_the_trials()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var options = new OptimizeOptions { MaxEvals = 40, Workers = 4 };
        using var one = place.Open().OpenStudy();
        using var two = place.Open().OpenStudy();
        var synchronous = Task.Run(() => one.Optimize(trial => Samples.Loss(trial.Values), options));
        var asynchronous = two.OptimizeAsync(
            async (trial, _) =>
            {
                await Task.Yield();
                return Samples.Loss(trial.Values);
            },
            options);

        Assert.Equal(StopReason.MaxEvals, (await synchronous).Reason);
        Assert.Equal(StopReason.MaxEvals, (await asynchronous).Reason);
        using var view = place.Open().OpenStudy();
        Assert.Equal((40, 40), (view.Evaluations, view.Count(TrialState.Complete)));
    }

    [Fact]
    public async Task Both_loops_wait_for_trials_of_others_and_run_the_one_that_is_given_back()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using var other = place.Open().OpenStudy();
        using var study = place.Open().OpenStudy();
        var run = new List<int>();

        var held = other.Ask()!;
        var loop = Task.Run(() => study.Optimize(
            trial =>
            {
                run.Add(trial.Number);
                return 1;
            },
            maxEvals: 1));
        other.Release(held);
        await loop;
        Assert.Equal([0], run);

        held = other.Ask()!;
        var waiting = study.OptimizeAsync((trial, _) => Task.FromResult((double)trial.Number), maxEvals: 2);
        other.Release(held);
        await waiting;
        Assert.Equal((2, 2), (study.Finished, study.Count(TrialState.Complete)));
    }

    [Fact]
    public void A_trial_is_pruned_failed_or_given_back_as_its_objective_ends()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        using var study = storage.OpenStudy(
            new StudyOptions { Sampler = Samplers.Random(1), Pruner = Pruners.Threshold(upper: 5) });
        using var stop = new CancellationTokenSource();
        var ended = new List<int>();
        double Objective(StoredTrial trial, CancellationToken token)
        {
            switch (trial.Number)
            {
                case 0:
                    trial.Report(10, step: 0);
                    trial.ThrowIfPruned();
                    return 0;
                case 1:
                    throw new FormatException("no number");
                case 2:
                    return 2;
                default:
                    stop.Cancel();
                    token.ThrowIfCancellationRequested();
                    return 0;
            }
        }

        var options = new OptimizeOptions
        {
            MaxEvals = 9,
            Catch = exception => exception is FormatException,
            TrialFinished = trial => ended.Add(trial.Number),
        };
        Assert.Throws<OperationCanceledException>(() => study.Optimize(Objective, options, stop.Token));

        var stored = storage.All(storage.FindStudy("study")!);
        Assert.Equal(
            [StoredState.Pruned, StoredState.Fail, StoredState.Complete, StoredState.Waiting], stored.Select(trial => trial.State));
        Assert.Equal([(0, 10.0)], stored[0].Reports);
        Assert.Contains("no number", storage.ReadTrialAttributes(study.Id, "fail_reason")[1]["fail_reason"], StringComparison.Ordinal);
        Assert.Equal([0, 1, 2], ended);
    }

    [Fact]
    public void An_exception_that_is_not_caught_fails_its_trial_and_ends_the_search()
    {
        using var place = new StoragePlace(StorageKind.Memory);
        using var study = place.Open().OpenStudy();
        Assert.Throws<FormatException>(() => study.Optimize(_ => throw new FormatException(), maxEvals: 5));
        Assert.Equal((1, 1), (study.Finished, study.Count(TrialState.Failed)));
    }

    [Fact]
    public void A_callback_can_stop_the_search()
    {
        using var place = new StoragePlace(StorageKind.Memory);
        using var study = place.Open().OpenStudy();
        var end = study.Optimize(_ => 1, new OptimizeOptions { MaxEvals = 9, TrialFinished = _ => study.Stop() });
        Assert.Equal((StopReason.Stopped, 1), (end.Reason, study.Finished));
    }

    [Fact]
    public async Task The_trials_come_one_after_the_other_and_the_one_that_the_loop_is_left_with_is_given_back()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        using (var study = storage.OpenStudy())
        {
            await foreach (var trial in study.TrialsAsync(maxEvals: 5))
            {
                if (trial.Number == 2)
                {
                    break;
                }

                Assert.True(study.Tell(trial, Samples.Loss(trial.Values)));
            }

            Assert.Equal(StoredState.Waiting, storage.All(storage.FindStudy("study")!)[2].State);
            await foreach (var trial in study.TrialsAsync(maxEvals: 5))
            {
                Assert.True(study.Tell(trial, Samples.Loss(trial.Values)));
                if (trial.Number == 3)
                {
                    break;
                }
            }
        }

        using var again = storage.OpenStudy();
        Assert.Equal((4, 4), (again.Finished, again.Count(TrialState.Complete)));
    }

    [Fact]
    public async Task A_token_ends_the_waiting_for_trials_of_others()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using var other = place.Open().OpenStudy();
        other.Ask();
        using var study = place.Open().OpenStudy();
        using var stop = new CancellationTokenSource();
        var waiting = Task.Run(async () =>
        {
            await foreach (var _ in study.TrialsAsync(maxEvals: 1, stop.Token))
            {
            }
        });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.ThrowsAny<OperationCanceledException>(() => study.Optimize(_ => 1, maxEvals: 1, stop.Token));
    }
}
