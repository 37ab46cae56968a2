using LogMl.Configuration;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>
/// Assigns several methods of one step to the branches of a choice. A method is for the branch whose record it takes. Each branch must have
/// one method.
/// </summary>
internal sealed class BranchMethods
{
    private readonly string _step;
    private readonly List<StepDiagnostic> _diagnostics;
    private readonly List<BranchMethod> _methods = [];
    private bool _isUnclear;

    private BranchMethods(string step, List<StepDiagnostic> diagnostics)
    {
        _step = step;
        _diagnostics = diagnostics;
    }

    /// <summary>The methods of a step for the branches of a choice; null when none of them takes a branch.</summary>
    /// <param name="step">The step.</param>
    /// <param name="methods">All methods that are marked as the step.</param>
    /// <param name="generated">The generated types.</param>
    /// <param name="diagnostics">What is wrong with them.</param>
    public static StepImplementation? Of(
        string step, IReadOnlyList<StepMethod> methods, GeneratedTypes generated, List<StepDiagnostic> diagnostics)
    {
        var taken = methods.Select(method => (Method: method, Branches: BranchesIn(step, method, generated))).ToList();
        return taken.SelectMany(pair => pair.Branches).FirstOrDefault() is { } first
            ? new BranchMethods(step, diagnostics).Assign(taken, first.Choice)
            : null;
    }

    private static List<TakenBranch> BranchesIn(string step, StepMethod method, GeneratedTypes generated) => method.Parameters
        .Select(parameter => generated.BranchOf(step, parameter.Type) is var (choice, branch)
            ? new TakenBranch(parameter, choice, branch)
            : null)
        .OfType<TakenBranch>()
        .ToList();

    private StepImplementation Assign(List<(StepMethod Method, List<TakenBranch> Branches)> methods, ParameterProperty choice)
    {
        foreach (var (method, branches) in methods)
        {
            Add(method, branches, choice, methods[0].Method);
        }

        var hierarchy = choice.Branches!;
        var first = methods.Find(pair => pair.Branches.Count > 0).Method;
        var missing = hierarchy.Branches
            .Where(branch => _methods.TrueForAll(method => method.Branch != branch))
            .Select(branch => $"'{hierarchy.Name}.{branch.Name}'")
            .Concat(choice.Parameter.Type.IsNullable && !_methods.Exists(method => method.TakesNull) ? ["null"] : [])
            .ToList();
        if (missing.Count > 0 && !_isUnclear)
        {
            Report(StepDiagnostics.BranchWithoutMethod, DiagnosticTarget.Method(first.Id), _step, string.Join(", ", missing));
        }

        var used = _methods.Count > 0 ? _methods.ToEquatableArray() : EquatableArray.Of(new BranchMethod(first, null, 0));
        return new StepImplementation(used, _methods.Count > 0 ? choice : null, ResultOf(used));
    }

    private void Add(StepMethod method, List<TakenBranch> branches, ParameterProperty choice, StepMethod first)
    {
        if (branches is not [{ } taken] || taken.Choice != choice)
        {
            _isUnclear = true;
            if (branches.Count > 1)
            {
                Report(StepDiagnostics.UnsupportedMethod, DiagnosticTarget.Parameter(method.Id, branches[1].Parameter.Index),
                    method.DisplayName, $"it takes two branches, '{branches[0].Name}' and '{branches[1].Name}'; a method is for one");
            }
            else
            {
                Report(StepDiagnostics.DuplicateStep, DiagnosticTarget.Method(method.Id), _step, first.DisplayName);
            }
        }
        else if (taken.Branch is null)
        {
            _isUnclear = true;
        }
        else if (_methods.Find(other => other.Branch == taken.Branch) is { } other)
        {
            Report(StepDiagnostics.DuplicateBranch, DiagnosticTarget.Parameter(method.Id, taken.Parameter.Index),
                _step, taken.Name, StepSelection.SignatureOf(other.Method));
        }
        else
        {
            _methods.Add(new BranchMethod(method, taken.Branch, taken.Parameter.Index));
        }
    }

    private GivenType? ResultOf(EquatableArray<BranchMethod> methods)
    {
        var results = methods.Select(method => method.Method.Result).OfType<GivenType>().ToList();
        if (results.Count == 0)
        {
            return null;
        }

        if (results.Count == methods.Count && CommonResult.Of(results) is { } common)
        {
            return common;
        }

        var first = methods[0].Method;
        var other = methods.Select(method => method.Method).First(method => results.Count < methods.Count
            ? method.Result is null != first.Result is null
            : method.Result!.Name != first.Result!.Name);
        Report(StepDiagnostics.NoCommonResult, DiagnosticTarget.Method(other.Id),
            _step, StepSelection.SignatureOf(first), Shown(first), StepSelection.SignatureOf(other), Shown(other));
        return first.Result;
    }

    private static string Shown(StepMethod method) => method.Result is { } result ? $"'{result.ShortName}'" : "nothing";

    private void Report(
        Configuration.Diagnostics.DiagnosticDefinition definition, DiagnosticTarget target, params string[] arguments) =>
        _diagnostics.Add(StepDiagnostic.Of(definition, target, arguments));

    /// <summary>A parameter that takes a branch; the branch is null when the choice has none of this name.</summary>
    private sealed record TakenBranch(StepParameter Parameter, ParameterProperty Choice, BranchRecord? Branch)
    {
        public string Name => Choice.Branches!.Name + "." + Parameter.Type.NestedName;
    }
}
