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
    private readonly HashSet<string> _enums = new(
        records.SelectMany(record => record.Properties).Select(property => property.EnumName).OfType<string>(), StringComparer.Ordinal);

    private readonly string _namespace = @namespace.Replace("@", "");

    /// <summary>Whether a parameter takes a parameter record; a user's own part of the partial record makes it known.</summary>
    public bool IsRecord(TakenType type) =>
        (type.SimpleName == GeneratedNames.AllRecords || StepOf(type.SimpleName).Length > 0)
        && (type.IsUnknown ? !type.ShortName.Contains("<") && !type.ShortName.Contains("[") : type.Namespace == _namespace);

    /// <summary>Whether an unknown type is, or contains, a generated type.</summary>
    public bool Has(TakenType type) =>
        type.ShortName.Split('<', '>', '[', ']', '(', ')', ',', '?', '.', ' ')
            .Any(part => _enums.Contains(part) || part == GeneratedNames.AllRecords || StepOf(part).Length > 0);

    /// <summary>The parameter of another step that a name would select if it belonged to this step; or null.</summary>
    public ParameterProperty? FindInOtherSteps(string step, string name) => records
        .Where(record => record.Step != step)
        .SelectMany(record => record.Properties)
        .FirstOrDefault(property => Identifiers.AreSame(property.Parameter.Name, name));

    /// <summary>The step whose parameters a record has; empty when the name is not that of a record.</summary>
    public static string StepOf(string recordName) =>
        StepTable.Names.FirstOrDefault(step => GeneratedNames.RecordOf(step) == recordName) ?? "";
}
