using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Host.Gating;

/// <summary>
/// Writes and reads the file of a baseline, which is kept under version control: each thing has a line and the lines have an order, so that
/// a change of it is small. docs/running.md says what is in it.
/// </summary>
internal static class BaselineFile
{
    private const string FormatName = "logml_baseline";
    private const int Format = 1;

    /// <summary>The text of the file.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="parameters">The parameters of its trial, an object.</param>
    /// <param name="test">The scores of its trial on the test part; null when there are none.</param>
    public static string Write(Baseline baseline, JsonElement parameters, IReadOnlyDictionary<string, double>? test) => JsonFileText.Of(
        json =>
        {
            json.WriteNumber(FormatName, Format);
            json.WriteString("version", Version);
            json.WriteString("study", baseline.Study);
            json.WriteString("workflow", baseline.Workflow);
            json.WriteNumber("trial", baseline.Trial);
            json.WriteStartArray("objectives");
            foreach (var objective in baseline.Objectives)
            {
                json.WriteStartObject();
                json.WriteString("name", objective.Name);
                json.WriteString(
                    "direction", objective.Direction == Direction.Maximize ? ObjectiveWords.Maximize : ObjectiveWords.Minimize);
                json.WriteNumber("value", objective.Value);
                WriteFolds(json, objective);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            FigureJson.Write(json, "test", test);
            json.WritePropertyName("parameters");
            parameters.WriteTo(json);
            json.WritePropertyName("rows");
            JsonElement.Parse(baseline.Rows.ToJson()).WriteTo(json);
        },
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    /// <summary>Reads a file.</summary>
    /// <exception cref="HostException">There is no such file, or it is no baseline that this version can read.</exception>
    public static Baseline Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(json.RootElement);
        }
        catch (JsonException exception)
        {
            var line = exception.LineNumber is { } number ? (int)number + 1 : 0;
            throw Unusable(path, $"is no JSON: {exception.Message}", line);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, $"cannot be read: {exception.Message}");
        }
        catch (Exception exception) when (
            exception is FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw Unusable(path, $"is no baseline, or a damaged one: {exception.Message}");
        }
    }

    /// <summary>The error about a file that cannot be used.</summary>
    /// <param name="path">The file.</param>
    /// <param name="why">What is wrong with it, after its name.</param>
    /// <param name="line">The line, from 1; 0 when it is not known.</param>
    public static HostException Unusable(string path, string why, int line = 0) => new(
        HostErrors.BaselineUnusable,
        $"The file of {GateLimits.Baseline} {why}{(why.EndsWith('.') ? "" : ".")} Take it from version control again, name another file, "
        + "or remove it and write it anew with -t:HyperOptBaseline.")
    {
        Place = new SourcePlace(path, line),
    };

    private static string Version =>
        typeof(BaselineFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The folds are one line: each of them changes when one does.</summary>
    private static void WriteFolds(Utf8JsonWriter json, ObjectiveFigures objective)
    {
        if (objective.FoldCount == 0)
        {
            return;
        }

        json.WritePropertyName("standard_error");
        if (objective.StandardError is { } error)
        {
            json.WriteNumberValue(error);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteNumber("fold_count", objective.FoldCount);
        json.WritePropertyName("folds");
        json.WriteRawValue(
            $"[{string.Join(", ", objective.Folds.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]");
    }

    private static Baseline Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(FormatName, out var format))
        {
            throw new FormatException($"It has no field '{FormatName}'.");
        }

        if (format.GetInt32() != Format)
        {
            throw new FormatException($"It has format {format.GetRawText()}, and this version reads format {Format}.");
        }

        var rows = InputFingerprint.Parse(Field(json, "rows").GetRawText());
        if (rows.CrossValidation is { } crossValidation)
        {
            // What the gate asks later, it can.
            FoldRatio.Of(crossValidation, folds: 2);
        }

        ObjectiveFigures[] objectives = [.. Field(json, "objectives").EnumerateArray().Select(ReadObjective)];
        return new Baseline(
            TextOf(json, "study") ?? throw new FormatException("It has no study."),
            TextOf(json, "workflow"),
            Field(json, "trial").GetInt32(),
            objectives.Length > 0 ? objectives : throw new FormatException("It has no objective."),
            rows);
    }

    private static ObjectiveFigures ReadObjective(JsonElement json)
    {
        var direction = TextOf(json, "direction") switch
        {
            ObjectiveWords.Minimize => Direction.Minimize,
            ObjectiveWords.Maximize => Direction.Maximize,
            var other => throw new FormatException($"'{other}' is no direction."),
        };
        var figures = new ObjectiveFigures(
            TextOf(json, "name") ?? throw new FormatException("An objective has no name."), direction,
            NumberOf(Field(json, "value"), "value"));
        return !json.TryGetProperty("fold_count", out var count)
            ? figures
            : figures with
            {
                FoldCount = count.GetInt32(),
                Folds = [.. Field(json, "folds").EnumerateArray().Select(value => NumberOf(value, "folds"))],
                StandardError = Field(json, "standard_error") is { ValueKind: not JsonValueKind.Null } error
                    ? NumberOf(error, "standard_error") is >= 0 and var value
                        ? value
                        : throw new FormatException("A standard error is negative.")
                    : null,
            };
    }

    private static JsonElement Field(JsonElement json, string name) => json.TryGetProperty(name, out var field)
        ? field
        : throw new FormatException($"It has no field '{name}'.");

    private static double NumberOf(JsonElement json, string field) =>
        json.ValueKind == JsonValueKind.Number && json.GetDouble() is var number && double.IsFinite(number)
            ? number
            : throw new FormatException($"'{field}' has {json.GetRawText()}, which is no finite number.");

    private static string? TextOf(JsonElement json, string name) => Field(json, name).GetString();
}
