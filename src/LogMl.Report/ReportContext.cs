namespace LogMl.Report;

/// <summary>What the caller of a report knows about a study and its storage does not. All of it may be left out.</summary>
public sealed record ReportContext
{
    /// <summary>When the report is made.</summary>
    public DateTimeOffset Written { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>What has ended the search, as a sentence; null when it is not known.</summary>
    public string? End { get; init; }

    /// <summary>Whether the search goes on while the report is made.</summary>
    public bool IsRunning { get; init; }

    /// <summary>The scores of the final run on the test part; empty when there was none.</summary>
    public IReadOnlyDictionary<string, double> TestScores { get; init; } = new Dictionary<string, double>();

    /// <summary>Sentences to show in the summary.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What a trial reports its intermediate values by: steps, or the folds of a cross-validation.</summary>
    public ReportedBy ReportedBy { get; init; }

    /// <summary>The names of the parameters that are integers to the program although their distributions have other values too.</summary>
    public IReadOnlyCollection<string> IntegerParameters { get; init; } = [];

    /// <summary>The values of <c>functions</c> that are not searched; the section of each trial has them too.</summary>
    public IReadOnlyList<DeclaredValue> Declared { get; init; } = [];

    /// <summary>The section <c>types</c>: the declared type of parameters by their full names.</summary>
    public IReadOnlyDictionary<string, string> DeclaredTypes { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Says what is different in the inputs with an id (the attribute <c>logml:inputs</c> of a trial) from the present ones; null for an id
    /// that is not known. Without it the report only says between which trials the inputs changed.
    /// </summary>
    public Func<string, string?>? DescribeInputs { get; init; }

    /// <summary>An excerpt of what a trial has printed, by its number; null when there is none. It is asked for failed trials.</summary>
    public Func<int, string?>? LogOf { get; init; }
}
