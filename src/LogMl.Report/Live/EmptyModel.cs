using LogMl.Report.Model;

namespace LogMl.Report.Live;

/// <summary>The model of a study that is not there yet.</summary>
internal static class EmptyModel
{
    /// <param name="name">The name of the study; null when it is not known.</param>
    public static ReportModel Of(string? name) => new()
    {
        Study = new StudyModel
        {
            Name = name ?? "logml watch",
            Storage = "",
            Written = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            IsRunning = false,
            Hosts = [],
            Stragglers = [],
            StragglerRule = null,
            Objectives = [new ObjectiveModel("loss", Maximize: false)],
            Algorithm = null,
            Best = null,
            Front = [],
            HasConstraints = false,
            End = null,
            Notes = [],
            Test = [],
            Gain = null,
            ReportedBy = "step",
            Inputs = [],
            Declared = [],
            Types = [],
            Attributes = [],
        },
        Parameters = [],
        Trials = new TrialColumns
        {
            Number = [],
            State = "",
            Start = [],
            Origin = 0,
            Seconds = [],
            Objectives = [[]],
            LastReport = null,
            Violation = null,
            Values = [],
            Metrics = [],
            Host = [],
            Worker = [],
            Reason = [],
            Step = [],
            Stack = [],
            Log = [],
            Attributes = [],
        },
        Reports = new ReportColumns([], [], [], Every: 1),
        Importances = [],
        Comparison = null,
        Hypervolume = [],
        Texts = [],
    };
}
