using System.Text.Json;

namespace LogMl.Optimization;

/// <summary>A trial of which only the point may be known, whether it has ended or not: it is running, and has reported nothing.</summary>
internal sealed class UnknownTrial(Trial trial) : TrialView
{
    public override int Number => trial.Number;

    public override int? ReusedTrial => null;

    public override IReadOnlyDictionary<string, double> Values => trial.Values;

    public override IReadOnlyDictionary<string, JsonElement> UserAttributes => Optimization.UserAttributes.None;

    internal override Study Study => trial.Study;

    internal override ParameterValues Point => trial.Point;

    internal override TrialStatus Status => TrialStatus.Running;

    internal override ReportSeries ReportSeries => ReportSeries.Empty;
}
