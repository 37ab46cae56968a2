namespace LogMl.Report;

/// <summary>A value of <c>functions</c> that holds for every trial, unless the search sets it.</summary>
/// <param name="Name">
/// Step and parameter: <c>model_train.epochs</c>. In a branch of a searched choice the whole path,
/// <c>model_create.classifier.svm.gamma</c>: such a value belongs to the trials that have chosen the branch.
/// </param>
/// <param name="Yaml">The value as it stands in YAML.</param>
public sealed record DeclaredValue(string Name, string Yaml);
