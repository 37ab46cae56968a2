using System.Data.Common;
using LogMl.Optimization;

namespace LogMl.Storage.Databases;

/// <content>The list of the studies.</content>
internal sealed partial class RelationalStorage
{
    /// <summary>The values (the alias v) of trials (t) of one objective, which has one direction (d).</summary>
    private const string Values =
        "trials t JOIN trial_values v ON v.trial_id = t.trial_id JOIN study_directions d ON d.study_id = t.study_id";

    /// <summary>A row of them is the first value of a complete trial.</summary>
    private const string IsFirst =
        "t.state = 'COMPLETE' AND v.objective = 0 AND d.objective = 0 AND CAST(v.value_type AS VARCHAR(16)) = 'FINITE'";

    /// <summary>A row of them is a result that can be the best.</summary>
    private const string IsResult =
        IsFirst + " AND NOT EXISTS (SELECT 1 FROM study_directions o WHERE o.study_id = t.study_id AND o.objective > 0)";

    private const string IsConstraint = "(a.\"key\" = 'constraints' OR a.\"key\" LIKE 'constraints:%')";

    /// <summary>The trials (t) that repeat others, with their note (a) of which.</summary>
    private const string Repetitions =
        "trials t JOIN trial_system_attributes a ON a.trial_id = t.trial_id WHERE a.\"key\" = 'retry_history'";

    internal override IReadOnlyList<string> ListNames() =>
        _database.Read(new Statement("SELECT s.study_name FROM studies s ORDER BY s.study_id"), row => row.GetString(0));

    public override IReadOnlyList<StudySummary> ListStudies() => _database.Query(
        [
            new Statement("SELECT s.study_id, s.study_name FROM studies s ORDER BY s.study_id"),
            new Statement("SELECT d.study_id, CAST(d.direction AS VARCHAR(16)) FROM study_directions d ORDER BY d.study_id, d.objective"),
            new Statement(
                "SELECT t.study_id, CAST(t.state AS VARCHAR(16)), CAST(COUNT(*) AS INTEGER), "
                + "MIN(t.datetime_start), MAX(t.datetime_complete) "
                + "FROM trials t WHERE t.number IS NOT NULL GROUP BY t.study_id, t.state"),
            new Statement(
                "SELECT b.study_id, b.number, b.value FROM (SELECT t.study_id, t.number, v.value, ROW_NUMBER() OVER "
                + "(PARTITION BY t.study_id "
                + "ORDER BY CASE WHEN CAST(d.direction AS VARCHAR(16)) = 'MAXIMIZE' THEN -v.value ELSE v.value END, t.number) AS place "
                + $"FROM {Values} WHERE {IsResult} AND NOT EXISTS "
                + $"(SELECT 1 FROM trial_system_attributes a WHERE a.trial_id = t.trial_id AND {IsConstraint})) b WHERE b.place = 1"),

            // The database cannot tell which of those that have constraints keep them.
            new Statement(
                "SELECT t.study_id, t.number, v.value, a.\"key\", a.value_json "
                + $"FROM {Values} JOIN trial_system_attributes a ON a.trial_id = t.trial_id "
                + $"WHERE {IsFirst} AND {IsConstraint} ORDER BY t.study_id, t.number"),

            // What was repeated is in the notes of the repetition alone.
            new Statement($"SELECT t.study_id, a.value_json FROM {Repetitions}"),
            new Statement(
                "SELECT f.study_id, f.number FROM trials f WHERE f.state = 'FAIL' "
                + $"AND EXISTS (SELECT 1 FROM {Repetitions} AND t.study_id = f.study_id)"),
        ],
        () => new StudyList(),
        (studies, query, row) => studies.Read(query, row)).Summaries;

    /// <summary>Puts the rows of the queries together.</summary>
    private sealed class StudyList
    {
        private readonly OrderedDictionary<long, StudySummary> _studies = [];
        private readonly Dictionary<(long Study, int Number), (double Value, bool IsFeasible)> _constrained = [];
        private readonly HashSet<(long Study, int Number)> _repeated = [];

        public IReadOnlyList<StudySummary> Summaries
        {
            get
            {
                foreach (var ((study, number), (value, isFeasible)) in _constrained)
                {
                    var summary = _studies[study];
                    if (!isFeasible)
                    {
                        _studies[study] = summary with { Complete = summary.Complete - 1, Infeasible = summary.Infeasible + 1 };
                    }
                    else if (summary.Directions.Count == 1)
                    {
                        Offer(study, new BestTrial(number, value));
                    }
                }

                return [.. _studies.Values];
            }
        }

        public void Read(int query, DbDataReader row)
        {
            // A study that was created between two of the queries is listed the next time.
            var id = row.GetInt64(0);
            if (query == 0)
            {
                _studies.Add(id, new StudySummary(row.GetString(1), []));
            }
            else if (_studies.TryGetValue(id, out var study))
            {
                switch (query)
                {
                    case 1:
                        _studies[id] = study with { Directions = [.. study.Directions, DirectionOf(row.GetString(1))] };
                        break;
                    case 2:
                        _studies[id] = Counted(study, row);
                        break;
                    case 3:
                        Offer(id, new BestTrial(row.GetInt32(1), row.GetDouble(2)));
                        break;
                    case 4:
                        ReadConstraint(id, row);
                        break;
                    case 5:
                        _repeated.UnionWith(Numbers(row.GetString(1), element => element.GetInt32()).Select(number => (id, number)));
                        break;
                    default:
                        if (_repeated.Contains((id, row.GetInt32(1))))
                        {
                            _studies[id] = study with { Failed = study.Failed - 1, Repeated = study.Repeated + 1 };
                        }

                        break;
                }
            }
        }

        private static StudySummary Counted(StudySummary study, DbDataReader row)
        {
            var count = row.GetInt32(2);
            var first = Time(row, 3);
            var last = Time(row, 4);
            study = study with
            {
                FirstStarted = study.FirstStarted is { } earlier && !(first < earlier) ? earlier : first,
                LastEnded = study.LastEnded is { } later && !(last > later) ? later : last,
            };
            return StateOf(row.GetString(1)) switch
            {
                StoredState.Waiting => study with { Waiting = count },
                StoredState.Running => study with { Running = count },
                StoredState.Complete => study with { Complete = count },
                StoredState.Pruned => study with { Pruned = count },
                _ => study with { Failed = count },
            };
        }

        private void ReadConstraint(long study, DbDataReader row)
        {
            var (number, value) = (row.GetInt32(1), row.GetDouble(2));
            var isKept = TrialView.ViolationOf(ConstraintsOf(row.GetString(3), row.GetString(4))) == 0;
            var before = _constrained.GetValueOrDefault((study, number), (value, true));
            _constrained[(study, number)] = (value, before.Item2 && isKept);
        }

        private void Offer(long id, BestTrial trial)
        {
            var study = _studies[id];
            var sign = study.Directions is [Direction.Maximize] ? -1 : 1;
            if (study.Best is not { } best || (sign * trial.Value, trial.Number).CompareTo((sign * best.Value, best.Number)) < 0)
            {
                _studies[id] = study with { Best = trial };
            }
        }
    }
}
