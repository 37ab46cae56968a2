namespace LogMl.Configuration.Model;

/// <summary>
/// The names of the types that are generated for parameters, and of the members that these types have. The reader refuses what would
/// collide with them.
/// </summary>
public static class GeneratedTypeNames
{
    /// <summary>The one instance of a branch without parameters.</summary>
    public const string Instance = "Instance";

    /// <summary>The property of the record of an option that is a number.</summary>
    public const string Number = "Value";

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
}
