using System.Text.Json;

namespace LogMl.Storage;

/// <summary>How a stored study is shared and retried, and how it looks to Optuna's tools.</summary>
public sealed record StoredStudyOptions
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>How often a trial whose process died is repeated; 0 for never.</summary>
    public int MaxRetries { get; init; } = 1;

    /// <summary>
    /// What the host notes of the study: JSON by key. The library itself sets the keys <c>logml:space</c> and <c>logml:algorithm</c>.
    /// </summary>
    internal IReadOnlyDictionary<string, string> StudyAttributes { get; init; } = None;

    /// <summary>
    /// What the host notes of each trial from its start: JSON by key. They also tell a trial of this program from one of another. When the
    /// point of such a trial is not in the space, the study is refused; another program's trial is left out
    /// (<see cref="StudyView.LeftOut"/>).
    /// </summary>
    internal IReadOnlyDictionary<string, string> TrialAttributes { get; init; } = None;

    /// <summary>
    /// The names of the parameters that the program reads as integers although their distributions have other values too, such as
    /// <c>quniform</c> with a whole q. They are stored as Optuna's integers.
    /// </summary>
    public IReadOnlyCollection<string> IntegerParameters { get; init; } = [];

    /// <summary>
    /// Values of parameters that the space does not have, in JSON: numbers, texts, truth values or null. When an earlier space of the study
    /// searched such a parameter, its trials with this value count, and the others are left out (<see cref="StudyView.LeftOut"/>).
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> FixedParameters { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>
    /// The names under which Optuna's tools show the objectives, one for each; empty for none. A study that was searched for objectives of
    /// other names is refused. Names that another program gave it stay, if there is one objective and this is <c>loss</c>.
    /// </summary>
    public IReadOnlyList<string> ObjectiveNames { get; init; } = [];

    /// <summary>
    /// The attribute of <see cref="StudyAttributes"/> that the process decides which begins the study, such as its seed; null for none. A
    /// process that comes second gets a <see cref="StudyBegunException"/>, and opens the study again with the value of the first.
    /// </summary>
    internal string? DecidedByFirst { get; init; }

    /// <summary>What a new study takes over from another one; null for nothing.</summary>
    internal TakenTrials? Taken { get; init; }

    /// <summary>
    /// The points with which a new study begins: values as in <see cref="Optimization.TrialView.Values"/>, of all parameters or of a part.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> FirstPoints { get; init; } = [];
}
