using LogMl.Configuration.Model;

namespace LogMl.Generator.Planning;

/// <summary>The paths in the source map at which diagnostics are reported.</summary>
internal static class YamlPaths
{
    public const string Optimization = "hyper_parameter_optimization";

    public const string CrossValidation = "cross_validation";

    public static string Objective(string name) => Optimization + ".objectives." + name;

    public static string Constraint(string name) => Optimization + ".constraints." + name;

    /// <summary>The path of a parameter: its default in functions, or its entry in the space if it has none.</summary>
    public static string Of(string step, ParameterConfiguration parameter) =>
        parameter.Default is null ? Space(step, parameter.Name) : Functions(step) + "." + parameter.Name;

    /// <summary>The path of the label of a stratified cross-validation.</summary>
    public static string FoldLabel(string method) => CrossValidation + "." + method + ".label";

    /// <summary>The path of a step, or of the default of a parameter by its full name.</summary>
    public static string Functions(string name) => "functions." + name;

    public static string Space(string step) => "space." + step;

    public static string Space(string step, string parameter) => Space(step) + "." + parameter;
}
