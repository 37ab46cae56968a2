namespace LogMl.Report.Model;

/// <summary>The importance of each parameter for an objective.</summary>
/// <param name="Objective">The index of the objective.</param>
/// <param name="Fanova">The share of each parameter in the variance, in the order of the parameters.</param>
/// <param name="PedAnova">The share of each parameter in what makes trials good, in the order of the parameters.</param>
/// <param name="Trials">The number of complete trials that they are estimated from.</param>
internal sealed record ImportanceModel(int Objective, double[] Fanova, double[] PedAnova, int Trials)
{
    /// <param name="importance">The importance.</param>
    /// <param name="parameters">The parameters.</param>
    public static ImportanceModel Of(ObjectiveImportance importance, IReadOnlyList<ParameterModel> parameters)
    {
        return new ImportanceModel(
            importance.Objective, InOrder(importance.Fanova), InOrder(importance.PedAnova), importance.Trials);

        double[] InOrder(IReadOnlyList<KeyValuePair<string, double>> ranked)
        {
            var shares = ranked.ToDictionary(StringComparer.Ordinal);
            return [.. parameters.Where(parameter => parameter.IsSearched).Select(parameter => shares.GetValueOrDefault(parameter.Name))];
        }
    }
}
