using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Storage.Databases;

/// <content>Whose trials still run: leases, heartbeats, and the trials of processes that are gone.</content>
internal sealed partial class RelationalStorage
{
    internal override int Reap(long studyId, int maxRetries)
    {
        if (!_database.CanJudgeOthers)
        {
            return 0;
        }

        var gone = ReadRunning(studyId, mayBeGone: true).Where(trial => trial.IsGone).ToDictionary(trial => trial.Id);

        // While the server stood still, nobody could send heartbeats, and this query waited like everybody.
        if (gone.Count == 0 || !_database.CanJudgeOthers)
        {
            return 0;
        }

        return ReadTrials(studyId, int.MaxValue, gone.Keys).Count(trial => gone[trial.Id] is { Owner: { } owner } held
            ? FailAndRetry(
                studyId, trial, owner, $" AND {_database.StaleOwnerSql}", null, maxRetries,
                Reason("The process that ran the trial is gone.", held))
            : FailAndRetry(studyId, trial, Owner, "", LeaseAbandoned(trial.Id), maxRetries, Reason(
                "The program that ran the trial has given no sign of life (Optuna's heartbeat) for too long.", gone[trial.Id])));
    }

    internal override bool IsSearched(long studyId) => ReadRunning(studyId).Any(trial => trial.IsAlive && trial.Owner != Owner);

    internal override IReadOnlyList<RunningRecord> ReadRunning(long studyId) => ReadRunning(studyId, mayBeGone: false);

    /// <summary>The running trials; only those whose processes may be gone, when that is enough.</summary>
    private IReadOnlyList<RunningRecord> ReadRunning(long studyId, bool mayBeGone) => _database.Read(
        new Statement(
            $"SELECT t.trial_id, t.number, {(_hasLeases ? "l.owner" : "NULL")}, {_database.NowSql}, "
            + $"{_database.SecondsSql("t.datetime_start", _database.NowSql)}, "
            + $"{_database.SecondsSql("b.heartbeat", _database.HeartbeatNowSql)}, "
            + $"CASE WHEN {_database.StaleOwnerSql} THEN 1 ELSE 0 END, "
            + $"CASE WHEN {_database.StaleHeartbeatSql(_gracePeriod)} THEN 1 ELSE 0 END "
            + $"FROM trials t {(_hasLeases ? "LEFT JOIN logml_leases l ON l.trial_id = t.trial_id " : "")}"
            + "LEFT JOIN trial_heartbeats b ON b.trial_id = t.trial_id "
            + "WHERE t.study_id = @study AND t.state = 'RUNNING' AND t.number IS NOT NULL "
            + (mayBeGone ? $"AND ((l.owner <> @owner AND {_database.StaleOwnerSql}) OR ({IsAbandonedSql})) " : "")
            + "ORDER BY t.number",
            mayBeGone ? [("study", studyId), ("owner", Owner)] : [("study", studyId)]),
        row =>
        {
            var owner = row.IsDBNull(2) ? null : row.GetString(2);
            TimeSpan? silence = row.IsDBNull(5) ? null : TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(5)));
            var isGone = owner is null ? row.GetInt32(7) == 1 : owner != Owner && row.GetInt32(6) == 1 && !_database.IsAlive(owner);
            return new RunningRecord(row.GetInt64(0), row.GetInt32(1), owner)
            {
                Elapsed = TimeSpan.FromSeconds(row.IsDBNull(4) ? 0 : Math.Max(0, row.GetDouble(4))),
                LastSeen = silence is { } time ? Time(row, 3) - time : null,
                IsGone = isGone,
            };
        });

    internal override void RenewLeases() => _database.Beat(new Statement(
        $"UPDATE trial_heartbeats SET heartbeat = {_database.HeartbeatNowSql} WHERE trial_id IN (SELECT l.trial_id "
        + "FROM logml_leases l WHERE l.owner = @owner)",
        ("owner", Owner)));

    /// <summary>
    /// SQL, a condition on a running trial (alias t): it is of another program, and Optuna's heartbeats for it have stopped.
    /// </summary>
    private string IsAbandonedSql =>
        $"t.state = 'RUNNING' AND NOT EXISTS (SELECT 1 FROM logml_leases l WHERE l.trial_id = t.trial_id) "
        + $"AND {_database.StaleHeartbeatSql(_gracePeriod)}";

    /// <summary>Takes the lease of an abandoned trial, if it is still abandoned.</summary>
    private Statement LeaseAbandoned(long trialId) => new(
        $"INSERT INTO logml_leases (trial_id, owner) SELECT t.trial_id, @owner FROM trials t WHERE t.trial_id = @trial "
        + $"AND {IsAbandonedSql} "
        + "ON CONFLICT (trial_id) DO NOTHING",
        ("trial", trialId), ("owner", Owner));

    private static Dictionary<string, string> Reason(string text, RunningRecord trial)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [TrialNoteNames.FailReason] = JsonSerializer.Serialize(text),
        };
        if (trial.LastSeen is { } time)
        {
            attributes[TrialNoteNames.LastSeen] = JsonSerializer.Serialize(time);
        }

        return attributes;
    }
}
