using LogMl.Configuration.Model;

namespace LogMl.Generator.Model;

/// <summary>The names of the generated types.</summary>
internal static class GeneratedNames
{
    /// <summary>The record of the parameters of all steps.</summary>
    public const string AllRecords = "WorkflowParameters";

    /// <summary>Its method that reads a file.</summary>
    public const string Load = "Load";

    /// <summary>Its property with the values of the file that the project compiles in.</summary>
    public const string Best = "Best";

    /// <summary>The record of a step: <c>model_train</c> has <c>ModelTrainParameters</c>.</summary>
    public static string RecordOf(string step) => CSharpNames.ToPascalCase(step) + "Parameters";

    /// <summary>The enum of a parameter.</summary>
    public static string EnumOf(string step, string property)
    {
        var name = CSharpNames.ToPascalCase(step) + property;

        // A parameter named "parameters" must not take the name of the record itself.
        return name == RecordOf(step) ? name + "Value" : name;
    }

    /// <summary>A type name for use in other code.</summary>
    public static string Qualify(string @namespace, string name) => "global::" + (@namespace.Length == 0 ? "" : @namespace + ".") + name;
}
