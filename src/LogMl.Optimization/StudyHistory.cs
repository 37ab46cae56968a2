namespace LogMl.Optimization;

/// <summary>
/// A read-only view of a study, for custom samplers, pruners and stopping criteria, and for <see cref="Importances"/>. It always shows the
/// present state of the study.
/// </summary>
public sealed class StudyHistory
{
    private readonly Study _study;

    internal StudyHistory(Study study)
    {
        _study = study;
    }

    /// <inheritdoc cref="Study.Parameters"/>
    public IReadOnlyList<Parameter> Parameters => _study.Parameters;

    /// <summary>
    /// The direction of each objective. <see cref="TrialView.Loss"/> has the sign in which lower is better, whatever the direction is.
    /// </summary>
    public IReadOnlyList<Direction> Directions => _study.Options.Directions;

    /// <inheritdoc cref="Study.Trials"/>
    public IReadOnlyList<TrialView> Trials => _study.Trials;

    /// <inheritdoc cref="Study.BestTrial"/>
    public TrialView? BestTrial => _study.BestTrial;

    /// <inheritdoc cref="Study.BestTrials"/>
    public IReadOnlyList<TrialView> BestTrials => _study.BestTrials;

    /// <inheritdoc cref="Study.FindBestTrialByModel"/>
    public ModelIncumbent? FindBestTrialByModel() => _study.FindBestTrialByModel();
}
