namespace LogMl.Optimization;

/// <summary>
/// An option of a choice that brings parameters of its own, which exist only in trials that chose it (a conditional space):
/// <c>Distribution.Choice(new Branch("svm", new SearchSpace { ["c"] = ... }), new Branch("knn", new SearchSpace { ["k"] = ... }))</c>.
/// </summary>
public sealed class Branch
{
    /// <summary>Creates an option with parameters.</summary>
    /// <param name="value">The option itself, as <see cref="TrialView.GetOption"/> returns it.</param>
    /// <param name="parameters">
    /// The parameters of the branch. Names are unique in the whole space. This space can no longer be changed.
    /// </param>
    public Branch(object? value, SearchSpace parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Value = value;
        Parameters = parameters;
    }

    /// <summary>The option itself.</summary>
    public object? Value { get; }

    /// <summary>The parameters that exist only when the option is chosen.</summary>
    public SearchSpace Parameters { get; }
}
