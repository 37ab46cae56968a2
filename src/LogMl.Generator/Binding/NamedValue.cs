using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Binding;

/// <summary>Converts texts, or members of a generated enum, to text, to that enum, or to an enum of the user.</summary>
internal static class NamedValue
{
    /// <param name="values">What is known about the texts.</param>
    /// <param name="target">The type that is taken.</param>
    /// <param name="expression">What has the value.</param>
    public static (string? Expression, string? Reason) Convert(ConvertedValues values, TakenType target, string expression)
    {
        if (target.Name.TrimEnd('?') == "string")
        {
            return (values.EnumType is null ? expression : Lookup(values, expression, "string", values.Texts.Select(Literals.Text)), null);
        }

        if (target.EnumMembers.IsEmpty)
        {
            return IsGeneratedEnum(values, target) ? (expression, null) : (null, ReasonOf(values));
        }

        if (values.IsNullable && !target.AcceptsNull)
        {
            return (null, "it can be null");
        }

        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = NamesOf(target.EnumMembers);
        foreach (var text in values.Texts)
        {
            // The member that is spelled as a generated one would be, else one that differs only in upper and lower case or underscores.
            if (!names.TryGetValue(CSharpNames.ToPascalCase(text) ?? "", out var member)
                && !names.TryGetValue(Identifiers.Normalize(text), out member))
            {
                return (null, $"it has no member for '{text}'");
            }

            if (members.TryGetValue(member, out var other))
            {
                return (null, $"its member '{member}' would stand for '{other}' and for '{text}'");
            }

            members.Add(member, text);
        }

        var type = target.Name.TrimEnd('?');
        return (Lookup(values, expression, type, members.Keys.Select(member => type + "." + Inputs.ProjectInfo.Escape(member))), null);
    }

    /// <summary>The members by their own names, and by what is left without case and underscores, where the first one counts.</summary>
    private static Dictionary<string, string> NamesOf(EquatableArray<string> members)
    {
        var names = members.ToDictionary(member => member, StringComparer.Ordinal);
        foreach (var member in members)
        {
            var normalized = Identifiers.Normalize(member);
            if (!names.ContainsKey(normalized))
            {
                names.Add(normalized, member);
            }
        }

        return names;
    }

    private static string ReasonOf(ConvertedValues values) => values.EnumName is null
        ? "it is a text"
        : $"it is one of {string.Join(", ", values.Texts)}; take a string, '{values.EnumName}', or an enum with these members";

    // The generated enum does not exist yet when the method is read: all that is known is the name.
    private static bool IsGeneratedEnum(ConvertedValues values, TakenType target) =>
        values.EnumName is not null
        && target.IsUnknown
        && (target.SimpleName == values.EnumName || target.ShortName.TrimEnd('?') == values.EnumName)
        && (!values.IsNullable || target.ShortName.EndsWith("?", StringComparison.Ordinal));

    /// <summary>
    /// The lookup of a value by text. The members of a generated enum are numbered in the order of the texts, so an array is used: a switch
    /// would cost the compiler time and memory that grow with the square of its arms.
    /// </summary>
    private static string Lookup(ConvertedValues values, string expression, string type, IEnumerable<string> results)
    {
        if (values.EnumType is null)
        {
            var arms = values.Texts.Zip(results, (text, result) => Literals.Text(text) + " => " + result)
                .Append("_ => " + (values.IsNullable ? "null" : "throw new global::System.InvalidOperationException()"));
            return $"{expression} switch {{ {string.Join(", ", arms)} }}";
        }

        var array = $"new {type}[] {{ {string.Join(", ", results)} }}";
        return values.IsNullable
            ? $"{expression} switch {{ null => ({type}?)null, var value => ({array})[(int)value] }}"
            : $"({array})[(int){expression}]";
    }
}
