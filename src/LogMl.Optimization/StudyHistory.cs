namespace LogMl.Optimization;

/// <summary>
/// A read-only view of a study, for custom samplers, pruners and stopping criteria, and for <see cref="Importances"/>. It always shows the
/// present state of the study.
/// </summary>
public sealed class StudyHistory
{
    private readonly Study _study;
    private readonly Func<int, bool>? _sees;

    /// <param name="study">The study.</param>
    /// <param name="sees">
    /// Whether the result and the reports of a trial may be known. The others are shown as running. Null when all may be known.
    /// </param>
    internal StudyHistory(Study study, Func<int, bool>? sees = null)
    {
        _study = study;
        _sees = sees;
    }

    /// <inheritdoc cref="Study.Parameters"/>
    public IReadOnlyList<Parameter> Parameters => _study.Parameters;

    /// <summary>
    /// The direction of each objective. <see cref="TrialView.Loss"/> has the sign in which lower is better, whatever the direction is.
    /// </summary>
    public IReadOnlyList<Direction> Directions => _study.Options.Directions;

    /// <inheritdoc cref="Study.Trials"/>
    public IReadOnlyList<TrialView> Trials => _sees is null ? _study.Trials : new KnownTrials(_study.Trials, _sees);

    /// <inheritdoc cref="Study.BestTrial"/>
    public TrialView? BestTrial =>
        _sees is null || Directions.Count > 1 ? _study.BestTrial : _study.FindBestTrials(_sees) is [var best] ? best : null;

    /// <inheritdoc cref="Study.BestTrials"/>
    public IReadOnlyList<TrialView> BestTrials => _sees is null ? _study.BestTrials : _study.FindBestTrials(_sees);

    /// <inheritdoc cref="Study.FindBestTrialByModel()"/>
    public ModelIncumbent? FindBestTrialByModel() => _study.FindBestTrialByModel(_sees);
}
