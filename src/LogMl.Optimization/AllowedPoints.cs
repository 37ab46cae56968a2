using System.Globalization;

namespace LogMl.Optimization;

/// <summary>Tells which points the search constraints of a study allow, and counts what they refuse.</summary>
internal sealed class AllowedPoints
{
    private readonly Study _study;
    private readonly IReadOnlyList<SearchConstraint> _constraints;
    private readonly int[] _refusals;
    private int _asked;

    /// <exception cref="ArgumentException">A constraint has no name, or two have the same.</exception>
    public AllowedPoints(Study study, IReadOnlyList<SearchConstraint> constraints)
    {
        _study = study;
        _constraints = constraints;
        _refusals = new int[constraints.Count];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var constraint in constraints)
        {
            ArgumentNullException.ThrowIfNull(constraint.IsAllowed, nameof(constraints));
            ArgumentException.ThrowIfNullOrWhiteSpace(constraint.Name, nameof(constraints));
            if (!names.Add(constraint.Name))
            {
                throw new ArgumentException($"Two search constraints have the name '{constraint.Name}'.", nameof(constraints));
            }
        }
    }

    /// <summary>Begins the count of points anew, for the next trial.</summary>
    public void StartCount()
    {
        _asked = 0;
        Array.Clear(_refusals);
    }

    /// <summary>Whether all constraints allow a whole point. All are asked, so that the counts say which of them refuse.</summary>
    public bool Allows(ParameterValues point)
    {
        // The caller may change its point, and a constraint may keep what it gets.
        var copy = point.Copy();
        copy.ClearInactive(_study.Parameters);
        var values = new TrialValues(_study, copy);
        _asked++;
        var isAllowed = true;
        for (var i = 0; i < _refusals.Length; i++)
        {
            if (!_constraints[i].IsAllowed(values))
            {
                _refusals[i]++;
                isAllowed = false;
            }
        }

        return isAllowed;
    }

    /// <summary>Requires that all constraints allow a point that the user has given.</summary>
    /// <exception cref="NoAllowedPointException">A constraint refuses it.</exception>
    public void RequireAllowed(ParameterValues point)
    {
        StartCount();
        if (!Allows(point))
        {
            var names = Refusing().Select(i => $"'{_constraints[i].Name}'");
            throw Exception($"The point is refused by the search constraint {string.Join(" and ", names)}.");
        }
    }

    /// <summary>The exception for a trial for which no point was found.</summary>
    public NoAllowedPointException NotFound(int number)
    {
        var refusals = Refusing().Select(
            i => string.Create(CultureInfo.InvariantCulture, $"'{_constraints[i].Name}' refused {_refusals[i]:N0}"));
        return Exception(string.Create(
            CultureInfo.InvariantCulture,
            $"The search constraints leave no point for trial {number}: of {_asked:N0} points, {string.Join(" and ", refusals)}."));
    }

    private IEnumerable<int> Refusing() => Enumerable.Range(0, _refusals.Length).Where(i => _refusals[i] > 0);

    private NoAllowedPointException Exception(string message) => new(message)
    {
        Refusals = Refusing().ToDictionary(i => _constraints[i].Name, i => _refusals[i], StringComparer.Ordinal),
    };
}
