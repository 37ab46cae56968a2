using System.Text.Json.Serialization;

namespace LogMl.Tool.Watch;

/// <summary>The JSON of a text.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class TextJson : JsonSerializerContext;
