using System.Diagnostics;
using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Host.Workers;
using LogMl.Optimization;

namespace LogMl.Host.Search;

/// <summary>Asks workers whether the search constraints of the user's assembly allow a point.</summary>
/// <remarks>
/// Whoever asks the study for a trial has a worker of its own, which then runs no trial. That worker answers, so that no question waits for
/// a trial. One question is about all constraints. A proposal may need thousands of questions, so slow constraints slow the search, which
/// is said.
/// </remarks>
internal sealed class ConstraintCheck
{
    /// <summary>A constraint that ends its process for some points would otherwise be asked for ever.</summary>
    private const int MaxLost = 3;

    /// <summary>Questions of one proposal that take longer are announced while they are asked.</summary>
    private static readonly TimeSpan LongProposal = TimeSpan.FromSeconds(5);

    private readonly HostEvents _events;
    private readonly Manifest _manifest;
    private readonly string _assembly;
    private WorkerProcess? _worker;
    private IReadOnlyDictionary<string, double>? _asked;
    private IReadOnlyList<string> _refusing = [];
    private string _lastPoint = "";

    /// <summary>The time of all questions of the search, and of those of the present proposal.</summary>
    private TimeSpan _elapsed;
    private TimeSpan _ofProposal;
    private int _questions;
    private bool _hasAnnounced;

    /// <param name="events">Receives the message about slow constraints.</param>
    /// <param name="manifest">The manifest, which has the names of the constraints.</param>
    /// <param name="assembly">The path of the assembly, in which they are.</param>
    public ConstraintCheck(HostEvents events, Manifest manifest, string assembly)
    {
        _events = events;
        _assembly = assembly;
        _manifest = manifest;
        Constraints = [.. manifest.SearchConstraints.Select(name => new SearchConstraint(name, values => IsAllowed(name, values)))];
    }

    /// <summary>The constraints for the study; empty when the assembly has none.</summary>
    public IReadOnlyList<SearchConstraint> Constraints { get; }

    /// <summary>Does what may ask about points.</summary>
    /// <param name="worker">The worker of the caller, which runs no trial. It is replaced when it has ended.</param>
    /// <param name="launch">Starts a worker in the place of one that has ended, or of none.</param>
    /// <param name="ask">What may ask. No two calls run at the same time, and it may be called again.</param>
    /// <exception cref="HostException">
    /// A constraint failed, ended its process several times, or refuses all points that were found.
    /// </exception>
    public T With<T>(ref WorkerProcess? worker, Func<WorkerProcess?, WorkerProcess> launch, Func<WorkerProcess?, T> ask)
    {
        for (var lost = 0; ; )
        {
            try
            {
                return ask(worker);
            }
            catch (WorkerLostException) when (worker is not { IsAlive: true } && lost < MaxLost)
            {
                lost += worker is null ? 0 : 1;
                worker = launch(worker);
            }
            catch (WorkerLostException exception)
            {
                throw new HostException(
                    HostErrors.SearchConstraintFailed,
                    $"Worker processes ended while they asked the search constraint {Names()} about the point {_lastPoint}: "
                    + exception.Message)
                {
                    Place = PlaceOf(Constraints is [var only] ? only.Name : null),
                };
            }
            catch (NoAllowedPointException exception)
            {
                throw new HostException(
                    HostErrors.NoAllowedPoint,
                    $"{exception.Message} Let the search constraint allow more, or narrow the space to the ranges in which it does.")
                {
                    Place = PlaceOf(exception.Refusals.Count == 0 ? null : exception.Refusals.MaxBy(refusal => refusal.Value).Key),
                };
            }
        }
    }

    /// <summary>Sets the worker that answers a proposal. The caller holds the lock under which it asks.</summary>
    public void Use(WorkerProcess? worker)
    {
        _worker = worker;
        _ofProposal = TimeSpan.Zero;
    }

    /// <summary>Where a search constraint is in the sources; unknown for null.</summary>
    public SourcePlace PlaceOf(string? name) => name is null ? SourcePlace.Unknown : MethodPlace.Find(_assembly, name);

    /// <summary>The line of the summary about slow constraints; none when they took little of the search.</summary>
    /// <param name="elapsed">The duration of the search.</param>
    public IEnumerable<string> Lines(TimeSpan elapsed)
    {
        if (SearchSummary.IsLong(_elapsed, elapsed))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Subject()} took {_elapsed.TotalSeconds:0.0} s for {SearchSummary.Counted(_questions, "point")}, in which workers "
                + $"waited");
        }
    }

    private string Subject() => $"the search constraint{(Constraints.Count == 1 ? "" : "s")} {Names("and")}";

    private void AnnounceLongProposal()
    {
        if (!_hasAnnounced)
        {
            _hasAnnounced = true;
            _events.Message(string.Create(
                CultureInfo.InvariantCulture,
                $"{_manifest.Name}: {Subject()} {(Constraints.Count == 1 ? "has" : "have")} taken {LongProposal.TotalSeconds:0} s for one "
                + $"proposal; a worker begins its trial when a point is allowed"));
        }
    }

    private IReadOnlyList<string> Ask(WorkerProcess worker, IReadOnlyDictionary<string, double> values)
    {
        var started = Stopwatch.GetTimestamp();
        var left = LongProposal - _ofProposal;
        using var announce = new Timer(
            _ => AnnounceLongProposal(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        try
        {
            return worker.Check(values, PlaceOf);
        }
        finally
        {
            var taken = Stopwatch.GetElapsedTime(started);
            _questions++;
            _elapsed += taken;
            _ofProposal += taken;
        }
    }

    private string Names(string word = "or") => string.Join($" {word} ", Constraints.Select(constraint => $"'{constraint.Name}'"));

    private bool IsAllowed(string name, IReadOnlyDictionary<string, double> values)
    {
        if (!ReferenceEquals(values, _asked))
        {
            _asked = null;
            _lastPoint = PointText.Of(_manifest, values);
            var worker = _worker is { IsAlive: true } ? _worker : throw new WorkerLostException("no worker is there");
            try
            {
                _refusing = Ask(worker, values);
            }
            catch (HostException exception)
            {
                throw new HostException(exception.Code, PointText.After(exception.Message, $"The point was {_lastPoint}."))
                {
                    Detail = exception.Detail,
                    Place = exception.Place,
                };
            }

            _asked = values;
        }

        return !_refusing.Contains(name);
    }
}
