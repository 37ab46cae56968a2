using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Emit;

/// <summary>Writes the methods that make records of the values of a trial. A parameter without a value has its default.</summary>
internal sealed class ReaderEmitter(IndentedWriter writer)
{
    private const string Values = "global::LogMl.Runtime.ParameterValues values";

    /// <summary>Writes the methods of a record, and of the hierarchies that its parameters are.</summary>
    public void Write(StepParameters record)
    {
        writer.Initializer(
            $"private static {record.FullName} Read{record.RecordName}({Values}) => new()", MembersOf(record.Properties));
        foreach (var choice in record.Typed.Where(property => property is { Branches: not null, IsSearched: true }))
        {
            writer.Line();
            WriteChoice(choice, choice.Branches!);
        }
    }

    private void WriteChoice(ParameterProperty choice, BranchHierarchy hierarchy) =>
        writer.Block($"private static {choice.TypeName} Read{hierarchy.Name}({Values})", () =>
        {
            writer.Line($"var option = values.Index({Literals.Text(choice.SpaceName)});");

            // A switch would cost the compiler time and memory that grow with the square of its arms.
            foreach (var (option, index) in choice.Parameter.Distribution!.Options.Select((option, index) => (option, index)))
            {
                writer.Block($"if (option == {Literals.Of(new ConfigurationValue.Integer(index))})", () => WriteOption(option, hierarchy));
            }

            writer.Line($"return {choice.DefaultCode};");
        });

    private void WriteOption(OptionConfiguration option, BranchHierarchy hierarchy)
    {
        var name = option switch
        {
            OptionConfiguration.Branch branch => branch.Name,
            OptionConfiguration.Number number => number.Name,
            OptionConfiguration.Constant constant => BranchHierarchy.NameIn(constant.Value),
            _ => null,
        };
        if (name is null || hierarchy.Find(name) is not { } record)
        {
            writer.Line("return null;");
        }
        else if (MembersOf(record.Properties).ToList() is { Count: > 0 } members)
        {
            writer.Initializer($"return {record.DefaultCode}", members);
        }
        else
        {
            writer.Line($"return {record.DefaultCode};");
        }
    }

    private static IEnumerable<string> MembersOf(EquatableArray<ParameterProperty> properties) =>
        properties.Where(property => property.IsSearched).Select(property => $"{property.Name} = {ReadExpression(property)},");

    private static string ReadExpression(ParameterProperty property)
    {
        if (property.Branches is { } hierarchy)
        {
            return $"Read{hierarchy.Name}(values)";
        }

        var distribution = property.Parameter.Distribution!;
        return distribution.Options.IsEmpty
            ? ReadNumber(property, property.SpaceName, property.DefaultCode, property.Default is ConfigurationValue.Null)
            : $"values.Option<{property.TypeName}>({Literals.Text(property.SpaceName)}, "
                + $"[{string.Join(", ", distribution.Options.Select(option => ReadOption(property, option)))}], {property.DefaultCode})";
    }

    private static string ReadOption(ParameterProperty property, OptionConfiguration option) => option switch
    {
        OptionConfiguration.Constant constant => property.Code(constant.Value),
        OptionConfiguration.Number number => ReadNumber(
            property, property.SpaceName + "." + number.Name,
            property.Code(Fallback.MiddleOf(number.Distribution, property.Parameter.Type)), hasNoDefault: false),
        _ => throw new InvalidOperationException("Only a hierarchy has branches."),
    };

    private static string ReadNumber(ParameterProperty property, string path, string defaultCode, bool hasNoDefault)
    {
        var name = Literals.Text(path);
        var method = property.Parameter.Type.Kind switch
        {
            ParameterKind.Int => "Int32",
            ParameterKind.Long => "Int64",
            _ => "Double",
        };
        return hasNoDefault
            ? $"values.Has({name}) ? values.{method}({name}, 0) : null"
            : $"values.{method}({name}, {defaultCode})";
    }
}
