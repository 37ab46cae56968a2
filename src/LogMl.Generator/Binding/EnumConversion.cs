using LogMl.Configuration;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Binding;

/// <summary>Gives a parameter that is one of a set of names as text, as its generated enum, or as an enum of the user.</summary>
internal static class EnumConversion
{
    public static (string? Expression, string? Reason) Convert(ParameterProperty property, TakenType target, string expression)
    {
        var members = property.Parameter.Type.Members;
        if (target.Name == "string")
        {
            return (Switch(property, expression, members.Select(Literals.Text)), null);
        }

        if (target.EnumMembers.IsEmpty)
        {
            return IsGeneratedEnum(property, target)
                ? (expression, null)
                : (null, $"it is one of {string.Join(", ", members)}; take a string, '{property.EnumName}', or an enum with these members");
        }

        if (property.Parameter.Type.IsNullable && !target.Name.EndsWith("?", StringComparison.Ordinal))
        {
            return (null, "it can be null");
        }

        var arms = new List<string>();
        foreach (var member in members)
        {
            if (target.EnumMembers.FirstOrDefault(candidate => Identifiers.AreSame(candidate, member)) is not { } found)
            {
                return (null, $"it has no member for '{member}'");
            }

            arms.Add(target.Name.TrimEnd('?') + "." + Inputs.ProjectInfo.Escape(found));
        }

        return (Switch(property, expression, arms), null);
    }

    // The generated enum does not exist yet when the method is read: all that is known is the name.
    private static bool IsGeneratedEnum(ParameterProperty property, TakenType target) =>
        target.IsUnknown && (target.SimpleName == property.EnumName || target.ShortName.TrimEnd('?') == property.EnumName)
        && (!property.Parameter.Type.IsNullable || target.ShortName.EndsWith("?", StringComparison.Ordinal));

    private static string Switch(ParameterProperty property, string expression, IEnumerable<string> results)
    {
        var arms = property.Parameter.Type.Members.Zip(results, (member, result) =>
            $"{property.EnumType}.{CSharpNames.ToPascalCase(member)} => {result}");
        var otherwise = property.Parameter.Type.IsNullable ? "null" : "throw new global::System.InvalidOperationException()";
        return $"{expression} switch {{ {string.Join(", ", arms)}, _ => {otherwise} }}";
    }
}
