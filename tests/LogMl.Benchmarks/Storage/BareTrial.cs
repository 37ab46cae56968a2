using System.Globalization;
using LogMl.Optimization;
using LogMl.Storage;
using LogMl.Storage.Encoding;

namespace LogMl.Benchmarks.Storage;

/// <summary>
/// The rows of one trial, as any program has to write them that wants Optuna's schema and the lease of its owner: no condition, nothing
/// asked, nothing kept in memory.
/// </summary>
internal static class BareTrial
{
    public static string DistributionText { get; } = DistributionJson.Write(Distribution.Uniform(0, 1));

    /// <summary>The statements that start a trial, in one transaction.</summary>
    /// <param name="now">The time in the database's words.</param>
    /// <param name="heartbeat">The same for the sign of life.</param>
    /// <param name="trial">The key of the row that was inserted into <c>trials</c>.</param>
    public static IEnumerable<string> Start(string now, string heartbeat, string trial) =>
    [
        $"INSERT INTO trials (number, study_id, state, datetime_start) VALUES (@number, 1, 'RUNNING', {now})",
        $"INSERT INTO trial_heartbeats (trial_id, heartbeat) VALUES ({trial}, {heartbeat})",
        $"INSERT INTO logml_leases (trial_id, owner) VALUES ({trial}, '0123456789abcdef0123456789abcdef')",
        .. Enumerable.Range(0, StorageCost.Parameters).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES ({trial}, 'p{i}', @p{i}, '{DistributionText}')")),
    ];

    /// <summary>The statements that end it, in one transaction.</summary>
    public static IEnumerable<string> End(string now) =>
    [
        $"UPDATE trials SET state = 'COMPLETE', datetime_complete = {now} WHERE trial_id = @trial AND state = 'RUNNING'",
        "INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (@trial, 0, 0.0, 'FINITE')",
        "DELETE FROM trial_heartbeats WHERE trial_id = @trial",
        "DELETE FROM logml_leases WHERE trial_id = @trial",
    ];

    /// <summary>Makes the tables and an empty study with the key 1.</summary>
    public static void Prepare(StudyStorage opened)
    {
        using var storage = opened;
        storage.CreateStudy("study", [Direction.Minimize], new Dictionary<string, string>(), []);
    }
}
