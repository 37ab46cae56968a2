using System.Text.Json.Serialization;
using LogMl.Report.Model;

namespace LogMl.Report.Live;

/// <summary>The JSON of changes, in the form that the JSON of a page has (<see cref="ReportJson"/>).</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ReportChange))]
[JsonSerializable(typeof(IReadOnlyList<ParameterModel>), TypeInfoPropertyName = "Parameters")]
[JsonSerializable(typeof(IReadOnlyList<ImportanceModel>), TypeInfoPropertyName = "Importances")]
[JsonSerializable(typeof(IReadOnlyList<HypervolumePoint>), TypeInfoPropertyName = "Hypervolume")]
internal sealed partial class ChangeJson : JsonSerializerContext;
