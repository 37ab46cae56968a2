namespace BreastCancer;

/// <summary>How good a classifier is on one part of the data.</summary>
/// <param name="Loss">The mean log-loss (natural logarithm): what the search makes small.</param>
/// <param name="Accuracy">The share of tumours that are told right.</param>
/// <param name="Auc">The area under the ROC curve.</param>
public sealed record Evaluation(double Loss, double Accuracy, double Auc);
