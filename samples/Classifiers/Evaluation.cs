namespace Classifiers;

/// <summary>How good a model is on one part of the data.</summary>
/// <param name="Loss">The mean log-loss (natural logarithm): what the search makes small.</param>
/// <param name="Accuracy">The share of digits that are told right.</param>
public sealed record Evaluation(double Loss, double Accuracy);
