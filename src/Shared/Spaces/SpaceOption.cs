using System.Text.Json;

namespace LogMl.Shared.Spaces;

/// <summary>An option of a searched choice as the manifest has it.</summary>
/// <param name="Value">The option itself; of a branch or a number, its name.</param>
/// <param name="Parameters">The parameters that a trial has only with this option.</param>
/// <param name="IsNumber">Whether the only parameter is the value of the option itself.</param>
internal sealed record SpaceOption(JsonElement Value, IReadOnlyList<SpaceParameter> Parameters, bool IsNumber);
