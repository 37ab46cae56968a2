using System.Text.Json.Serialization;

namespace LogMl.Report.Reading;

/// <summary>The JSON of notes.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class NoteJson : JsonSerializerContext;
