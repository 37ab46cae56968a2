using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Binding;

/// <summary>Everything that the parameters of a step's method can be bound to.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Record">The step's parameters.</param>
/// <param name="Values">The data, in the order in which it is given out.</param>
/// <param name="Random">The expression of the step's generator of random numbers.</param>
/// <param name="IsDataUnknown">Whether an earlier mistake hides what data there is: then nothing is said about missing data.</param>
internal sealed record StepScope(
    string Step,
    StepParameters Record,
    IReadOnlyList<StepValue> Values,
    string Random,
    bool IsDataUnknown)
{
    /// <summary>Whether a diagnostic says already that the model does not fit a step.</summary>
    public bool IsModelUnknown { get; init; }

    /// <summary>The result of model_train that is not the model, and that no later step gets; null when there is none.</summary>
    public StepValue? Dropped { get; init; }

    /// <summary>Whether a diagnostic says already that <see cref="Dropped"/> is dropped.</summary>
    public bool IsDropTold { get; init; }

    /// <summary>The local that holds the step's parameters in generated code.</summary>
    public string RecordLocal => Identifiers.ToCamelCase(Record.RecordName);
}

/// <summary>The arguments of a call, and what they use.</summary>
internal sealed class StepBinding(StepMethod method)
{
    public StepMethod Method { get; } = method;

    public List<StepDiagnostic> Diagnostics { get; } = [];

    /// <summary>One for each parameter that gets a value; an optional parameter that nothing fits keeps its default.</summary>
    public SortedDictionary<int, string> Arguments { get; } = [];

    public List<StepValue> Values { get; } = [];

    /// <summary>The parameters of the step that are taken one by one.</summary>
    public HashSet<string> ParameterNames { get; } = new(StringComparer.Ordinal);

    public bool UsesRecord { get; set; }

    public bool UsesAllRecords { get; set; }

    public bool UsesTrial { get; set; }

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
