using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Inputs;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Emit;

/// <summary>
/// Writes the hierarchy of a choice with branches. Only the nested records can derive from the abstract one, whose constructor is private.
/// </summary>
internal static class BranchEmitter
{
    private const string Result = "TResult";

    public static void Write(IndentedWriter writer, ParameterProperty choice, BranchHierarchy hierarchy, bool isPublic)
    {
        writer.Line($"/// <summary>The branches of <c>{XmlDoc.Escape(choice.SpaceName)}</c>.</summary>");
        writer.Line(GeneratedFile.Attribute);
        writer.Block($"{GeneratedFile.Access(isPublic)}abstract partial record {hierarchy.Name}", () =>
        {
            if (hierarchy.HasConstructor)
            {
                writer.Block($"private {hierarchy.Name}()", () => { });
                writer.Line();
            }

            if (hierarchy.HasMatch)
            {
                WriteMatch(writer, hierarchy);
            }

            foreach (var branch in hierarchy.Branches)
            {
                writer.Line();
                Write(writer, choice, hierarchy, branch);
            }
        });
    }

    private static void Write(IndentedWriter writer, ParameterProperty choice, BranchHierarchy hierarchy, BranchRecord branch)
    {
        writer.Line($"/// <summary><c>{XmlDoc.Escape(branch.Label)}</c> of <c>{XmlDoc.Escape(choice.SpaceName)}</c>.</summary>");
        writer.Line(GeneratedFile.Attribute);
        var modifier = branch.IsAbstract ? "abstract" : "sealed";
        writer.Block($"public {modifier} partial record {branch.Name} : {hierarchy.FullName}", () =>
        {
            if (branch is { IsSingle: true, IsUnmade: false })
            {
                writer.Block($"private {branch.Name}()", () => { });
                writer.Line();
            }

            if (branch is { IsSingle: true, HasInstance: true })
            {
                var value = branch.IsUnmade ? "null!" : "new()";
                writer.Line("/// <summary>The one instance, because the branch has no parameters.</summary>");
                writer.Line($"public static {branch.FullName} {GeneratedTypeNames.Instance} {{ get; }} = {value};");
            }

            foreach (var property in branch.Properties)
            {
                PropertyEmitter.Write(writer, property);
            }

            PropertyEmitter.WriteHidden(writer, branch.Hidden);
        });
    }

    /// <summary>
    /// Writes the method that takes a function for each branch. Many tests cost the compiler less than a switch of many arms.
    /// </summary>
    private static void WriteMatch(IndentedWriter writer, BranchHierarchy hierarchy)
    {
        var functions = hierarchy.Branches.Zip(ArgumentsOf(hierarchy), (branch, argument) => (branch, argument)).ToList();
        writer.Line("/// <summary>Calls the function of the branch.</summary>");
        foreach (var (branch, argument) in functions)
        {
            writer.Line($"/// <param name=\"{argument.TrimStart('@')}\">What to do with <c>{XmlDoc.Escape(branch.Label)}</c>.</param>");
        }

        writer.Line("/// <returns>What the function gives.</returns>");
        var parameters = functions.Select(function => $"global::System.Func<{function.branch.FullName}, {Result}> {function.argument}");
        writer.Block($"public {Result} {GeneratedTypeNames.Match}<{Result}>({string.Join(", ", parameters)})", () =>
        {
            foreach (var (branch, argument) in functions)
            {
                writer.Block($"if (this is {branch.FullName})", () =>
                    writer.Line($"return {argument}(({branch.FullName})this);"));
            }

            writer.Line("throw new global::System.InvalidOperationException();");
        });
    }

    /// <summary>The names of the functions. Where the lower case of two branches is the same, they keep their own names.</summary>
    private static IEnumerable<string> ArgumentsOf(BranchHierarchy hierarchy)
    {
        var names = hierarchy.Branches.Select(branch => Identifiers.ToCamelCase(branch.Name)).ToList();
        var repeated = new HashSet<string>(
            names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key),
            StringComparer.Ordinal);
        return hierarchy.Branches.Zip(names, (branch, name) => ProjectInfo.Escape(repeated.Contains(name) ? branch.Name : name));
    }
}
