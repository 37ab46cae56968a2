using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using LogMl.Storage.Encoding;

namespace LogMl.Storage.Databases;

/// <content>
/// Changes of trials. Each is one transaction. Its first statement decides, and the others have an effect only when the first had one.
/// </content>
internal sealed partial class RelationalStorage
{
    /// <summary>
    /// The attribute of a trial that was run again on request: how many runs there were before the request. Those do not count as retries.
    /// </summary>
    private const string WantedRunsKey = "logml:wanted_runs";

    /// <summary>
    /// The attribute of such a trial: why the earlier result is replaced. The end of the trial copies it to the earlier run.
    /// </summary>
    private const string ReplacementReasonKey = "logml:withdrawal";

    /// <summary>SQL: the running trial is held by the owner.</summary>
    private const string IsHeldSql = "EXISTS (SELECT 1 FROM logml_leases l WHERE l.trial_id = @trial AND l.owner = @owner)";

    internal override long? TryCreateTrial(
        long studyId, int number, IReadOnlyList<ParameterRecord> parameters, IReadOnlyDictionary<string, string> attributes)
    {
        NameLimit.RequireAll(parameters, attributes);
        const string IsTrial = "t.study_id = @study AND t.number = @number";
        List<Statement> statements =
        [
            .. Lock(studyId),

            // The whole transaction fails when another trial has the number. When the study was deleted, this and all statements after it
            // do nothing.
            new Statement(
                $"INSERT INTO trials (number, study_id, state, datetime_start) SELECT @number, s.study_id, 'RUNNING', {_database.NowSql} "
                + "FROM studies s WHERE s.study_id = @study "
                + "AND (@number = 0 OR EXISTS (SELECT 1 FROM trials t WHERE t.study_id = @study AND t.number = @number - 1))",
                ("study", studyId), ("number", number)),
            new Statement(
                $"INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT t.trial_id, {_database.HeartbeatNowSql} FROM trials t "
                + $"WHERE {IsTrial}",
                ("study", studyId), ("number", number)),
            new Statement(
                $"INSERT INTO logml_leases (trial_id, owner) SELECT t.trial_id, @owner FROM trials t WHERE {IsTrial}", ("study", studyId),
                ("number", number), ("owner", Owner)),
            .. parameters.Select(parameter => new Statement(
                $"INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) SELECT t.trial_id, @name, @value, @json "
                + $"FROM trials t WHERE {IsTrial}",
                ("study", studyId), ("number", number), ("name", parameter.Name), ("value", parameter.Value),
                ("json", parameter.DistributionJson))),
            .. attributes.Select(attribute => new Statement(
                $"INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) SELECT t.trial_id, @key, @json FROM trials t "
                + $"WHERE {IsTrial}",
                ("study", studyId), ("number", number), ("key", attribute.Key), ("json", attribute.Value))),
        ];
        try
        {
            var id = _database.ExecuteAndQuery(
                statements,
                new Statement(
                    $"SELECT COALESCE((SELECT t.trial_id FROM trials t WHERE {IsTrial}), 0)", ("study", studyId), ("number", number)));
            return id == 0 ? null : id;
        }
        catch (DbException exception) when (_database.IsDuplicate(exception))
        {
            return null;
        }
    }

    internal override void Enqueue(long studyId, string fixedParametersJson)
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
                            "INSERT INTO trials (number, study_id, state) SELECT COALESCE(MAX(number), -1) + 1, @study, 'WAITING' "
                            + "FROM trials WHERE study_id = @study",
                            ("study", studyId)),
                        new Statement(
                            $"INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) "
                            + $"VALUES ({NewestTrial}, 'fixed_params', @json)",
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

    internal override bool TryClaim(long trialId, IReadOnlyList<ParameterRecord> missing, IReadOnlyDictionary<string, string> attributes)
    {
        NameLimit.RequireAll(missing, attributes);
        // Of two processes, only the one that gets the lock first sees the trial waiting. The lock is needed for other programs, which
        // claim a trial without a lease.
        Statement[] locks = _database.LockTrial(trialId) is { } statement ? [statement] : [];
        return _database.Execute(
            isDurable: true,
            [
                .. locks,
                new Statement(
                    "INSERT INTO logml_leases (trial_id, owner) SELECT t.trial_id, @owner FROM trials t WHERE t.trial_id = @trial "
                    + "AND t.state = 'WAITING' ON CONFLICT (trial_id) DO NOTHING",
                    ("trial", trialId), ("owner", Owner)),
                new Statement(
                    $"UPDATE trials SET state = 'RUNNING', datetime_start = {_database.NowSql} WHERE trial_id = @trial "
                    + "AND state = 'WAITING' "
                    + $"AND {IsHeldSql}",
                    ("trial", trialId), ("owner", Owner)),
                new Statement(
                    $"INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT t.trial_id, {_database.HeartbeatNowSql} FROM trials t "
                    + $"WHERE t.trial_id = @trial AND {IsHeldSql} "
                    + "ON CONFLICT (trial_id) DO UPDATE SET heartbeat = excluded.heartbeat",
                    ("trial", trialId), ("owner", Owner)),
                .. missing.Select(parameter => new Statement(
                    $"INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) "
                    + $"SELECT t.trial_id, @name, @value, @json FROM trials t WHERE t.trial_id = @trial AND {IsHeldSql} "
                    + "ON CONFLICT (trial_id, param_name) DO NOTHING",
                    ("trial", trialId), ("owner", Owner), ("name", parameter.Name), ("value", parameter.Value),
                    ("json", parameter.DistributionJson))),
                .. Attributes(trialId, Owner, IsHeldSql, attributes),
            ])[locks.Length + 1] == 1;
    }

    internal override void Report(long trialId, int step, double value) => _database.Execute(
        isDurable: false,
        [
            new Statement(
                "INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type) "
                + $"SELECT t.trial_id, @step, CAST(@value AS FLOAT(53)), '{ValueType(value)}' FROM trials t WHERE t.trial_id = @trial "
                + $"AND t.state = 'RUNNING' AND {IsHeldSql} "
                + "ON CONFLICT (trial_id, step) DO UPDATE SET intermediate_value = excluded.intermediate_value, intermediate_value_type = "
                + "excluded.intermediate_value_type",
                ("trial", trialId), ("owner", Owner), ("step", step), ("value", Finite(value))),
        ]);

    internal override void SetTrialAttribute(long trialId, string name, string json) => _database.Execute(
        isDurable: false,
        [
            .. Attributes(
                trialId,
                Owner,
                $"t.state = 'RUNNING' AND {IsHeldSql}",
                new Dictionary<string, string>(StringComparer.Ordinal) { [name] = json }),
        ]);

    internal override bool TryFinish(long trialId, TrialEnding ending)
    {
        NameLimit.RequireAll([], ending.Attributes);
        var state = ending.State switch
        {
            StoredState.Complete => "COMPLETE",
            StoredState.Pruned => "PRUNED",
            StoredState.Fail => "FAIL",
            _ => throw new ArgumentException($"A trial does not end {ending.State}.", nameof(ending)),
        };

        // The lease is deleted last. It makes sure that everything before happens at most once.
        var isMine = $"t.trial_id = @trial AND t.state = '{state}' AND {IsHeldSql}";
        List<Statement> statements =
        [
            new Statement(
                $"UPDATE trials SET state = '{state}', datetime_complete = {_database.NowSql} WHERE trial_id = @trial "
                + "AND state = 'RUNNING' "
                + $"AND {IsHeldSql}",
                ("trial", trialId), ("owner", Owner)),
        ];
        for (var i = 0; i < ending.Values.Count; i++)
        {
            statements.Add(new Statement(
                $"INSERT INTO trial_values (trial_id, objective, value, value_type) "
                + $"SELECT t.trial_id, @objective, CAST(@value AS FLOAT(53)), '{ValueType(ending.Values[i])}' FROM trials t "
                + $"WHERE {isMine} "
                + "ON CONFLICT (trial_id, objective) DO NOTHING",
                ("trial", trialId), ("owner", Owner), ("objective", i), ("value", Finite(ending.Values[i]))));
        }

        statements.AddRange(Attributes(trialId, Owner, $"t.state = '{state}' AND {IsHeldSql}", ending.Attributes));
        if (ending.Constraints.Count > 0)
        {
            statements.AddRange(Constraints(trialId, isMine, ending.Constraints, ("owner", Owner)));
        }

        if (ending.Replaces.Count > 0)
        {
            statements.AddRange(FailReplacedRuns(trialId, isMine, ending.Replaces));
        }

        statements.AddRange(DeleteLease(trialId, Owner, state));
        return _database.Execute(isDurable: true, statements)[0] == 1;
    }

    internal override bool TryRelease(long trialId) => _database.Execute(
        isDurable: true,
        [
            new Statement(
                $"UPDATE trials SET state = 'WAITING', datetime_start = NULL WHERE trial_id = @trial AND state = 'RUNNING' AND {IsHeldSql}",
                ("trial", trialId), ("owner", Owner)),

            // The next run starts its reports from the beginning.
            new Statement(
                $"DELETE FROM trial_intermediate_values WHERE trial_id = @trial AND {IsHeldSql} AND EXISTS (SELECT 1 FROM trials t "
                + "WHERE t.trial_id = @trial AND t.state = 'WAITING')",
                ("trial", trialId), ("owner", Owner)),
            .. DeleteLease(trialId, Owner, "WAITING"),
        ])[0] == 1;

    internal override bool TryFailAndRetry(
        long studyId, TrialRecord trial, int maxRetries, IReadOnlyDictionary<string, string> attributes) =>
        FailAndRetry(studyId, trial, Owner, "", null, maxRetries, attributes);

    internal override bool TryRepeat(long studyId, TrialRecord trial, int number, string? reason)
    {
        const string IsOver = "EXISTS (SELECT 1 FROM trials t WHERE t.trial_id = @trial AND t.state IN ('COMPLETE', 'PRUNED', 'FAIL'))";
        (string, object?)[] copied = [("study", studyId), ("trial", trial.Id)];
        int[] history = [.. trial.RetryHistory, trial.Number];

        // These come before the copy, which has attributes of the same keys from the run before.
        List<(string Key, string Json)> own = [(WantedRunsKey, history.Length.ToString(CultureInfo.InvariantCulture))];
        if (reason is not null)
        {
            own.Add((ReplacementReasonKey, JsonSerializer.Serialize(reason)));
        }

        try
        {
            _database.Execute(
                isDurable: false,
                [
                    .. Lock(studyId),

                    // The whole transaction fails when another trial has the number.
                    new Statement(
                        "INSERT INTO trials (number, study_id, state) VALUES (@number, @study, 'WAITING')", ("number", number),
                        ("study", studyId)),
                    .. own.Select(attribute => new Statement(
                        $"INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) SELECT {NewestTrial}, @key, @json "
                        + $"FROM trials f WHERE f.trial_id = @trial AND {IsOver}",
                        [.. copied, ("key", attribute.Key), ("json", attribute.Json)])),
                    .. Repetition(copied, IsOver, history),

                    // This belongs to the parameters. The other user attributes are about the earlier run.
                    new Statement(
                        $"INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) SELECT {NewestTrial}, \"key\", value_json "
                        + $"FROM trial_user_attributes WHERE trial_id = @trial AND \"key\" = '{FixedValues.Key}' AND {IsOver}",
                        copied),
                ]);
            return true;
        }
        catch (DbException exception) when (_database.IsDuplicate(exception))
        {
            return false;
        }
    }

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

    private const string NewestTrial = "(SELECT trial_id FROM trials WHERE study_id = @study ORDER BY number DESC LIMIT 1)";

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

    /// <summary>Fails a running trial, and adds its repetition while retries are left.</summary>
    /// <param name="studyId">The study.</param>
    /// <param name="trial">The running trial.</param>
    /// <param name="owner">Who holds it.</param>
    /// <param name="further">A further condition in SQL, or nothing.</param>
    /// <param name="take">The statement that gives the owner the lease first; null when it has it.</param>
    /// <param name="maxRetries">How many repetitions there may be, one after the other.</param>
    /// <param name="attributes">Attributes for the failed trial.</param>
    private bool FailAndRetry(
        long studyId, TrialRecord trial, string owner, string further, Statement? take, int maxRetries,
        IReadOnlyDictionary<string, string> attributes)
    {
        (string, object?)[] held = [("trial", trial.Id), ("owner", owner)];
        var failed = $"EXISTS (SELECT 1 FROM trials t WHERE t.trial_id = @trial AND t.state = 'FAIL') AND {IsHeldSql}";
        List<Statement> before = [.. Lock(studyId)];
        if (take is { } statement)
        {
            before.Add(statement);
        }

        List<Statement> statements =
        [
            .. before,
            new Statement(
                "UPDATE trials SET state = 'FAIL', datetime_complete = " + _database.NowSql
                + $" WHERE trial_id IN (SELECT t.trial_id FROM trials t WHERE t.trial_id = @trial AND t.state = 'RUNNING' "
                + $"AND {IsHeldSql}{further}) AND state = 'RUNNING'",
                held),
        ];
        int[] history = [.. trial.RetryHistory, trial.Number];
        if (history.Length - trial.WantedRuns <= maxRetries)
        {
            (string, object?)[] copied = [("study", studyId), .. held];
            statements.AddRange(
            [
                new Statement(
                    $"INSERT INTO trials (number, study_id, state) SELECT MAX(number) + 1, @study, 'WAITING' FROM trials "
                    + $"WHERE study_id = @study HAVING {failed}",
                    copied),
                .. Repetition(copied, failed, history),
                new Statement(
                    $"INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) SELECT {NewestTrial}, \"key\", value_json "
                    + $"FROM trial_user_attributes WHERE trial_id = @trial AND {failed}",
                    copied),
            ]);
        }

        // These come after the copy, because they are about the failure.
        statements.AddRange(Attributes(trial.Id, owner, $"t.state = 'FAIL' AND {IsHeldSql}", attributes));
        statements.AddRange(DeleteLease(trial.Id, owner, "FAIL"));
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

    /// <summary>
    /// Makes the newest trial the repetition of another one: with its parameters, and with the numbers of all runs before.
    /// </summary>
    /// <param name="parameters">What the statements refer to: <c>@study</c>, <c>@trial</c>, and what the condition needs.</param>
    /// <param name="condition">SQL: whether the newest trial is such a repetition.</param>
    /// <param name="history">The numbers of the runs before; the last one is the number of the trial that is repeated.</param>
    private static IEnumerable<Statement> Repetition((string Name, object? Value)[] parameters, string condition, int[] history)
    {
        yield return new Statement(
            $"INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) "
            + $"SELECT {NewestTrial}, param_name, param_value, distribution_json "
            + $"FROM trial_params WHERE trial_id = @trial AND {condition} ORDER BY param_id",
            parameters);

        // Constraints belong to the result, so they are not copied.
        yield return new Statement(
            $"INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) SELECT {NewestTrial}, \"key\", value_json "
            + $"FROM trial_system_attributes WHERE trial_id = @trial AND \"key\" NOT IN ('failed_trial', 'retry_history') AND \"key\" NOT "
            + $"LIKE 'constraints%' AND {condition} ON CONFLICT (trial_id, \"key\") DO NOTHING",
            parameters);
        foreach (var (key, json) in new[] { ("failed_trial", history[0].ToString(CultureInfo.InvariantCulture)),
            ("retry_history", JsonSerializer.Serialize(history)) })
        {
            yield return new Statement(
                $"INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) SELECT {NewestTrial}, @key, @json FROM trials f "
                + $"WHERE f.trial_id = @trial AND {condition}",
                [.. parameters, ("key", key), ("json", json)]);
        }
    }

    internal override void SetConstraints(IReadOnlyDictionary<long, IReadOnlyList<double>> constraints)
    {
        const string Delete = "DELETE FROM trial_system_attributes WHERE trial_id = @trial "
            + "AND (\"key\" = 'constraints' OR \"key\" LIKE 'constraints:%')";
        _database.Execute(
            isDurable: true,
            [
                .. constraints.SelectMany(trial => (Statement[])
                [
                    new Statement(Delete, ("trial", trial.Key)),
                    .. trial.Value.Count == 0 ? [] : Constraints(trial.Key, "t.trial_id = @trial AND t.state = 'COMPLETE'", trial.Value),
                ]),
            ]);
    }

    private IEnumerable<Statement> Lock(long studyId) => _database.LockStudy(studyId) is { } statement ? [statement] : [];

    private static IEnumerable<Statement> Attributes(
        long trialId, string owner, string condition, IReadOnlyDictionary<string, string> attributes) =>
        attributes.Select(attribute => new Statement(
            $"INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) SELECT t.trial_id, @key, @json FROM trials t "
            + $"WHERE t.trial_id = @trial AND {condition} "
            + "ON CONFLICT (trial_id, \"key\") DO UPDATE SET value_json = excluded.value_json",
            ("trial", trialId), ("owner", owner), ("key", attribute.Key), ("json", attribute.Value)));

    /// <summary>
    /// Stores constraints in both of Optuna's forms: as one list, which Optuna up to version 4 and its browser-based viewers read, and one
    /// by one, as version 5 does.
    /// </summary>
    private static IEnumerable<Statement> Constraints(
        long trialId, string condition, IReadOnlyList<double> constraints, params (string Name, object? Value)[] parameters) =>
        ConstraintAttributes(constraints).Select(attribute => new Statement(
            $"INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) SELECT t.trial_id, @key, @json FROM trials t "
            + $"WHERE {condition} ON CONFLICT (trial_id, \"key\") DO NOTHING",
            [.. parameters, ("trial", trialId), ("key", attribute.Key), ("json", attribute.Json)]));

    private static IEnumerable<(string Key, string Json)> ConstraintAttributes(IReadOnlyList<double> constraints)
    {
        // JSON has no infinity and no NaN.
        double[] finite = [.. constraints.Select(
            value => double.IsNaN(value) ? double.MaxValue : Math.Clamp(value, -double.MaxValue, double.MaxValue))];
        return finite.Select(
            (value, i) => (Key: string.Create(CultureInfo.InvariantCulture, $"constraints:{i}"), Json: JsonSerializer.Serialize(value)))
            .Prepend((Key: "constraints", Json: JsonSerializer.Serialize(finite)));
    }

    /// <summary>Fails the earlier runs that have results: the new result replaces theirs.</summary>
    /// <param name="trialId">The trial that has ended.</param>
    /// <param name="condition">SQL: whether it has ended.</param>
    /// <param name="numbers">The numbers of the earlier runs.</param>
    private Statement[] FailReplacedRuns(long trialId, string condition, IReadOnlyList<int> numbers)
    {
        var replaced = "FROM trials t JOIN trials e ON e.study_id = t.study_id AND e.state IN ('COMPLETE', 'PRUNED') "
            + $"AND e.number IN ({string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))})";
        (string, object?)[] held = [("trial", trialId), ("owner", Owner)];
        return
        [
            new Statement(
                $"INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) "
                + $"SELECT e.trial_id, 'fail_reason', a.value_json {replaced} "
                + $"JOIN trial_system_attributes a ON a.trial_id = t.trial_id AND a.\"key\" = '{ReplacementReasonKey}' WHERE {condition} "
                + "ON CONFLICT (trial_id, \"key\") DO UPDATE SET value_json = excluded.value_json",
                held),
            new Statement($"DELETE FROM trial_values WHERE trial_id IN (SELECT e.trial_id {replaced} WHERE {condition})", held),
            new Statement($"UPDATE trials SET state = 'FAIL' WHERE trial_id IN (SELECT e.trial_id {replaced} WHERE {condition})", held),
        ];
    }

    /// <summary>Deletes the lease and the heartbeat of a trial that nobody runs any more.</summary>
    private static Statement[] DeleteLease(long trialId, string owner, string state)
    {
        var isOver = $"EXISTS (SELECT 1 FROM trials t WHERE t.trial_id = @trial AND t.state = '{state}') AND {IsHeldSql}";
        return
        [
            new Statement($"DELETE FROM trial_heartbeats WHERE trial_id = @trial AND {isOver}", ("trial", trialId), ("owner", owner)),
            new Statement($"DELETE FROM logml_leases WHERE trial_id = @trial AND owner = @owner AND EXISTS (SELECT 1 FROM trials t "
                + $"WHERE t.trial_id = @trial AND t.state = '{state}')",
                ("trial", trialId), ("owner", owner)),
        ];
    }

    private static string ValueType(double value) =>
        double.IsNaN(value) ? "NAN"
            : double.IsPositiveInfinity(value) ? "INF_POS"
            : double.IsNegativeInfinity(value) ? "INF_NEG"
            : "FINITE";

    private static object? Finite(double value) => double.IsFinite(value) ? value : null;
}
