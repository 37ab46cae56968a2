using LogMl.Configuration;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>The split of a workflow without a method for it: the rows of an array or a list, by split_validate and split_test.</summary>
internal static class DefaultSplit
{
    public const string Validate = "split_validate";
    public const string Test = "split_test";

    private const string Step = "dataset_split";
    private const string DefaultValidate = "0.2";
    private const string DefaultTest = "0.0";

    /// <summary>Plans the split; null when the data set is not an array or a list.</summary>
    public static (string Expression, DatasetParts Parts)? Plan(PlanContext context, StepValue dataset, out IEnumerable<string> searched)
    {
        searched = [];
        if (dataset.Type.Rows is not { } rows)
        {
            return null;
        }

        var properties = context.RecordOf(Step).Properties.Where(property => property.Parameter.Name is Validate or Test).ToList();
        searched = properties.Where(property => property.IsSearched).Select(property => property.SpaceName);
        var split = "global::LogMl.DatasetSplit.Split("
            + $"{dataset.Expression}, {Share(context, properties, Validate, DefaultValidate)}, {Share(context, properties, Test, DefaultTest)}, random)";
        context.UsesLists |= rows.IsList;
        return (rows.IsList ? $"ToLists({split})" : split, PartsOf(dataset, rows));
    }

    private static DatasetParts PartsOf(StepValue dataset, RowType rows)
    {
        // Arrays give arrays, lists give lists, and what is only known as an IReadOnlyList gives arrays, too.
        var type = rows.IsList || dataset.Type.Emptiness == Emptiness.Length
            ? dataset.Type
            : new GivenType(
                rows.Element + "[]", rows.ShortElement + "[]", rows.ArrayFits, dataset.Type.IsUnknown, Emptiness.Length, rows, default, null);
        DataPart Part(string name) => new(name, new StepValue(name, type, "the default split of " + dataset.Origin, name), null, null);
        return new DatasetParts(dataset, Part("train"), Part("validate"), Part("test"));
    }

    private static string Share(PlanContext context, List<ParameterProperty> properties, string name, string otherwise)
    {
        if (properties.Find(property => property.Parameter.Name == name) is not { } property)
        {
            return otherwise;
        }

        if (property.Parameter.Type is not { Kind: ParameterKind.Double or ParameterKind.Int or ParameterKind.Long, IsNullable: false })
        {
            context.Report(StepDiagnostics.WrongParameterType, DiagnosticTarget.Yaml(YamlPaths.Of(property.Step, property.Parameter)),
                name, "double", property.SpaceName, "the share of the rows must be a number");
            return otherwise;
        }

        return context.UseRecord(Step) + "." + property.Name;
    }
}
