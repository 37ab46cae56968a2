using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Inputs;

namespace LogMl.Generator.Planning;

/// <summary>Reports choices that are not searched any more, and not declared, although the methods take their branches.</summary>
internal static class UndeclaredChoices
{
    private static readonly DiagnosticDefinition Undeclared = ConfigurationDiagnostics.Find("LOGML0065");

    public static IEnumerable<StepDiagnostic> Of(WorkflowInputs inputs) => inputs.Undeclared.Select(choice => StepDiagnostic.Of(
        Undeclared,
        DiagnosticTarget.Yaml(YamlPaths.Of(choice.Step, choice.Parameter)),
        choice.Parameter.Name,
        $"[{(choice.Parameter.Default is ConfigurationValue.Text { Value: var name } ? name + ", " : "")}{{<name>: {{<parameter>: <type>}}}}]"));
}
