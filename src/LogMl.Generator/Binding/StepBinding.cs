using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Binding;

/// <summary>Everything that the parameters of a step's method can be bound to.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Record">The step's parameters.</param>
/// <param name="Values">The data, in the order in which parameters get it.</param>
/// <param name="Random">The expression of the step's generator of random numbers.</param>
/// <param name="IsDataUnknown">Whether an earlier mistake makes the available data unknown. Then missing data is not reported.</param>
internal sealed record StepScope(
    string Step,
    StepParameters Record,
    IReadOnlyList<StepValue> Values,
    string Random,
    bool IsDataUnknown)
{
    /// <summary>Whether it has been reported already that the model does not fit a step.</summary>
    public bool IsModelUnknown { get; init; }

    /// <summary>The result of model_train if it is not the model, so that no later step gets it; otherwise null.</summary>
    public StepValue? Dropped { get; init; }

    /// <summary>Whether it has been reported already that <see cref="Dropped"/> is dropped.</summary>
    public bool IsDropReported { get; init; }

    /// <summary>How to get data of a type that no step gives here, as the continuation of a message; null when nothing is known.</summary>
    public Func<TakenType, string?> AdviceForMissing { get; init; } = static _ => null;

    /// <summary>The branch for which the method is; null when it is for all values of the step's parameters.</summary>
    public BranchArgument? Branch { get; init; }

    /// <summary>The local that holds the step's parameters in generated code.</summary>
    public string RecordLocal => Identifiers.ToCamelCase(Record.RecordName);
}

/// <summary>The parameter of a method that takes the branch for which it is.</summary>
/// <param name="Choice">The choice.</param>
/// <param name="Index">The position of the parameter.</param>
/// <param name="Expression">The branch as an expression.</param>
internal sealed record BranchArgument(ParameterProperty Choice, int Index, string Expression);

/// <summary>The arguments of the call of a step method, and what they use.</summary>
internal sealed class StepBinding(StepMethod method)
{
    public StepMethod Method { get; } = method;

    public List<StepDiagnostic> Diagnostics { get; } = [];

    /// <summary>
    /// The arguments by the position of their parameters. An optional parameter that nothing fits has none and keeps its default.
    /// </summary>
    public SortedDictionary<int, string> Arguments { get; } = [];

    /// <summary>What the arguments are, by the same positions: the name of data, of a record, of a parameter or of a service.</summary>
    public Dictionary<int, string> Sources { get; } = [];

    public List<StepValue> Values { get; } = [];

    /// <summary>The parameters of the step that are taken one by one.</summary>
    public HashSet<string> ParameterNames { get; } = new(StringComparer.Ordinal);

    public bool UsesRecord { get; set; }

    public bool UsesAllRecords { get; set; }

    public bool UsesTrial { get; set; }

    /// <summary>Whether the method may report intermediate values.</summary>
    public bool MayReport { get; set; }

    public bool UsesLogger { get; set; }

    /// <summary>The data and models that a diagnostic says do not fit a parameter.</summary>
    public List<StepValue> Misfits { get; } = [];

    /// <summary>Whether a parameter has no argument, with or without a diagnostic.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>The parameters of the step that the call depends on.</summary>
    public IEnumerable<ParameterProperty> ParametersOf(StepParameters record) =>
        UsesRecord ? record.Properties : record.Properties.Where(property => ParameterNames.Contains(property.Parameter.Name));

    /// <summary>The call as a C# expression.</summary>
    /// <param name="instance">The instance, or the type of a static method.</param>
    public string Call(string instance)
    {
        var arguments = Arguments.Select(pair => Inputs.ProjectInfo.Escape(Method.Parameters[pair.Key].Name) + ": " + pair.Value);
        return $"{(Method.IsAwaited ? "await " : "")}{instance}.{Method.Name}({string.Join(", ", arguments)})";
    }
}
