using System.Text.Json;

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

        var dead = DeadElsewhere(studyId).ToDictionary(trial => trial.Id, trial => trial.Owner);
        var abandoned = _database.Read(
            new Statement($"SELECT t.trial_id FROM trials t WHERE t.study_id = @study AND {IsAbandonedSql}", ("study", studyId)),
            row => row.GetInt64(0)).ToHashSet();
        if (dead.Count + abandoned.Count == 0)
        {
            return 0;
        }

        return ReadTrials(studyId, int.MaxValue, [.. dead.Keys, .. abandoned]).Count(trial => dead.TryGetValue(trial.Id, out var owner)
            ? FailAndRetry(
                studyId, trial, owner, $" AND {_database.StaleOwnerSql}", null, maxRetries,
                Reason("The process that ran the trial is gone."))
            : FailAndRetry(studyId, trial, Owner, "", LeaseAbandoned(trial.Id), maxRetries, Reason(
                "The program that ran the trial has given no sign of life (Optuna's heartbeat) for too long.")));
    }

    internal override bool IsSearched(long studyId)
    {
        var dead = _hasLeases ? DeadElsewhere(studyId).Select(trial => trial.Id).ToHashSet() : [];
        return (_hasLeases && RunningElsewhere(studyId, "").Exists(trial => !dead.Contains(trial.Id))) || _database.Read(
            new Statement(
                "SELECT t.trial_id FROM trials t WHERE t.study_id = @study AND t.state = 'RUNNING' "
                + (_hasLeases ? "AND NOT EXISTS (SELECT 1 FROM logml_leases l WHERE l.trial_id = t.trial_id) " : "")
                + $"AND EXISTS (SELECT 1 FROM trial_heartbeats h WHERE h.trial_id = t.trial_id) "
                + $"AND NOT ({_database.StaleHeartbeatSql(_gracePeriod)})",
                ("study", studyId)),
            _ => true).Count > 0;
    }

    internal override void RenewLeases() => _database.Execute(
        isDurable: false,
        [
            new Statement(
                $"UPDATE trial_heartbeats SET heartbeat = {_database.HeartbeatNowSql} WHERE trial_id IN (SELECT l.trial_id "
                + "FROM logml_leases l WHERE l.owner = @owner)",
                ("owner", Owner)),
        ]);

    /// <summary>The running trials that other processes of this library hold.</summary>
    private List<(long Id, string Owner)> RunningElsewhere(long studyId, string further) => _database.Read(
        new Statement(
            "SELECT t.trial_id, l.owner FROM trials t JOIN logml_leases l ON l.trial_id = t.trial_id "
            + $"WHERE t.study_id = @study AND t.state = 'RUNNING' AND l.owner <> @owner{further} ORDER BY t.trial_id",
            ("study", studyId), ("owner", Owner)),
        row => (row.GetInt64(0), row.GetString(1)));

    /// <summary>The running trials whose processes, of this library, are dead.</summary>
    private IEnumerable<(long Id, string Owner)> DeadElsewhere(long studyId) =>
        RunningElsewhere(studyId, $" AND {_database.StaleOwnerSql}").Where(trial => !_database.IsAlive(trial.Owner));

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

    private static Dictionary<string, string> Reason(string text) =>
        new(StringComparer.Ordinal) { ["fail_reason"] = JsonSerializer.Serialize(text) };
}
