namespace LogMl.Host.Search;

/// <summary>The trials of a study that ended while a call ran.</summary>
/// <param name="Here">Evaluations that this call has brought to an end.</param>
/// <param name="Elsewhere">Those that other hosts have.</param>
/// <param name="Repeated">Trials of this call that were cut off, and repeated under other numbers.</param>
/// <param name="Withdrawn">Earlier results that no longer count, because the trial gave none when this call ran it again.</param>
internal sealed record EndedTrials(int Here, int Elsewhere, int Repeated, int Withdrawn);
