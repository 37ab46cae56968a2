using System.Globalization;
using LogMl.Configuration.Model;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Checks the names of parameters.</summary>
internal static class ParameterNames
{
    public const string Enable = "enable";

    private static readonly string[] RecordMembers =
    [
        "Clone", "EqualityContract", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "PrintMembers", "ReferenceEquals",
        "ToString",
    ];

    /// <summary>The step and the parameter of a name with a dot, <c>model_train.epochs</c>; the step is null when it has none.</summary>
    public static (string? Step, string Parameter) Split(string name)
    {
        var dot = name.IndexOf('.');
        return dot > 0 && StepTable.Canonical(name.Substring(0, dot)) is { } step ? (step, name.Substring(dot + 1)) : (null, name);
    }

    /// <summary>The form of a parameter below its step, for a message.</summary>
    public static string Nested(string step, string parameter) => $"'{step}: {{ {Yaml.YamlScalar.Display(parameter)}: ... }}'";

    /// <summary>Why the name is invalid; null when it is valid.</summary>
    public static string? Problem(string step, string name)
    {
        if (name == Enable)
        {
            return "'functions.<step>.enable' switches the step on and off";
        }

        var length = step.Length + 1 + name.Length;
        if (length > StoredNames.MaxLength)
        {
            return $"with its step the name has {length.ToString(CultureInfo.InvariantCulture)} characters, and a study has room for "
                + $"{StoredNames.MaxLength.ToString(CultureInfo.InvariantCulture)}";
        }

        if (CSharpNames.ToPascalCase(name) is not { } property)
        {
            return System.Text.Encoding.UTF8.GetByteCount(name) > CSharpNames.MaxBytes
                ? $"its C# name would have more than {CSharpNames.MaxBytes} bytes, for which an assembly has no room"
                : "it does not make a C# identifier";
        }

        return RecordMembers.Contains(property) || property == CSharpNames.ToPascalCase(step) + "Parameters"
            ? $"the generated record already has a member '{property}'"
            : null;
    }
}
