namespace LogMl.Host.Results;

/// <summary>The trials of a study that ended while a call ran.</summary>
/// <param name="Here">Evaluations that this call has finished.</param>
/// <param name="Elsewhere">Evaluations that other hosts have finished.</param>
/// <param name="Repeated">Trials of this call that were cut off and are repeated under other numbers.</param>
/// <param name="LostFolds">Folds of this call that were cut off and run again, each within its trial.</param>
/// <param name="RevokedResults">Earlier results that no longer count, because this call ran their trials again without a result.</param>
internal sealed record EndedTrials(int Here, int Elsewhere, int Repeated, int LostFolds, int RevokedResults);
