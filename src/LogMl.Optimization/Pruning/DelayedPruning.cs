namespace LogMl.Optimization.Pruning;

/// <summary>
/// The pruning of a deterministic study. A decision about trial n knows what trial n has reported, and the trials up to n - delay.
/// </summary>
/// <remarks>
/// Trials whose numbers differ by a multiple of the delay share a rule: the trial before n in this lane is n - delay, which n knows wholly.
/// So a lane learns each trial once.
/// </remarks>
internal sealed class DelayedPruning(
    Pruner pruner, Study study, IReadOnlyList<Trial> trials, History known, double sign, int delay) : StudyPruning
{
    private readonly Dictionary<int, Lane> _lanes = [];

    public override void Reported(int number, int step)
    {
        if (_lanes.TryGetValue(number % delay, out var lane) && lane.Own == number)
        {
            lane.Rule.Reported(number, step);
        }
    }

    public override void Ended(int number)
    {
        // A lane learns it with its next trial.
    }

    public override void Restarted(int number)
    {
        if (_lanes.TryGetValue(number % delay, out var lane) && lane.Own == number)
        {
            _lanes.Remove(number % delay);
        }
    }

    public override bool ShouldPrune(int number) => LaneOf(number).Rule.ShouldPrune(number);

    private Lane LaneOf(int number)
    {
        if (!_lanes.TryGetValue(number % delay, out var lane) || (lane.Own != number && !IsKnown(lane.Own, number)))
        {
            _lanes[number % delay] = lane = new Lane(this);
        }

        lane.MoveTo(number);
        return lane;
    }

    private bool IsKnown(int other, int number) => other <= number - delay && known.State(other) != TrialState.Running;

    private sealed class Lane
    {
        private readonly DelayedPruning _pruning;
        private int _learnt;

        public Lane(DelayedPruning pruning)
        {
            _pruning = pruning;
            Rule = pruning.NewRule(Sees);
        }

        public PruningRule Rule { get; }

        /// <summary>The trial that is being decided about; -1 for none.</summary>
        public int Own { get; private set; } = -1;

        public void MoveTo(int number)
        {
            if (Own == number)
            {
                return;
            }

            Own = number;
            for (; _learnt <= number - _pruning.Delay; _learnt++)
            {
                if (_pruning.IsKnown(_learnt, number))
                {
                    Replay(_pruning.Trials[_learnt], Rule);
                }
            }

            Replay(_pruning.Trials[number], Rule);
        }

        private bool Sees(int number) => number == Own || _pruning.IsKnown(number, Own);
    }

    private int Delay => delay;

    private IReadOnlyList<Trial> Trials => trials;

    private PruningRule NewRule(Func<int, bool> sees) =>
        pruner.CreateRule(new TrialReports(trials, known, sign, sees, new StudyHistory(study, sees)));
}
