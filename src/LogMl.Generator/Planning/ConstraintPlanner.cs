using LogMl.Configuration;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>Binds the methods that tell whether a point of the search space may be tried.</summary>
internal sealed class ConstraintPlanner(EquatableArray<StepParameters> records, GeneratedTypes generated, bool isSearch)
{
    private readonly List<StepDiagnostic> _diagnostics = [];

    public IEnumerable<StepDiagnostic> Diagnostics => _diagnostics;

    /// <summary>Whether a method takes a type that does not exist, which the compiler reports.</summary>
    public bool IsIncomplete { get; private set; }

    public EquatableArray<PlannedConstraint> Plan(EquatableArray<StepMethod> methods)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var planned = new List<PlannedConstraint>();
        foreach (var method in methods)
        {
            if (FlawOf(method, names) is { } flaw)
            {
                Report(DiagnosticTarget.Method(method.Id), method, flaw);
            }
            else if (method.Parameters.All(parameter => IsRecord(method, parameter)))
            {
                var taken = method.Parameters.Select(parameter => parameter.Type.SimpleName).ToEquatableArray();
                WarnIfNothingIsSearched(method, taken);
                planned.Add(new PlannedConstraint(method.DisplayName, $"{method.Owner.Type}.{method.Name}", taken));
            }
        }

        return planned.ToEquatableArray();
    }

    private static string? FlawOf(StepMethod method, HashSet<string> names)
    {
        // A flaw of a parameter is reported at the parameter.
        var own = method.Flaws.FirstOrDefault(flaw =>
            flaw.Target == DiagnosticTarget.Method(method.Id) && flaw.Definition != StepDiagnostics.NoInstance);
        return own is not null ? own.Arguments[own.Arguments.Count - 1]
            : !method.IsStatic ? "it must be static"
            : method.IsAwaited ? "it must give a bool at once, and not a task: it may be asked about thousands of points"
            : method.Result is not { Name: "bool" } ? "it must return bool"
            : method.Parameters.IsEmpty ? "it takes no parameters; take a record of parameters, such as ModelTrainParameters"
            : !names.Add(method.DisplayName) ? "another one has this name, by which messages tell which one refuses a point"
            : null;
    }

    private bool IsRecord(StepMethod method, StepParameter parameter)
    {
        var target = DiagnosticTarget.Parameter(method.Id, parameter.Index);
        if (method.Flaws.FirstOrDefault(flaw => flaw.Target == target) is { } flaw)
        {
            Report(target, method, flaw.Arguments[flaw.Arguments.Count - 1]);
            return false;
        }

        if (generated.Misplaced(method, parameter) is { } misplaced)
        {
            _diagnostics.Add(misplaced);
            return false;
        }

        if (generated.IsRecord(parameter.Type))
        {
            return true;
        }

        IsIncomplete |= parameter.Type.IsUnknown;
        if (!parameter.Type.IsUnknown || generated.Has(parameter.Type))
        {
            Report(
                target,
                method,
                $"'{parameter.Name}' is of type '{parameter.Type.Shown}'; it takes records of parameters only, such as "
                + "ModelTrainParameters, or WorkflowParameters for those of all steps");
        }

        return false;
    }

    private void WarnIfNothingIsSearched(StepMethod method, EquatableArray<string> taken)
    {
        if (isSearch && !records
            .Where(record => taken.Contains(record.RecordName) || taken.Contains(GeneratedNames.AllRecords))
            .Any(record => record.Properties.Any(property => property.IsSearched)))
        {
            _diagnostics.Add(StepDiagnostic.Of(
                StepDiagnostics.ConstraintWithoutSearch, DiagnosticTarget.Method(method.Id), method.DisplayName,
                string.Join(" and ", taken.Select(record => $"'{record}'"))));
        }
    }

    private void Report(DiagnosticTarget target, StepMethod method, string flaw) =>
        _diagnostics.Add(StepDiagnostic.Of(StepDiagnostics.WrongSearchConstraint, target, method.DisplayName, flaw));
}
