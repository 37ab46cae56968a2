using LogMl.Configuration;
using LogMl.Shared.Parameters;

namespace LogMl.Generator.Parameters;

/// <summary>
/// What a file of parameters may have, stated once for the file that is compiled in and for the code that loads one at run time.
/// </summary>
internal static class ParameterFileKeys
{
    /// <summary>What a key below <c>functions</c> is, for messages.</summary>
    public const string Step = "a step with parameters";

    /// <summary>
    /// The keys below <c>functions</c>: the steps with parameters, those that are switched off, and the types, which say nothing that the
    /// program does not know.
    /// </summary>
    public static IEnumerable<string> OfSteps(EquatableArray<StepParameters> records, EquatableArray<string> disabled) =>
        records.Select(record => record.Step).Union(disabled).Append("types");

    /// <summary>The steps that are switched off and have no record.</summary>
    public static IEnumerable<string> WithoutRecord(EquatableArray<StepParameters> records, EquatableArray<string> disabled) =>
        disabled.Except(records.Select(record => record.Step));

    /// <summary>The keys below a step.</summary>
    public static IEnumerable<string> OfParameters(StepParameters record) =>
        record.Properties.Select(property => property.Parameter.Name).Append(StepKeys.Enable);

    /// <summary>The keys below a branch.</summary>
    public static IEnumerable<string> OfParameters(BranchRecord branch) => branch.Properties.Select(property => property.Parameter.Name);

    /// <summary>What a key below a branch is, for messages.</summary>
    public static string ParameterOf(ParameterProperty choice, BranchRecord branch) =>
        $"a parameter of branch '{choice.SpaceName}.{branch.Label}'";

    /// <summary>What a key below a step is, for messages.</summary>
    public static string ParameterOf(string step) => $"a parameter of step '{step}'";
}
