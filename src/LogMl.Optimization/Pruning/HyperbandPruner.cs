using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Pruning;

/// <summary>
/// Hyperband with asynchronous halving in each bracket. Bracket b of B begins at rung b. Its share of the trials is proportional to ceil(B
/// eta^s / (s + 1)) with s = B - 1 - b (Li et al. 2018, algorithm 1). A hash of the number of a trial draws its bracket.
/// </summary>
internal sealed class HyperbandPruner : Pruner
{
    private readonly HyperbandOptions _options;

    public HyperbandPruner(HyperbandOptions options)
        : base("hyperband")
    {
        options.Validate();
        _options = options;
    }

    internal override PruningRule CreateRule(TrialReports reports) => new Rule(reports, _options);

    private sealed class Rule : PruningRule
    {
        private readonly TrialReports _reports;
        private readonly HyperbandOptions _options;
        private readonly LongestTrial _longest;
        private Rungs[] _brackets = [];
        private ulong[] _shares = [];

        public Rule(TrialReports reports, HyperbandOptions options)
        {
            _reports = reports;
            _options = options;
            _longest = new LongestTrial(reports);
            if (options.MaxResource is { } max)
            {
                CreateBrackets(max);
            }
        }

        public override void Reported(int number, int step)
        {
            if (_brackets.Length > 0)
            {
                BracketOf(number).Reported(number, step);
            }
        }

        public override void Ended(int number)
        {
            if (_options.MaxResource is null && _longest.Update(number))
            {
                // Steps are counted from 0, so the number of steps of the longest trial is its last step plus 1.
                CreateBrackets(_longest.LastStep!.Value + 1L);
                for (var i = 0; i < _reports.History.Count; i++)
                {
                    foreach (var step in _reports.Steps(i))
                    {
                        BracketOf(i).Reported(i, step);
                    }
                }
            }
        }

        public override bool ShouldPrune(int number) => _brackets.Length > 0 && BracketOf(number).ShouldPrune(number);

        private void CreateBrackets(long maxResource)
        {
            var count = 1;
            for (long resource = _options.MinResource; resource <= maxResource / _options.ReductionFactor; count++)
            {
                resource *= _options.ReductionFactor;
            }

            _brackets = new Rungs[count];
            _shares = new ulong[count];
            for (var b = 0; b < count; b++)
            {
                var first = SuccessiveHalvingPruner.SaturatingScale(_options.MinResource, _options.ReductionFactor, b);
                _brackets[b] = new Rungs(_reports, first, _options.ReductionFactor, _options.BootstrapCount);
                var s = count - 1 - b;
                var power = SuccessiveHalvingPruner.SaturatingScale(1, _options.ReductionFactor, s);
                _shares[b] = (ulong)((count * power + s) / (s + 1));
            }
        }

        private Rungs BracketOf(int number)
        {
            ulong total = 0;
            foreach (var share in _shares)
            {
                total += share;
            }

            // Hashed, so that no bracket gets a regular pattern of trial numbers.
            var place = RandomStream.Mix((ulong)(number + 1) * RandomStream.GoldenGamma) % total;
            var b = 0;
            for (; place >= _shares[b]; b++)
            {
                place -= _shares[b];
            }

            return _brackets[b];
        }
    }
}
