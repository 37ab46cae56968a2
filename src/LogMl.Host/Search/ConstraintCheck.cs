using LogMl.Host.Manifests;
using LogMl.Host.Workers;
using LogMl.Optimization;

namespace LogMl.Host.Search;

/// <summary>Asks workers whether the search constraints of the user's assembly allow a point.</summary>
/// <remarks>
/// Whoever asks the study for a trial has a worker of its own, which then runs no trial. That worker answers, so that no question waits for
/// a trial. One question is about all constraints.
/// </remarks>
internal sealed class ConstraintCheck
{
    /// <summary>A constraint that ends its process for some points would otherwise be asked for ever.</summary>
    private const int MaxLost = 3;

    private readonly Manifest _manifest;
    private readonly string _assembly;
    private WorkerProcess? _worker;
    private IReadOnlyDictionary<string, double>? _asked;
    private IReadOnlyList<string> _refusing = [];
    private string _lastPoint = "";

    /// <param name="manifest">The manifest, which has the names of the constraints.</param>
    /// <param name="assembly">The path of the assembly, in which they are.</param>
    public ConstraintCheck(Manifest manifest, string assembly)
    {
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
                    Place = Constraints is [var only] ? MethodPlace.Find(_assembly, only.Name) : SourcePlace.Unknown,
                };
            }
            catch (NoAllowedPointException exception)
            {
                throw new HostException(
                    HostErrors.NoAllowedPoint,
                    $"{exception.Message} Let the search constraint allow more, or narrow the space to the ranges in which it does.")
                {
                    Place = exception.Refusals.Count == 0
                        ? SourcePlace.Unknown
                        : MethodPlace.Find(_assembly, exception.Refusals.MaxBy(refusal => refusal.Value).Key),
                };
            }
        }
    }

    /// <summary>Sets the worker that answers. The caller holds the lock under which it asks.</summary>
    public void Use(WorkerProcess? worker) => _worker = worker;

    private string Names() => string.Join(" or ", Constraints.Select(constraint => $"'{constraint.Name}'"));

    private bool IsAllowed(string name, IReadOnlyDictionary<string, double> values)
    {
        if (!ReferenceEquals(values, _asked))
        {
            _asked = null;
            _lastPoint = PointText.Of(_manifest, values);
            var worker = _worker is { IsAlive: true } ? _worker : throw new WorkerLostException("no worker is there");
            try
            {
                _refusing = worker.Check(values);
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
