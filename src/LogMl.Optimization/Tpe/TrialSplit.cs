using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// The split of the trials into good and bad ones. The good trials are the best of those that ended with a value. All others are bad.
/// Running trials are bad so that parallel proposals keep away from each other (the constant liar). Trials without a value are bad too;
/// their total weight is at most that of the other bad trials.
/// </summary>
/// <remarks>
/// The weights of the good trials are those of CMA-ES, ln(n + 1/2) - ln(rank). They act like weights by improvement, but do not depend on
/// the scale of the loss.
/// </remarks>
internal sealed class TrialSplit
{
    private const double ExploringShare = 0.25;

    private readonly History _history;
    private readonly TpeOptions _options;
    private readonly TrialOrder _order;
    private readonly BadSample _sample;
    private readonly ParetoSplit? _pareto;
    private readonly List<int> _running = [];
    private readonly int[] _good;
    private readonly double[] _goodWeights;
    private int _goodCount;
    private int _seen;

    public TrialSplit(History history, TpeOptions options)
    {
        _history = history;
        _options = options;
        _order = new TrialOrder(history);
        _sample = new BadSample(options.MaxBad + options.MaxGood);
        _pareto = history.ObjectiveCount > 1 ? new ParetoSplit(history) : null;
        _good = new int[options.MaxGood];
        _goodWeights = new double[options.MaxGood];
    }

    public void Update()
    {
        _order.Update();
        _sample.Update(_history.Count);
        for (; _seen < _history.Count; _seen++)
        {
            _running.Add(_seen);
        }

        _running.RemoveAll(trial => _history.State(trial) != TrialState.Running);
    }

    /// <summary>Whether there are too few trials for the model. If only failures come, the model eventually learns from them.</summary>
    public bool IsStartup(int number) =>
        _history.Count - _order.WithoutValue < _options.StartupTrials && number < 2 * _options.StartupTrials;

    /// <summary>Adds the kernels of the two densities.</summary>
    /// <param name="good">Receives the good trials.</param>
    /// <param name="bad">Receives the bad trials, or a sample of them.</param>
    /// <param name="isExploring">Whether the proposal explores: then the best quarter of the trials is good, with equal weights.</param>
    public void Fill(Mixture good, Mixture bad, bool isExploring)
    {
        SelectGood(isExploring);
        good.Clear();
        for (var k = 0; k < _goodCount; k++)
        {
            good.Add(_good[k], _goodWeights[k]);
        }

        Array.Sort(_good, 0, _goodCount);
        bad.Clear();
        var withoutValue = 0;
        for (var i = 0; i < Math.Min(_running.Count, _options.MaxBad); i++)
        {
            bad.Add(_running[^(i + 1)], 1);
        }

        var runningKernels = bad.Count;
        for (var i = 0; i < _sample.Count && bad.Count < _options.MaxBad; i++)
        {
            var trial = _sample[i];
            if (_history.State(trial) != TrialState.Running && Array.BinarySearch(_good, 0, _goodCount, trial) < 0)
            {
                withoutValue += TrialOrder.HasNoValue(_history, trial) ? 1 : 0;
                bad.Add(trial, 1);
            }
        }

        WeighSample(bad, runningKernels, withoutValue);
    }

    // The sampled trials represent all bad trials that have ended.
    private void WeighSample(Mixture bad, int first, int withoutValue)
    {
        var sampled = bad.Count - first;
        var ended = _history.Count - _running.Count - _goodCount;
        var each = sampled > 0 ? (double)ended / sampled : 1;
        var others = sampled - withoutValue + first / each;
        var withoutValueWeight = withoutValue > others ? Math.Max(others, 1) / withoutValue : 1;
        for (var k = first; k < bad.Count; k++)
        {
            bad.SetWeight(k, TrialOrder.HasNoValue(_history, bad.Trials[k]) ? each * withoutValueWeight : each);
        }
    }

    private void SelectGood(bool isExploring)
    {
        var candidates = _order.Count;
        var share = Math.Ceiling(isExploring ? ExploringShare * candidates : _options.Gamma * Math.Sqrt(candidates));
        var wanted = (int)Math.Min(Math.Max(share, _options.MinGood), _options.MaxGood);

        // At least one trial stays bad, unless there is only one.
        _goodCount = Math.Min(wanted, Math.Max(candidates - 1, Math.Min(candidates, 1)));
        if (_pareto is not null)
        {
            _goodCount = _pareto.Select(_order, _good.AsSpan(0, _goodCount), _goodWeights);
            return;
        }

        double sum = 0;
        for (var k = 0; k < _goodCount; k++)
        {
            _good[k] = _order[k];
            _goodWeights[k] = isExploring ? 1 : PortableMath.Log(_goodCount + 0.5) - PortableMath.Log(k + 1);
            sum += _goodWeights[k];
        }

        for (var k = 0; k < _goodCount; k++)
        {
            _goodWeights[k] *= _goodCount / sum;
        }
    }
}
