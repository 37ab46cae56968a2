namespace LogMl.Storage;

/// <summary>The value of a parameter with its distribution, as a trial stores both.</summary>
/// <param name="Name">The name; at most 512 characters.</param>
/// <param name="Value">The number itself, or the index of an option.</param>
/// <param name="DistributionJson">The distribution in Optuna's JSON.</param>
internal sealed record ParameterRecord(string Name, double Value, string DistributionJson);
