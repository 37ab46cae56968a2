using LogMl.Configuration.Model;

namespace LogMl.Generator.Planning;

/// <summary>The paths of the source map that diagnostics point at.</summary>
internal static class YamlPaths
{
    public const string Optimization = "hyper_parameter_optimization";

    /// <summary>Where a parameter stands: at its default, or in the space when it has none.</summary>
    public static string Of(string step, ParameterConfiguration parameter) =>
        parameter.Default is null ? Space(step, parameter.Name) : Functions(step) + "." + parameter.Name;

    public static string Functions(string step) => "functions." + step;

    public static string Space(string step) => "space." + step;

    public static string Space(string step, string parameter) => Space(step) + "." + parameter;
}
