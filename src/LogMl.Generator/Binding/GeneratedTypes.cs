using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Binding;

/// <summary>
/// The types that the generator creates. They do not exist while it runs, so a method parameter of such a type has an unknown type, of
/// which only the name is known.
/// </summary>
/// <param name="records">The records of the workflow.</param>
/// <param name="workflow">The workflow.</param>
/// <param name="all">The types of each workflow of the project.</param>
internal sealed class GeneratedTypes(
    EquatableArray<StepParameters> records, WorkflowIdentity workflow, EquatableArray<WorkflowTypes> all)
{
    private readonly TypeOwners _owners = new(workflow, all);

    private readonly HashSet<string> _ofParameters = new(
        records.SelectMany(record => record.Properties).SelectMany(property => property.SelfAndInner)
            .Select(property => property.GeneratedType).OfType<string>(),
        StringComparer.Ordinal);

    private readonly string _namespace = workflow.Namespace.Replace("@", "");

    /// <summary>Reports a generated type that a method of this workflow cannot take; null when there is none.</summary>
    public StepDiagnostic? Misplaced(StepMethod method, StepParameter parameter) => _owners.Misplaced(method, parameter);

    /// <summary>Whether a parameter takes a parameter record; a user's own part of the partial record makes it known.</summary>
    public bool IsRecord(TakenType type) =>
        (type.SimpleName == GeneratedNames.AllRecords || StepOf(type.SimpleName).Length > 0)
        && (type.IsUnknown ? !type.ShortName.Contains("<") && !type.ShortName.Contains("[") : type.Namespace == _namespace);

    /// <summary>Whether an unknown type is, or contains, a generated type.</summary>
    public bool Has(TakenType type) =>
        PartsOf(type.Name).Any(part => _ofParameters.Contains(part) || part == GeneratedNames.AllRecords || StepOf(part).Length > 0);

    /// <summary>
    /// Whether an unknown type is, or contains, the record of a step without parameters, which is not generated. The compiler reports it
    /// where the method names it.
    /// </summary>
    public bool LacksRecordOf(GivenType type) => type.IsUnknown
        && PartsOf(type.Name).Any(part => StepOf(part).Length > 0 && records.All(record => record.RecordName != part));

    /// <summary>
    /// The parameter of another step that a parameter of a method would take, by its name or by its type, if it belonged to this step; or
    /// null.
    /// </summary>
    public ParameterProperty? FindInOtherSteps(string step, StepParameter parameter)
    {
        var others = records.Where(record => record.Step != step).SelectMany(record => record.Properties).ToList();
        return others.Find(property => Identifiers.AreSame(property.Parameter.Name, parameter.Name))
            ?? others.Find(property => property.GeneratedType == (parameter.Type.Outer ?? parameter.Type.NestedName));
    }

    /// <summary>
    /// The choice of a step and its branch that a type is the record of; null when it is none. The branch is null when the choice has none
    /// of this name: then the compiler says that there is no such type.
    /// </summary>
    public (ParameterProperty Choice, BranchRecord? Branch)? BranchOf(string step, TakenType type)
    {
        var choices = records.Where(record => record.Step == step).SelectMany(record => record.Properties)
            .Where(property => property.Branches is { } branches && (type.IsUnknown || type.Namespace == WithNamespace(branches.Name)))
            .ToList();
        if (type.Outer is null)
        {
            // The name alone is that of a branch where a using makes it visible.
            var named = type.IsUnknown ? choices.FindAll(choice => BranchNamed(choice, type) is not null) : [];
            return named.Count == 1 ? (named[0], BranchNamed(named[0], type)) : null;
        }

        return choices.Find(choice => choice.Branches!.Name == type.Outer) is { } found ? (found, BranchNamed(found, type)) : null;
    }

    /// <summary>The step whose parameters a record has; empty when the name is not that of a record.</summary>
    public static string StepOf(string recordName) =>
        StepTable.Names.FirstOrDefault(step => GeneratedTypeNames.RecordOf(step) == recordName) ?? "";

    private static string[] PartsOf(string typeName) => typeName.Split('<', '>', '[', ']', '(', ')', ',', '?', '.', ' ', ':');

    private string WithNamespace(string name) => _namespace.Length == 0 ? name : _namespace + "." + name;

    private static BranchRecord? BranchNamed(ParameterProperty choice, TakenType type) =>
        choice.Branches!.Branches.FirstOrDefault(branch => branch.Name == type.NestedName);
}
