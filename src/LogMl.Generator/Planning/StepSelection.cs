using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Shared;

namespace LogMl.Generator.Planning;

/// <summary>Assigns methods to steps.</summary>
internal sealed class StepSelection
{
    private readonly Dictionary<string, List<StepMethod>> _methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StepImplementation> _implementations;
    private readonly HashSet<string> _disabled;
    private readonly HashSet<string> _flawedClasses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _misspelt = new(StringComparer.Ordinal);
    private bool _mayBeAnyStep;

    public StepSelection(EquatableArray<StepMethod> methods, WorkflowConfiguration configuration, GeneratedTypes generated)
    {
        _disabled = new HashSet<string>(configuration.Steps.Where(step => !step.Enabled).Select(step => step.Name), StringComparer.Ordinal);
        foreach (var method in methods)
        {
            Add(method);
        }

        _implementations = _methods.ToDictionary(
            pair => pair.Key,
            pair => BranchMethods.Of(pair.Key, pair.Value, generated, Diagnostics) ?? OneMethod(pair.Key, pair.Value),
            StringComparer.Ordinal);
    }

    public List<StepDiagnostic> Diagnostics { get; } = [];

    /// <summary>Whether a method has an unknown step name. Then it is unknown which steps are missing.</summary>
    public bool HasUnknownSteps { get; private set; }

    /// <summary>The methods of a step that is enabled, or null.</summary>
    public StepImplementation? Find(string step) => _disabled.Contains(step) ? null : FindAlsoDisabled(step);

    public StepImplementation? FindAlsoDisabled(string step) =>
        _implementations.TryGetValue(step, out var implementation) ? implementation : null;

    /// <summary>Whether a method with an unknown step name, which is reported, may be meant for this step.</summary>
    public bool IsMisspelt(string step) => _mayBeAnyStep || _misspelt.Contains(step);

    public bool IsDisabled(string step) => _disabled.Contains(step);

    private void Add(StepMethod method)
    {
        var step = StepTable.Canonical(method.StepName);
        if (step is null)
        {
            AddUnknown(method);
            return;
        }

        Diagnostics.AddRange(method.Flaws.Where(flaw => !MethodRules.IsOfClass(flaw) || _flawedClasses.Add(method.Owner.Type)));
        if (!_methods.TryGetValue(step, out var methods))
        {
            _methods.Add(step, methods = []);
        }

        methods.Add(method);
    }

    private StepImplementation OneMethod(string step, List<StepMethod> methods)
    {
        var first = methods[0];
        foreach (var method in methods.Skip(1))
        {
            Diagnostics.Add(StepDiagnostic.Of(
                StepDiagnostics.DuplicateStep,
                DiagnosticTarget.Method(method.Id),
                step,
                first.DisplayName == method.DisplayName ? SignatureOf(first) : first.DisplayName));
        }

        return StepImplementation.Of(first);
    }

    /// <summary>A method with the types of its parameters, for messages about methods of one name.</summary>
    public static string SignatureOf(StepMethod method) =>
        $"{method.DisplayName}({string.Join(", ", method.Parameters.Select(parameter => parameter.Type.ShortName))})";

    private void AddUnknown(StepMethod method)
    {
        HasUnknownSteps = true;
        var nearest = NearestName.Find(method.StepName, StepTable.Names);
        if (nearest is null)
        {
            _mayBeAnyStep = true;
        }
        else
        {
            _misspelt.Add(nearest);
        }

        Diagnostics.Add(StepDiagnostic.Of(
            StepDiagnostics.UnknownStep,
            DiagnosticTarget.Attribute(method.Id),
            method.StepName,
            (nearest is null ? "; there are: " : $"; did you mean '{nearest}'? There are: ") + string.Join(", ", StepTable.Names)));
    }
}
