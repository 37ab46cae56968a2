using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using LogMl.Storage.Encoding;

namespace LogMl.Storage.Databases;

/// <content>What changes trials. Each is one transaction, whose first statement decides; the others take hold only when that one did.</content>
internal sealed partial class RelationalStorage
{
    /// <summary>The attribute of a trial with the number of runs before the last one that somebody has asked for: those are no retries.</summary>
    private const string WantedRunsKey = "logml:wanted_runs";

    /// <summary>The attribute of such a trial with what is noted about the one whose result it replaces, when it does.</summary>
    private const string WithdrawalKey = "logml:withdrawal";

    /// <summary>The running trial is held by the owner.</summary>
    private const string IsHeld = "EXISTS (SELECT 1 FROM logml_leases l WHERE l.trial_id = @trial AND l.owner = @owner)";

    public long? TryCreateTrial(
        long studyId, int number, IReadOnlyList<ParameterRecord> parameters, IReadOnlyDictionary<string, string> attributes)
    {
        Require.Names(parameters, attributes);
        const string IsTrial = "t.study_id = @study AND t.number = @number";
        List<Statement> statements =
        [
            .. Lock(studyId),

            // Fails when another trial has the number, and everything with it. Of a study that was deleted it makes nothing, and so does everything else.
            new Statement(
                $"INSERT INTO trials (number, study_id, state, datetime_start) SELECT @number, s.study_id, 'RUNNING', {_database.Now} FROM studies s WHERE s.study_id = @study "
                + "AND (@number = 0 OR EXISTS (SELECT 1 FROM trials t WHERE t.study_id = @study AND t.number = @number - 1))",
                ("study", studyId), ("number", number)),
            new Statement(
                $"INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT t.trial_id, {_database.HeartbeatNow} FROM trials t WHERE {IsTrial}", ("study", studyId), ("number", number)),
            new Statement($"INSERT INTO logml_leases (trial_id, owner) SELECT t.trial_id, @owner FROM trials t WHERE {IsTrial}", ("study", studyId), ("number", number), ("owner", Owner)),
            .. parameters.Select(parameter => new Statement(
                $"INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) SELECT t.trial_id, @name, @value, @json FROM trials t WHERE {IsTrial}",
                ("study", studyId), ("number", number), ("name", parameter.Name), ("value", parameter.Value), ("json", parameter.DistributionJson))),
            .. attributes.Select(attribute => new Statement(
                $"INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) SELECT t.trial_id, @key, @json FROM trials t WHERE {IsTrial}",
                ("study", studyId), ("number", number), ("key", attribute.Key), ("json", attribute.Value))),
        ];
        try
        {
            var id = _database.ExecuteAndAsk(
                statements, new Statement($"SELECT COALESCE((SELECT t.trial_id FROM trials t WHERE {IsTrial}), 0)", ("study", studyId), ("number", number)));
            return id == 0 ? null : id;
        }
        catch (DbException exception) when (_database.IsDuplicate(exception))
        {
            return null;
        }
    }

    public void Enqueue(long studyId, string fixedParametersJson)
    {
        while (true)
        {
            try
            {
                _database.Execute(
                    isDurable: true,
                    [
                        .. Lock(studyId),
                        new Statement(
                            "INSERT INTO trials (number, study_id, state) SELECT COALESCE(MAX(number), -1) + 1, @study, 'WAITING' FROM trials WHERE study_id = @study", ("study", studyId)),
                        new Statement(
                            $"INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) VALUES ({NewestTrial}, 'fixed_params', @json)",
                            ("study", studyId), ("json", fixedParametersJson)),
                    ]);
                return;
            }
            catch (DbException exception) when (_database.IsDuplicate(exception))
            {
                // Another process had the number first.
            }
        }
    }

    public bool TryClaim(long trialId, IReadOnlyList<ParameterRecord> missing, IReadOnlyDictionary<string, string> attributes)
    {
        Require.Names(missing, attributes);
        // Of two that want it one gets the lock first, and only that one sees it wait; another program than this one takes it without a lease.
        Statement[] locks = _database.LockTrial(trialId) is { } statement ? [statement] : [];
        return _database.Execute(
            isDurable: true,
            [
                .. locks,
                new Statement(
                    "INSERT INTO logml_leases (trial_id, owner) SELECT t.trial_id, @owner FROM trials t WHERE t.trial_id = @trial AND t.state = 'WAITING' ON CONFLICT (trial_id) DO NOTHING",
                    ("trial", trialId), ("owner", Owner)),
                new Statement(
                    $"UPDATE trials SET state = 'RUNNING', datetime_start = {_database.Now} WHERE trial_id = @trial AND state = 'WAITING' AND {IsHeld}", ("trial", trialId), ("owner", Owner)),
                new Statement(
                    $"INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT t.trial_id, {_database.HeartbeatNow} FROM trials t WHERE t.trial_id = @trial AND {IsHeld} "
                    + "ON CONFLICT (trial_id) DO UPDATE SET heartbeat = excluded.heartbeat",
                    ("trial", trialId), ("owner", Owner)),
                .. missing.Select(parameter => new Statement(
                    $"INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) SELECT t.trial_id, @name, @value, @json FROM trials t WHERE t.trial_id = @trial AND {IsHeld} "
                    + "ON CONFLICT (trial_id, param_name) DO NOTHING",
                    ("trial", trialId), ("owner", Owner), ("name", parameter.Name), ("value", parameter.Value), ("json", parameter.DistributionJson))),
                .. Attributes(trialId, Owner, IsHeld, attributes),
            ])[locks.Length + 1] == 1;
    }

    public void Report(long trialId, int step, double value) => _database.Execute(
        isDurable: false,
        [
            new Statement(
                "INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type) "
                + $"SELECT t.trial_id, @step, CAST(@value AS FLOAT(53)), '{ValueType(value)}' FROM trials t WHERE t.trial_id = @trial AND t.state = 'RUNNING' AND {IsHeld} "
                + "ON CONFLICT (trial_id, step) DO UPDATE SET intermediate_value = excluded.intermediate_value, intermediate_value_type = excluded.intermediate_value_type",
                ("trial", trialId), ("owner", Owner), ("step", step), ("value", Finite(value))),
        ]);

    public bool TryFinish(long trialId, TrialEnding ending)
    {
        Require.Names([], ending.Attributes);
        var state = ending.State switch
        {
            StoredState.Complete => "COMPLETE",
            StoredState.Pruned => "PRUNED",
            StoredState.Fail => "FAIL",
            _ => throw new ArgumentException($"A trial does not end {ending.State}.", nameof(ending)),
        };

        // The lease goes last: with it everything before is done at most once.
        var isMine = $"t.trial_id = @trial AND t.state = '{state}' AND {IsHeld}";
        List<Statement> statements =
        [
            new Statement(
                $"UPDATE trials SET state = '{state}', datetime_complete = {_database.Now} WHERE trial_id = @trial AND state = 'RUNNING' AND {IsHeld}", ("trial", trialId), ("owner", Owner)),
        ];
        for (var i = 0; i < ending.Values.Count; i++)
        {
            statements.Add(new Statement(
                $"INSERT INTO trial_values (trial_id, objective, value, value_type) SELECT t.trial_id, @objective, CAST(@value AS FLOAT(53)), '{ValueType(ending.Values[i])}' FROM trials t WHERE {isMine} "
                + "ON CONFLICT (trial_id, objective) DO NOTHING",
                ("trial", trialId), ("owner", Owner), ("objective", i), ("value", Finite(ending.Values[i]))));
        }

        statements.AddRange(Attributes(trialId, Owner, $"t.state = '{state}' AND {IsHeld}", ending.Attributes));
        if (ending.Constraints.Count > 0)
        {
            statements.AddRange(Constraints(trialId, isMine, ending.Constraints));
        }

        if (ending.Replaces.Count > 0)
        {
            statements.AddRange(Withdraw(trialId, isMine, ending.Replaces));
        }

        statements.AddRange(Forget(trialId, Owner, state));
        return _database.Execute(isDurable: true, statements)[0] == 1;
    }

    public bool TryRelease(long trialId) => _database.Execute(
        isDurable: true,
        [
            new Statement(
                $"UPDATE trials SET state = 'WAITING', datetime_start = NULL WHERE trial_id = @trial AND state = 'RUNNING' AND {IsHeld}", ("trial", trialId), ("owner", Owner)),

            // The next run reports anew.
            new Statement(
                $"DELETE FROM trial_intermediate_values WHERE trial_id = @trial AND {IsHeld} AND EXISTS (SELECT 1 FROM trials t WHERE t.trial_id = @trial AND t.state = 'WAITING')",
                ("trial", trialId), ("owner", Owner)),
            .. Forget(trialId, Owner, "WAITING"),
        ])[0] == 1;

    public bool TryFailAndRetry(long studyId, TrialRecord trial, int maxRetries, IReadOnlyDictionary<string, string> attributes) =>
        FailAndRetry(studyId, trial, Owner, "", null, maxRetries, attributes);

    public bool TryRepeat(long studyId, TrialRecord trial, int number, string? reason)
    {
        const string IsOver = "EXISTS (SELECT 1 FROM trials t WHERE t.trial_id = @trial AND t.state IN ('COMPLETE', 'PRUNED', 'FAIL'))";
        (string, object?)[] copied = [("study", studyId), ("trial", trial.Id)];
        int[] history = [.. trial.RetryHistory, trial.Number];

        // Before the copy, which has those of the run before.
        List<(string Key, string Json)> own = [(WantedRunsKey, history.Length.ToString(CultureInfo.InvariantCulture))];
        if (reason is not null)
        {
            own.Add((WithdrawalKey, JsonSerializer.Serialize(reason)));
        }

        try
        {
            _database.Execute(
                isDurable: false,
                [
                    .. Lock(studyId),

                    // Fails when another trial has the number, and everything with it.
                    new Statement("INSERT INTO trials (number, study_id, state) VALUES (@number, @study, 'WAITING')", ("number", number), ("study", studyId)),
                    .. own.Select(attribute => new Statement(
                        $"INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) SELECT {NewestTrial}, @key, @json FROM trials f WHERE f.trial_id = @trial AND {IsOver}",
                        [.. copied, ("key", attribute.Key), ("json", attribute.Json)])),
                    .. Repetition(copied, IsOver, history),
                ]);
            return true;
        }
        catch (DbException exception) when (_database.IsDuplicate(exception))
        {
            return false;
        }
    }

    public int Reap(long studyId, int maxRetries)
    {
        if (!_database.MayJudge)
        {
            return 0;
        }

        var dead = Held(studyId, $" AND {_database.IsSilent}").Where(trial => !_database.IsAlive(trial.Owner)).ToDictionary(trial => trial.Id, trial => trial.Owner);
        var abandoned = _database.Read(
            new Statement($"SELECT t.trial_id FROM trials t WHERE t.study_id = @study AND {IsAbandoned}", ("study", studyId)), row => row.GetInt64(0)).ToHashSet();
        if (dead.Count + abandoned.Count == 0)
        {
            return 0;
        }

        return ReadTrials(studyId, int.MaxValue, [.. dead.Keys, .. abandoned]).Count(trial => dead.TryGetValue(trial.Id, out var owner)
            ? FailAndRetry(studyId, trial, owner, $" AND {_database.IsSilent}", null, maxRetries, Reason("The process that ran the trial is gone."))
            : FailAndRetry(studyId, trial, Owner, "", Adopt(trial.Id), maxRetries, Reason("The program that ran the trial has given no sign of life (Optuna's heartbeat) for too long.")));
    }

    public bool IsSearched(long studyId)
    {
        var silent = Held(studyId, $" AND {_database.IsSilent}").Where(trial => !_database.IsAlive(trial.Owner)).Select(trial => trial.Id).ToHashSet();
        return Held(studyId, "").Exists(trial => !silent.Contains(trial.Id)) || _database.Read(
            new Statement(
                "SELECT t.trial_id FROM trials t WHERE t.study_id = @study AND t.state = 'RUNNING' AND NOT EXISTS (SELECT 1 FROM logml_leases l WHERE l.trial_id = t.trial_id) "
                + $"AND EXISTS (SELECT 1 FROM trial_heartbeats h WHERE h.trial_id = t.trial_id) AND NOT ({_database.HasOldHeartbeat(_gracePeriod)})",
                ("study", studyId)),
            _ => true).Count > 0;
    }

    public void Beat() => _database.Execute(
        isDurable: false,
        [
            new Statement(
                $"UPDATE trial_heartbeats SET heartbeat = {_database.HeartbeatNow} WHERE trial_id IN (SELECT l.trial_id FROM logml_leases l WHERE l.owner = @owner)", ("owner", Owner)),
        ]);

    private const string NewestTrial = "(SELECT trial_id FROM trials WHERE study_id = @study ORDER BY number DESC LIMIT 1)";

    /// <summary>The running trials of other processes.</summary>
    private List<(long Id, string Owner)> Held(long studyId, string further) => _database.Read(
        new Statement(
            "SELECT t.trial_id, l.owner FROM trials t JOIN logml_leases l ON l.trial_id = t.trial_id "
            + $"WHERE t.study_id = @study AND t.state = 'RUNNING' AND l.owner <> @owner{further} ORDER BY t.trial_id",
            ("study", studyId), ("owner", Owner)),
        row => (row.GetInt64(0), row.GetString(1)));

    /// <summary>A running trial (the alias t) of another program that has given Optuna's heartbeats, and gives none any more.</summary>
    private string IsAbandoned =>
        $"t.state = 'RUNNING' AND NOT EXISTS (SELECT 1 FROM logml_leases l WHERE l.trial_id = t.trial_id) AND {_database.HasOldHeartbeat(_gracePeriod)}";

    /// <summary>Takes an abandoned trial, if it is one still.</summary>
    private Statement Adopt(long trialId) => new(
        $"INSERT INTO logml_leases (trial_id, owner) SELECT t.trial_id, @owner FROM trials t WHERE t.trial_id = @trial AND {IsAbandoned} ON CONFLICT (trial_id) DO NOTHING",
        ("trial", trialId), ("owner", Owner));

    private static Dictionary<string, string> Reason(string text) => new(StringComparer.Ordinal) { ["fail_reason"] = JsonSerializer.Serialize(text) };

    /// <param name="studyId">The study.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="owner">Who holds it.</param>
    /// <param name="further">A further condition, or nothing.</param>
    /// <param name="take">What makes the owner hold it, or null.</param>
    /// <param name="maxRetries">How many copies there may be, one after the other.</param>
    /// <param name="attributes">What is noted about the failed trial.</param>
    private bool FailAndRetry(
        long studyId, TrialRecord trial, string owner, string further, Statement? take, int maxRetries, IReadOnlyDictionary<string, string> attributes)
    {
        (string, object?)[] held = [("trial", trial.Id), ("owner", owner)];
        var failed = $"EXISTS (SELECT 1 FROM trials t WHERE t.trial_id = @trial AND t.state = 'FAIL') AND {IsHeld}";
        List<Statement> before = [.. Lock(studyId)];
        if (take is { } statement)
        {
            before.Add(statement);
        }

        List<Statement> statements =
        [
            .. before,
            new Statement(
                "UPDATE trials SET state = 'FAIL', datetime_complete = " + _database.Now
                + $" WHERE trial_id IN (SELECT t.trial_id FROM trials t WHERE t.trial_id = @trial AND t.state = 'RUNNING' AND {IsHeld}{further}) AND state = 'RUNNING'",
                held),
        ];
        int[] history = [.. trial.RetryHistory, trial.Number];
        if (history.Length - trial.WantedRuns <= maxRetries)
        {
            (string, object?)[] copied = [("study", studyId), .. held];
            statements.AddRange(
            [
                new Statement($"INSERT INTO trials (number, study_id, state) SELECT MAX(number) + 1, @study, 'WAITING' FROM trials WHERE study_id = @study HAVING {failed}", copied),
                .. Repetition(copied, failed, history),
                new Statement(
                    $"INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) SELECT {NewestTrial}, \"key\", value_json "
                    + $"FROM trial_user_attributes WHERE trial_id = @trial AND {failed}",
                    copied),
            ]);
        }

        // After the copy, because they are about the failure.
        statements.AddRange(Attributes(trial.Id, owner, $"t.state = 'FAIL' AND {IsHeld}", attributes));
        statements.AddRange(Forget(trial.Id, owner, "FAIL"));
        while (true)
        {
            try
            {
                return _database.Execute(isDurable: true, statements)[before.Count] == 1;
            }
            catch (DbException exception) when (_database.IsDuplicate(exception))
            {
                // Another process had the number first.
            }
        }
    }

    /// <summary>Makes the newest trial the repetition of another: with its point, and with the numbers of all runs before.</summary>
    /// <param name="parameters">What the statements refer to: <c>@study</c>, <c>@trial</c>, and what the condition needs.</param>
    /// <param name="condition">Says whether there is such a newest trial.</param>
    /// <param name="history">The numbers of the runs before, that of the trial last.</param>
    private static IEnumerable<Statement> Repetition((string Name, object? Value)[] parameters, string condition, int[] history)
    {
        yield return new Statement(
            $"INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) SELECT {NewestTrial}, param_name, param_value, distribution_json "
            + $"FROM trial_params WHERE trial_id = @trial AND {condition} ORDER BY param_id",
            parameters);

        // Constraints are of the result.
        yield return new Statement(
            $"INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) SELECT {NewestTrial}, \"key\", value_json "
            + $"FROM trial_system_attributes WHERE trial_id = @trial AND \"key\" NOT IN ('failed_trial', 'retry_history') AND \"key\" NOT LIKE 'constraints%' AND {condition} ON CONFLICT (trial_id, \"key\") DO NOTHING",
            parameters);
        foreach (var (key, json) in new[] { ("failed_trial", history[0].ToString(CultureInfo.InvariantCulture)), ("retry_history", JsonSerializer.Serialize(history)) })
        {
            yield return new Statement(
                $"INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) SELECT {NewestTrial}, @key, @json FROM trials f WHERE f.trial_id = @trial AND {condition}",
                [.. parameters, ("key", key), ("json", json)]);
        }
    }

    private IEnumerable<Statement> Lock(long studyId) => _database.LockStudy(studyId) is { } statement ? [statement] : [];

    private static IEnumerable<Statement> Attributes(long trialId, string owner, string condition, IReadOnlyDictionary<string, string> attributes) =>
        attributes.Select(attribute => new Statement(
            $"INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) SELECT t.trial_id, @key, @json FROM trials t WHERE t.trial_id = @trial AND {condition} "
            + "ON CONFLICT (trial_id, \"key\") DO UPDATE SET value_json = excluded.value_json",
            ("trial", trialId), ("owner", owner), ("key", attribute.Key), ("json", attribute.Value)));

    /// <summary>In both forms: as one list, which Optuna up to version 4 and its viewers in the browser read, and one by one, as version 5 does.</summary>
    private IEnumerable<Statement> Constraints(long trialId, string condition, IReadOnlyList<double> constraints)
    {
        // JSON has no number that is not finite.
        double[] finite = [.. constraints.Select(value => double.IsNaN(value) ? double.MaxValue : Math.Clamp(value, -double.MaxValue, double.MaxValue))];
        var attributes = finite.Select((value, i) => (Key: string.Create(CultureInfo.InvariantCulture, $"constraints:{i}"), Json: JsonSerializer.Serialize(value)))
            .Prepend((Key: "constraints", Json: JsonSerializer.Serialize(finite)));
        return attributes.Select(attribute => new Statement(
            $"INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) SELECT t.trial_id, @key, @json FROM trials t WHERE {condition} ON CONFLICT (trial_id, \"key\") DO NOTHING",
            ("trial", trialId), ("owner", Owner), ("key", attribute.Key), ("json", attribute.Json)));
    }

    /// <summary>Fails the earlier runs that have results: there is another one now.</summary>
    /// <param name="trialId">The trial that has ended.</param>
    /// <param name="condition">Says whether it has.</param>
    /// <param name="numbers">The numbers of the earlier runs.</param>
    private Statement[] Withdraw(long trialId, string condition, IReadOnlyList<int> numbers)
    {
        var replaced = "FROM trials t JOIN trials e ON e.study_id = t.study_id AND e.state IN ('COMPLETE', 'PRUNED') "
            + $"AND e.number IN ({string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))})";
        (string, object?)[] held = [("trial", trialId), ("owner", Owner)];
        return
        [
            new Statement(
                $"INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) SELECT e.trial_id, 'fail_reason', a.value_json {replaced} "
                + $"JOIN trial_system_attributes a ON a.trial_id = t.trial_id AND a.\"key\" = '{WithdrawalKey}' WHERE {condition} ON CONFLICT (trial_id, \"key\") DO UPDATE SET value_json = excluded.value_json",
                held),
            new Statement($"DELETE FROM trial_values WHERE trial_id IN (SELECT e.trial_id {replaced} WHERE {condition})", held),
            new Statement($"UPDATE trials SET state = 'FAIL' WHERE trial_id IN (SELECT e.trial_id {replaced} WHERE {condition})", held),
        ];
    }

    /// <summary>Nobody runs the trial any more.</summary>
    private static Statement[] Forget(long trialId, string owner, string state)
    {
        var isOver = $"EXISTS (SELECT 1 FROM trials t WHERE t.trial_id = @trial AND t.state = '{state}') AND {IsHeld}";
        return
        [
            new Statement($"DELETE FROM trial_heartbeats WHERE trial_id = @trial AND {isOver}", ("trial", trialId), ("owner", owner)),
            new Statement($"DELETE FROM logml_leases WHERE trial_id = @trial AND owner = @owner AND EXISTS (SELECT 1 FROM trials t WHERE t.trial_id = @trial AND t.state = '{state}')",
                ("trial", trialId), ("owner", owner)),
        ];
    }

    private static string ValueType(double value) =>
        double.IsNaN(value) ? "NAN" : double.IsPositiveInfinity(value) ? "INF_POS" : double.IsNegativeInfinity(value) ? "INF_NEG" : "FINITE";

    private static object? Finite(double value) => double.IsFinite(value) ? value : null;
}
