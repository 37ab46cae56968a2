using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>
/// The split of a workflow without a method of step dataset_split. It splits the rows of a collection or of ML.NET's data set by
/// split_validate and split_test.
/// </summary>
internal static class DefaultSplit
{
    public const string Validate = "split_validate";
    public const string Test = "split_test";

    private const string Step = "dataset_split";
    private const double DefaultValidateShare = 0.2;
    private const double DefaultTestShare = 0.0;

    /// <summary>Plans the split; null if the rows of the data set are unknown.</summary>
    public static (string Expression, DatasetParts Parts)? Plan(PlanContext context, StepValue dataset, out IEnumerable<string> searched)
    {
        searched = [];
        if (dataset.Type.Rows is not { } rows)
        {
            return null;
        }

        var properties = context.RecordOf(Step).Properties.Where(property => property.Parameter.Name is Validate or Test).ToList();
        var validateShare = context.Configuration.CrossValidation is null ? DefaultValidateShare : 0;
        if (context.Configuration.CrossValidation is null)
        {
            ReportMissingValidation(context, properties);
        }
        else
        {
            ReportUnusedShare(context, properties);
        }

        CheckShares(context, properties, validateShare);
        searched = properties.Where(property => property.IsSearched).Select(property => property.SpaceName);
        var shares = Share(context, properties, Validate, validateShare) + ", " + Share(context, properties, Test, DefaultTestShare);
        context.Split = new SplitParts(rows.Form, dataset.Type.Name, rows.Element);
        return (context.Split.CallFor(dataset.Expression, shares), PartsOf(dataset, rows));
    }

    private static DatasetParts PartsOf(StepValue dataset, RowType rows)
    {
        var type = rows.Form == SplitForm.ToArray
            ? new GivenType(
                rows.Element + "[]", rows.ShortElement + "[]", rows.ArrayFits, dataset.Type.IsUnknown,
                Emptiness.Length, rows, default, null)
            : dataset.Type with { MayBeNull = false };
        DataPart Part(string name) => new(name, new StepValue(name, type, "the default split of " + dataset.Origin, name), null, null);
        return new DatasetParts(dataset, Part("train"), Part("validate"), Part("test"));
    }

    /// <summary>Reports shares that the split would reject in every trial.</summary>
    private static void CheckShares(PlanContext context, List<ParameterProperty> properties, double validateShare)
    {
        foreach (var property in properties.Where(IsNumber))
        {
            var range = ValueRange.Of(property);
            if (range.Low < 0 || range.High > 1 || ValueOf(property) >= 1)
            {
                var isDefault = ValueOf(property) is < 0 or >= 1;
                Report(context, property, isDefault, "it must be at least 0 and below 1");
                return;
            }
        }

        if (properties.Find(property => property.Parameter.Name == Test && IsNumber(property)) is { } test
            && properties.Where(IsNumber).Sum(ValueOf) + (properties.Count == 1 ? validateShare : 0) >= 1)
        {
            Report(context, test, isDefault: true, "together with split_validate it leaves no rows to train on");
        }
    }

    private static void Report(PlanContext context, ParameterProperty property, bool isDefault, string reason) =>
        context.Report(
            StepDiagnostics.ImpossibleShare,
            DiagnosticTarget.Yaml(
                isDefault ? YamlPaths.Of(property.Step, property.Parameter) : YamlPaths.Space(property.Step, property.Parameter.Name)),
            property.Parameter.Name,
            reason);

    /// <summary>Warns if there may be no validation part, because the loss of the training rows says little about other rows.</summary>
    private static void ReportMissingValidation(PlanContext context, List<ParameterProperty> properties)
    {
        if (properties.Find(property => property.Parameter.Name == Validate && IsNumber(property)) is not { } share || !CanBeZero(share))
        {
            return;
        }

        var verb = share.IsSearched ? "can be" : "is";
        context.Report(
            StepDiagnostics.NoValidationPart,
            DiagnosticTarget.Yaml(share.IsSearched ? YamlPaths.Space(Step, Validate) : YamlPaths.Of(Step, share.Parameter)),
            verb);
        context.Notes.Add(
            $"{Validate} {verb} 0: {(share.IsSearched ? "then " : "")}the loss is that of the rows that a trial is trained on");
    }

    /// <summary>Warns of a share for validation: the folds are what a trial is validated on. The share is then removed.</summary>
    private static void ReportUnusedShare(PlanContext context, List<ParameterProperty> properties)
    {
        foreach (var share in properties.Where(property => property.Parameter.Name == Validate))
        {
            context.Report(StepDiagnostics.UnusedShare, DiagnosticTarget.Yaml(YamlPaths.Of(share.Step, share.Parameter)));
        }

        properties.RemoveAll(property => property.Parameter.Name == Validate);
    }

    private static bool CanBeZero(ParameterProperty share) => share.Parameter.Distribution switch
    {
        null => ValueOf(share) == 0,
        { } distribution => CanBeZero(distribution),
    };

    private static bool CanBeZero(DistributionConfiguration distribution) => distribution switch
    {
        { Options.IsEmpty: false } choice => choice.Options.Any(option => option switch
        {
            OptionConfiguration.Constant constant => ValueOf(constant.Value) == 0,
            OptionConfiguration.Number number => CanBeZero(number.Distribution),
            _ => false,
        }),

        // A continuous number is never exactly 0, but a rounded one may be.
        _ => !DistributionForm.Of(distribution.Kind).IsContinuous && ValueRange.Of(distribution).Low <= 0,
    };

    private static bool IsNumber(ParameterProperty property) =>
        property.Parameter.Type is { Kind: ParameterKind.Double or ParameterKind.Int or ParameterKind.Long, IsNullable: false };

    private static double ValueOf(ParameterProperty property) => ValueOf(property.Default) ?? 0;

    private static double? ValueOf(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Number number => number.Value,
        ConfigurationValue.Integer integer => integer.Value,
        _ => null,
    };

    private static string Share(PlanContext context, List<ParameterProperty> properties, string name, double defaultShare)
    {
        if (properties.Find(property => property.Parameter.Name == name) is not { } property)
        {
            return Literals.Double(defaultShare);
        }

        if (!IsNumber(property))
        {
            context.Report(StepDiagnostics.WrongParameterType, DiagnosticTarget.Yaml(YamlPaths.Of(property.Step, property.Parameter)),
                name, "double", property.SpaceName, "the share of the rows must be a number");
            return Literals.Double(defaultShare);
        }

        return context.UseRecord(Step) + "." + property.Name;
    }
}
