using System.Text.Json.Serialization;

namespace LogMl.Report.Model;

/// <summary>
/// The JSON of a page. Numbers that are not finite are texts. The encoder is the default one, which writes every character that means
/// something to HTML as \u003C: the JSON cannot end the element that holds it.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ReportModel))]
internal sealed partial class ReportJson : JsonSerializerContext;
