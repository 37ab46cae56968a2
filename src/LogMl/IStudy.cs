using System.Globalization;
using System.Text.Json;

namespace LogMl;

/// <summary>The study whose search is running, for the step <c>trial_finished</c>.</summary>
public interface IStudy
{
    /// <summary>The name of the study.</summary>
    string Name { get; }

    /// <summary>The absolute path of the folder with the results of the study.</summary>
    string Directory { get; }

    /// <summary>The number of trials that have ended, those of earlier calls and of other hosts included.</summary>
    int Finished { get; }

    /// <summary>
    /// The number of trials that the study is to have: <c>max_evals</c>, and those that were taken over from another study.
    /// </summary>
    int Planned { get; }

    /// <summary>
    /// The best trial: of those that keep the constraints, the one with the best objective. Null when there is none.
    /// </summary>
    /// <remarks>
    /// With several objectives it is the trial of the front that best.yaml has: the nearest one to the ideal point, which has the best
    /// value of each objective in the front, when each objective is scaled to its range in the front. Each trial that changes the front may
    /// move the ideal point. So the best trial may become another one, also an earlier one, without <see cref="FinishedTrial.IsBest"/> of
    /// the trial that has ended.
    /// </remarks>
    BestTrial? Best { get; }

    /// <summary>
    /// Ends the search of this host as a criterion does: no trial starts, those that run are finished, and the final run follows. The
    /// summary has the reason. A later call goes on.
    /// </summary>
    /// <param name="reason">Why, in a few words: <c>"the loss is good enough"</c>. The first one counts. It is shown in one line.</param>
    void Stop(string reason);
}

/// <summary>The best trial of a study.</summary>
/// <param name="Number">Its number in the study.</param>
/// <param name="Objectives">The values of the objectives by name, as model_evaluate gave them.</param>
/// <param name="Parameters">The values of its searched parameters, as in <see cref="FinishedTrial.Parameters"/>.</param>
public sealed record BestTrial(
    int Number, IReadOnlyDictionary<string, double> Objectives, IReadOnlyDictionary<string, JsonElement> Parameters)
{
    /// <summary>Its values in one line, in the invariant culture.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{nameof(BestTrial)} {{ Number = {Number}, Objectives = {RecordText.Of(Objectives)}, Parameters = {RecordText.Of(Parameters)} }}");
}
