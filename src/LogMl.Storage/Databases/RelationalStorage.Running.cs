using System.Data.Common;
using LogMl.Storage.Encoding;

namespace LogMl.Storage.Databases;

/// <content>
/// Changes of a trial by the process that runs it. Each is one transaction. Its first statement decides, and the others have an effect
/// only when the first had one.
/// </content>
internal sealed partial class RelationalStorage
{
    /// <summary>SQL: the running trial is held by the owner.</summary>
    private const string IsHeldSql = "EXISTS (SELECT 1 FROM logml_leases l WHERE l.trial_id = @trial AND l.owner = @owner)";

    /// <summary>SQL: the trial of the study that was added last.</summary>
    private const string NewestTrial = "(SELECT trial_id FROM trials WHERE study_id = @study ORDER BY number DESC LIMIT 1)";

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

    private IEnumerable<Statement> Lock(long studyId) => _database.LockStudy(studyId) is { } statement ? [statement] : [];

    private static IEnumerable<Statement> Attributes(
        long trialId, string owner, string condition, IReadOnlyDictionary<string, string> attributes) =>
        attributes.Select(attribute => new Statement(
            $"INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) SELECT t.trial_id, @key, @json FROM trials t "
            + $"WHERE t.trial_id = @trial AND {condition} "
            + "ON CONFLICT (trial_id, \"key\") DO UPDATE SET value_json = excluded.value_json",
            ("trial", trialId), ("owner", owner), ("key", attribute.Key), ("json", attribute.Value)));

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
