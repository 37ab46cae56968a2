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
    private const double OtherwiseValidate = 0.2;
    private const double OtherwiseTest = 0.0;

    /// <summary>Plans the split; null when the data set is not an array or a list.</summary>
    public static (string Expression, DatasetParts Parts)? Plan(PlanContext context, StepValue dataset, out IEnumerable<string> searched)
    {
        searched = [];
        if (dataset.Type.Rows is not { } rows)
        {
            return null;
        }

        var properties = context.RecordOf(Step).Properties.Where(property => property.Parameter.Name is Validate or Test).ToList();
        CheckShares(context, properties);
        searched = properties.Where(property => property.IsSearched).Select(property => property.SpaceName);
        var validate = Share(context, properties, Validate, OtherwiseValidate);
        var test = Share(context, properties, Test, OtherwiseTest);
        var split = $"global::LogMl.DatasetSplit.Split({dataset.Expression}, {validate}, {test}, random)";
        context.UsesLists |= rows.IsList;
        return (rows.IsList ? $"ToLists({split})" : split, PartsOf(dataset, rows));
    }

    private static DatasetParts PartsOf(StepValue dataset, RowType rows)
    {
        // Arrays give arrays, lists give lists, and what is only known as an IReadOnlyList gives arrays, too.
        var type = rows.IsList || dataset.Type.Emptiness == Emptiness.Length
            ? dataset.Type
            : new GivenType(
                rows.Element + "[]", rows.ShortElement + "[]", rows.ArrayFits, dataset.Type.IsUnknown,
                Emptiness.Length, rows, default, null);
        DataPart Part(string name) => new(name, new StepValue(name, type, "the default split of " + dataset.Origin, name), null, null);
        return new DatasetParts(dataset, Part("train"), Part("validate"), Part("test"));
    }

    /// <summary>What the split would refuse in every trial is refused by the compiler.</summary>
    private static void CheckShares(PlanContext context, List<ParameterProperty> properties)
    {
        foreach (var property in properties.Where(IsNumber))
        {
            var range = ValueRange.Of(property);
            if (range.Low < 0 || range.High > 1 || ValueOf(property) >= 1)
            {
                Report(context, property, "it must be at least 0 and below 1");
                return;
            }
        }

        if (properties.Find(property => property.Parameter.Name == Test && IsNumber(property)) is { } test
            && properties.Where(IsNumber).Sum(ValueOf) + (properties.Count == 1 ? OtherwiseValidate : 0) >= 1)
        {
            Report(context, test, "together with split_validate it leaves no rows to train on");
        }
    }

    private static void Report(PlanContext context, ParameterProperty property, string reason) =>
        context.Report(
            StepDiagnostics.ImpossibleShare, DiagnosticTarget.Yaml(YamlPaths.Of(property.Step, property.Parameter)),
            property.Parameter.Name, reason);

    private static bool IsNumber(ParameterProperty property) =>
        property.Parameter.Type is { Kind: ParameterKind.Double or ParameterKind.Int or ParameterKind.Long, IsNullable: false };

    private static double ValueOf(ParameterProperty property) => property.Default switch
    {
        ConfigurationValue.Number number => number.Value,
        ConfigurationValue.Integer integer => integer.Value,
        _ => 0,
    };

    private static string Share(PlanContext context, List<ParameterProperty> properties, string name, double otherwise)
    {
        if (properties.Find(property => property.Parameter.Name == name) is not { } property)
        {
            return Literals.Double(otherwise);
        }

        if (!IsNumber(property))
        {
            context.Report(StepDiagnostics.WrongParameterType, DiagnosticTarget.Yaml(YamlPaths.Of(property.Step, property.Parameter)),
                name, "double", property.SpaceName, "the share of the rows must be a number");
            return Literals.Double(otherwise);
        }

        return context.UseRecord(Step) + "." + property.Name;
    }
}
