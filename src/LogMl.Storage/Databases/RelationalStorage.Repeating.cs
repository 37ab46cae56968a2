using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using LogMl.Storage.Encoding;

namespace LogMl.Storage.Databases;

/// <content>Trials that are run again: those whose process died, and those that a user wants again.</content>
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
                isDurable: true,
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
}
