namespace LogMl.Optimization.Importance;

/// <summary>How much a parameter mattered.</summary>
/// <param name="Name">The name of the parameter.</param>
/// <param name="Importance">The importance, not negative; its unit is that of the method, see <see cref="Importances"/>.</param>
public sealed record ParameterImportance(string Name, double Importance);
