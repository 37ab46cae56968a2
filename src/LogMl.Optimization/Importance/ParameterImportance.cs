namespace LogMl.Optimization.Importance;

/// <summary>The importance of a parameter.</summary>
/// <param name="Name">The name of the parameter.</param>
/// <param name="Importance">The importance, at least 0. Its unit depends on the method, see <see cref="Importances"/>.</param>
public sealed record ParameterImportance(string Name, double Importance);
