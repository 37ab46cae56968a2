using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Binding;

/// <summary>
/// The types that the generator creates. They do not exist while it runs, so a method parameter of such a type has an unknown type, of
/// which only the name is known.
/// </summary>
internal sealed class GeneratedTypes(EquatableArray<StepParameters> records, string @namespace)
{
    private readonly HashSet<string> _ofParameters = new(
        records.SelectMany(record => record.Properties).SelectMany(property => property.SelfAndInner)
            .Select(property => property.GeneratedType).OfType<string>(),
        StringComparer.Ordinal);

    private readonly string _namespace = @namespace.Replace("@", "");

    /// <summary>Whether a parameter takes a parameter record; a user's own part of the partial record makes it known.</summary>
    public bool IsRecord(TakenType type) =>
        (type.SimpleName == GeneratedNames.AllRecords || StepOf(type.SimpleName).Length > 0)
        && (type.IsUnknown ? !type.ShortName.Contains("<") && !type.ShortName.Contains("[") : type.Namespace == _namespace);

    /// <summary>Whether an unknown type is, or contains, a generated type.</summary>
    public bool Has(TakenType type) =>
        type.Name.Split('<', '>', '[', ']', '(', ')', ',', '?', '.', ' ', ':')
            .Any(part => _ofParameters.Contains(part) || part == GeneratedNames.AllRecords || StepOf(part).Length > 0);

    /// <summary>The parameter of another step that a name would select if it belonged to this step; or null.</summary>
    public ParameterProperty? FindInOtherSteps(string step, string name) =>
        InOtherSteps(step).FirstOrDefault(property => Identifiers.AreSame(property.Parameter.Name, name));

    /// <summary>The parameter of another step that has a type, or has it at one of its branches; or null.</summary>
    public ParameterProperty? FindByType(string step, TakenType type) =>
        InOtherSteps(step).FirstOrDefault(property => property.GeneratedType is { } name && name == (type.Outer ?? type.NestedName));

    /// <summary>
    /// The choice of a step and its branch that a type is the record of; null when it is none. The branch is null when the choice has none
    /// of this name: then the compiler says that there is no such type.
    /// </summary>
    public (ParameterProperty Choice, BranchRecord? Branch)? BranchOf(string step, TakenType type)
    {
        var choices = records.Where(record => record.Step == step).SelectMany(record => record.Properties)
            .Where(property => property.Branches is not null && (type.IsUnknown || type.Namespace == property.Branches.FullName.Replace("global::", "")))
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
        StepTable.Names.FirstOrDefault(step => GeneratedNames.RecordOf(step) == recordName) ?? "";

    private static BranchRecord? BranchNamed(ParameterProperty choice, TakenType type) =>
        choice.Branches!.Branches.FirstOrDefault(branch => branch.Name == type.NestedName);

    private IEnumerable<ParameterProperty> InOtherSteps(string step) =>
        records.Where(record => record.Step != step).SelectMany(record => record.Properties);
}
