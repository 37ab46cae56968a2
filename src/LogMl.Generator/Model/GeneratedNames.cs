using LogMl.Configuration.Model;

namespace LogMl.Generator.Model;

/// <summary>The names of the generated types and of the members that they all have.</summary>
internal static class GeneratedNames
{
    /// <summary>The record of the parameters of all steps.</summary>
    public const string AllRecords = "WorkflowParameters";

    /// <summary>Its method that reads a file.</summary>
    public const string Load = "Load";

    /// <summary>Its property with the values of the file that the project compiles in.</summary>
    public const string Best = "Best";

    /// <summary>The one instance of a branch without parameters.</summary>
    public const string Instance = "Instance";

    /// <summary>The method of a hierarchy that takes a function for each branch.</summary>
    public const string Match = "Match";

    /// <summary>The record of a step: <c>model_train</c> has <c>ModelTrainParameters</c>.</summary>
    public static string RecordOf(string step) => CSharpNames.ToPascalCase(step) + "Parameters";

    /// <summary>
    /// The enum or the hierarchy of a parameter: <c>model_create.classifier.svm.kernel</c> has <c>ModelCreateClassifierSvmKernel</c>.
    /// </summary>
    public static string TypeOf(string path)
    {
        var step = path.Split('.')[0];

        // A parameter named "parameters" must not take the name of the record itself.
        var name = CSharpNames.ToPascalCase(step) + CSharpNames.ToPascalCase(path.Substring(step.Length + 1));
        return name == RecordOf(step) ? name + "Value" : name;
    }

    /// <summary>A type name for use in other code.</summary>
    public static string Qualify(string @namespace, string name) => "global::" + (@namespace.Length == 0 ? "" : @namespace + ".") + name;
}
