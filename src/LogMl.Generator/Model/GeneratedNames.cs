namespace LogMl.Generator.Model;

/// <summary>The names of the generated record of all parameters and of its members, and how generated types are named in code.</summary>
internal static class GeneratedNames
{
    /// <summary>The record of the parameters of all steps.</summary>
    public const string AllRecords = "WorkflowParameters";

    /// <summary>Its method that reads a file.</summary>
    public const string Load = "Load";

    /// <summary>Its property with the values of the file that the project compiles in.</summary>
    public const string Best = "Best";

    /// <summary>A type name for use in other code.</summary>
    public static string Qualify(string @namespace, string name) => "global::" + (@namespace.Length == 0 ? "" : @namespace + ".") + name;
}
