namespace LogMl.Storage;

/// <summary>How a stored study is shared and retried, and what is noted about it.</summary>
public sealed record StoredStudyOptions
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>How often a trial whose process died is tried again; 0 for never.</summary>
    public int MaxRetries { get; init; } = 1;

    /// <summary>
    /// What is noted about the study: JSON by key. The keys <c>logml:space</c> and <c>logml:algorithm</c> are set by the library itself.
    /// </summary>
    public IReadOnlyDictionary<string, string> StudyAttributes { get; init; } = None;

    /// <summary>
    /// What is noted about each trial when it starts: JSON by key. It is also what tells a trial of this program from one of another: when
    /// its point is not in the space, the study is refused, and not the trial left out (<see cref="StudyView.LeftOut"/>).
    /// </summary>
    public IReadOnlyDictionary<string, string> TrialAttributes { get; init; } = None;

    /// <summary>
    /// The names of the parameters that the program takes for integers, although their distributions are not of integers only, as
    /// <c>quniform</c> with a whole q: they are stored as Optuna's integers.
    /// </summary>
    public IReadOnlyCollection<string> IntegerParameters { get; init; } = [];

    /// <summary>
    /// The names under which Optuna's tools show the objectives, one for each; empty for none. A study that has names keeps them.
    /// </summary>
    public IReadOnlyList<string> ObjectiveNames { get; init; } = [];

    /// <summary>
    /// The points with which a new study begins: values as in <see cref="Optimization.TrialView.Values"/>, of all parameters or of a part.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> FirstPoints { get; init; } = [];
}
