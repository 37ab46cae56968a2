using LogMl.Report.Reading;

namespace LogMl.Report.Model;

/// <summary>What was gained over the defaults.</summary>
/// <param name="Objectives">The gain in each objective; empty when it is not known.</param>
/// <param name="Unknown">Why nothing is known about other data; null when something is.</param>
internal sealed record GainModel(IReadOnlyList<ObjectiveGain> Objectives, string? Unknown)
{
    public static GainModel? Of(StudyContent content) =>
        content.View is { } view && StudyGain.Of(content.Study, view) is { } gain ? new GainModel(gain.Objectives, gain.Unknown) : null;
}
