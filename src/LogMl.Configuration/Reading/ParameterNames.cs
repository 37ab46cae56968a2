using LogMl.Configuration.Model;
using LogMl.Shared.Parameters;
using LogMl.Shared;
using System.Globalization;

namespace LogMl.Configuration.Reading;

/// <summary>Checks the names of parameters.</summary>
internal static class ParameterNames
{
    private static readonly string TooManyBytes =
        $"its C# name would have more than {CSharpNames.MaxBytes} bytes, for which an assembly has no room";

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

    /// <summary>Why a parameter of a step or of a branch cannot have the name; null when it can.</summary>
    public static string? Problem(ParameterPlace place, string name)
    {
        if (name == StepKeys.Enable && place.Branch is null)
        {
            return "'functions.<step>.enable' switches the step on and off";
        }

        if (TooLong(place) is { } length)
        {
            return length;
        }

        if (CSharpNames.ToPascalCase(name) is not { } property)
        {
            return System.Text.Encoding.UTF8.GetByteCount(name) > CSharpNames.MaxBytes
                ? TooManyBytes
                : "it does not make a C# identifier";
        }

        if (CSharpNames.ToPascalCase(place.Path) is null)
        {
            return TooManyBytes;
        }

        var record = place.Branch is null ? GeneratedTypeNames.RecordOf(place.Step) : CSharpNames.ToPascalCase(place.Branch.Name);
        return RecordMembers.Contains(property) || property == record
            || (place.Branch is not null && property == GeneratedTypeNames.Match)
            ? $"the generated record already has a member '{property}'"
            : null;
    }

    /// <summary>Why an option of the choice at a place cannot have the name; null when it can.</summary>
    public static string? ProblemOfOption(ParameterPlace choice, string name)
    {
        if (!EnumMembers.IsName(name))
        {
            return "it " + EnumMembers.ReasonAgainst(name);
        }

        var type = CSharpNames.ToPascalCase(name)!;
        var hierarchy = GeneratedTypeNames.TypeOf(choice.Step + "." + choice.Path);
        return TooLong(choice.Option(name))
            ?? (CSharpNames.ToPascalCase(choice.Option(name).Path) is null ? TooManyBytes : null)
            ?? (RecordMembers.Contains(type) || type is GeneratedTypeNames.Match or GeneratedTypeNames.Instance || type == hierarchy
                ? $"the generated record already has a member '{type}'"
                : null);
    }

    private static string? TooLong(ParameterPlace place)
    {
        var length = place.Step.Length + 1 + place.Path.Length;
        return length <= StoredNames.MaxLength ? null
            : $"with its step{(place.Path == place.Name ? "" : " and its branch")} the name has "
                + $"{length.ToString(CultureInfo.InvariantCulture)} characters, and a study has room for "
                + $"{StoredNames.MaxLength.ToString(CultureInfo.InvariantCulture)}";
    }
}
