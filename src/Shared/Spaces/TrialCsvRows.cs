using System.Globalization;
using System.Text.Json;

namespace LogMl.Shared.Spaces;

/// <summary>The columns of trials.csv, and its rows. Compiled into host and tool.</summary>
/// <param name="space">The parameters, each with a column.</param>
/// <param name="hasConstraints">Whether a column says that the constraints are kept.</param>
/// <param name="metrics">The scores besides the loss that have a column.</param>
/// <param name="attributes">The user attributes that have a column.</param>
internal sealed class TrialCsvRows(
    IReadOnlyList<SpaceParameter> space, bool hasConstraints, IReadOnlyCollection<string> metrics, IReadOnlyCollection<string> attributes)
{
    /// <summary>The state of a complete trial.</summary>
    public const string Complete = "complete";

    /// <summary>The state of a pruned trial.</summary>
    public const string Pruned = "pruned";

    /// <summary>The state of a failed trial.</summary>
    public const string Failed = "failed";

    /// <summary>The state of a failed trial that another one repeats.</summary>
    public const string Repeated = "repeated";

    /// <summary>The prefix of the columns of user attributes, as in Optuna's <c>trials_dataframe</c>.</summary>
    public const string AttributePrefix = "user_attrs_";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The line with the names of the columns.</summary>
    public string Header => CsvText.Row(
    [
        "number", "state", "loss", .. (string[])(hasConstraints ? ["feasible"] : []), "seconds", "started", "finished", "step", "message",
        .. space.Select(parameter => CsvText.Cell(parameter.Name)),
        .. metrics.Select(name => CsvText.Cell(StoredNames.MetricPrefix + name)),
        .. attributes.Select(name => CsvText.Cell(AttributePrefix + name)),
    ]);

    /// <summary>The line of a trial.</summary>
    public string Row(TrialCsvRow trial) => CsvText.Row(
    [
        trial.Number.ToString(CultureInfo.InvariantCulture),
        trial.State,
        trial.Loss is { } loss ? Number(loss) : "",
        .. (string[])(hasConstraints ? [trial.IsFeasible switch { true => "true", false => "false", null => "" }] : []),
        trial.Seconds?.ToString("0.######", CultureInfo.InvariantCulture) ?? "",
        Time(trial.Started),
        Time(trial.Ended),
        CsvText.Cell(trial.Step),
        CsvText.Cell(trial.Message),
        .. space.Select(parameter => trial.Values.TryGetValue(parameter.Name, out var value) ? Value(parameter, value) : ""),
        .. metrics.Select(name => trial.Metrics.TryGetValue(name, out var value) ? Number(value) : ""),
        .. attributes.Select(name => trial.UserAttributes.TryGetValue(name, out var value) ? Value(value) : ""),
    ]);

    private static string Value(SpaceParameter parameter, double value) =>
        parameter.IsText(value) ? CsvText.Cell(parameter.Text(value)) : CsvText.Literal(parameter.Text(value));

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => CsvText.Cell(value.GetString()!),
        JsonValueKind.Null => "",
        _ => CsvText.Literal(value.GetRawText()),
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? time) => time?.ToString(TimeFormat, CultureInfo.InvariantCulture) ?? "";
}
