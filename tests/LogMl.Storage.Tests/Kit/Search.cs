using LogMl.Optimization;
using LogMl.Optimization.Pruning;

namespace LogMl.Storage.Tests.Kit;

/// <summary>
/// A search by one process with a fixed course: the number of parallel trials and the order in which they end are given. It may be
/// interrupted at any point. Then it first repeats the trials that it finds running or waiting.
/// </summary>
internal sealed class Search(StoragePlace place, Func<StudyOptions> options, SearchSpace space, int width, int maxEvals, int course)
{
    private const int Steps = 4;

    private static readonly StoredStudyOptions Stored = new() { MaxRetries = 1000 };

    private readonly List<StoredTrial> _running = [];
    private StudyStorage? _storage;
    private StoredStudy? _study;

    public IReadOnlyList<IReadOnlyDictionary<string, double>> FirstPoints { get; init; } = [];

    /// <summary>How often the search was interrupted.</summary>
    public int Cuts { get; private set; }

    /// <param name="cuts">Decides when the search is interrupted; null for never.</param>
    /// <returns>The stored evaluations, in their order.</returns>
    public IReadOnlyList<string> Run(Random? cuts)
    {
        var order = new Random(course);
        Open();
        while (true)
        {
            Fill(cuts, width);
            if (_running.Count == 0)
            {
                break;
            }

            var next = _running.OrderBy(trial => trial.Evaluation).ElementAt(order.Next(_running.Count)).Evaluation;
            Cut(cuts);
            Tell(_running.Single(trial => trial.Evaluation == next));
            Cut(cuts);
        }

        var evaluations = Evaluations(_storage!, Stored.MaxRetries);
        _study!.Dispose();
        _storage!.Dispose();
        return evaluations;
    }

    /// <summary>The evaluations without the numbers of their trials and without repetitions, to compare two searches.</summary>
    public static IReadOnlyList<string> Evaluations(StudyStorage storage, int maxRetries = 1)
    {
        var trials = storage.All(storage.FindStudy("study")!);
        var repeated = trials.SelectMany(trial => trial.RetryHistory).ToHashSet();
        Assert.All(trials, trial => Assert.True(trial.RetryHistory.Count <= maxRetries));
        return
        [
            .. trials.Where(trial => !repeated.Contains(trial.Number))
                .OrderBy(trial => trial.RetryHistory.Append(trial.Number).First())
                .Select(trial => FormattableString.Invariant(
                $"{trial.State} {string.Join(' ', trial.Values)} | {string.Join(' ', trial.Parameters.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value:R}"))} | {string.Join(' ', trial.Reports)}")),
        ];
    }

    private void Open()
    {
        _storage = place.Open();
        _study = _storage.OpenStudy(options(), Stored with { FirstPoints = FirstPoints }, space);
    }

    private void Fill(Random? cuts, int count)
    {
        while (_running.Count < count && _study!.TryAsk(maxEvals, out _) is { } trial)
        {
            if (trial.ReusedTrial is not null)
            {
                continue;
            }

            _running.Add(trial);
            Cut(cuts);
            for (var step = 0; _running.Contains(trial) && step < Steps && _study!.Study.Options.Pruner != Pruners.None; step++)
            {
                trial.Report(Loss(trial) + (10.0 / (step + 1)), step);
                Cut(cuts);
                if (_running.Contains(trial) && trial.ShouldPrune())
                {
                    break;
                }
            }
        }
    }

    private static double Loss(StoredTrial trial) => Samples.Loss(trial.Values);

    private void Tell(StoredTrial trial)
    {
        _running.Remove(trial);
        End(_study!, trial);
    }

    /// <summary>Ends a trial as its point wants it.</summary>
    public static void End(StoredStudy study, StoredTrial trial)
    {
        var loss = Loss(trial);

        // The point alone decides how the trial ends. Every kind of end occurs.
        switch ((int)(loss * 1000) % 10)
        {
            case 0:
                Assert.True(study.TellFailed(trial));
                break;
            case 1 when trial.Reports.Count == 0:
                Assert.True(study.TellPruned(trial));
                break;
            default:
                Assert.True(trial.Reports.Count > 0 && trial.ShouldPrune() ? study.TellPruned(trial) : study.Tell(trial, loss));
                break;
        }
    }

    private void Cut(Random? cuts)
    {
        if (cuts is null || cuts.Next(6) > 0)
        {
            return;
        }

        Cuts++;
        var count = _running.Count;
        var kind = cuts.Next(4);
        var next = 0;
        foreach (var trial in _running)
        {
            switch (kind)
            {
                case 0 when next++ % 2 == 0:
                    _study!.Release(trial);
                    break;
                case 1:
                    Assert.True(_study!.FailAndRetry(trial));
                    break;
            }
        }

        _running.Clear();
        if (kind != 1)
        {
            // A process that dies loses its connection, but tells nobody.
            _storage!.Dispose();
            _study!.Dispose();
            Open();
        }

        Fill(cuts: null, count);
        Assert.Equal(count, _running.Count);
    }
}
