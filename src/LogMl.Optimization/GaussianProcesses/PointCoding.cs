using LogMl.Optimization.Distributions;
using LogMl.Optimization.Evolution;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// Encodes points as rows of features. The feature of a number is its coordinate, which is in [0, 1] for a uniform prior. The feature of a
/// choice is the index of its option.
/// </summary>
/// <remarks>
/// A number that a point does not have gets the middle of its prior; a choice gets the extra option -1. The parent choice distinguishes
/// such points from others.
/// </remarks>
internal sealed class PointCoding
{
    private const double MissingNumber = 0.5;
    private const double MissingOption = -1;

    // The largest coordinate, hundreds of standard deviations from the mean of an unbounded prior. Beyond it, squares of distances could
    // overflow.
    private const double Farthest = 100;

    private readonly int[] _featureOf;

    public PointCoding(IReadOnlyList<Parameter> parameters)
    {
        Parameters = parameters;
        _featureOf = new int[parameters.Count];
        Array.Fill(_featureOf, -1);
        var features = new List<Feature>();
        foreach (var parameter in parameters)
        {
            if (parameter.Distribution is not ICategorical { Count: 1 })
            {
                _featureOf[parameter.Index] = features.Count;
                features.Add(new Feature(parameter));
            }
        }

        Features = [.. features];
        IsChoice = [.. features.Select(feature => feature.Coordinate is null)];
    }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The features of a row. Constants have no feature.</summary>
    public Feature[] Features { get; }

    /// <summary>Which features are choices.</summary>
    public bool[] IsChoice { get; }

    /// <summary>The index of the feature of a parameter; -1 for a constant.</summary>
    public int FeatureOf(Parameter parameter) => _featureOf[parameter.Index];

    /// <summary>The row of a trial.</summary>
    public void Encode(History history, int number, Span<double> row)
    {
        for (var i = 0; i < Features.Length; i++)
        {
            row[i] = Code(Features[i], history.Column(Features[i].ParameterIndex)[number]);
        }
    }

    /// <summary>The row of a point.</summary>
    /// <param name="values">The values of all parameters, NaN for those that do not exist.</param>
    /// <param name="row">Receives the features.</param>
    public void Encode(ReadOnlySpan<double> values, Span<double> row)
    {
        for (var i = 0; i < Features.Length; i++)
        {
            row[i] = Code(Features[i], values[Features[i].ParameterIndex]);
        }
    }

    private static double Code(Feature feature, double value) => feature.Coordinate is { } coordinate
        ? double.IsNaN(value) ? MissingNumber : Math.Clamp(coordinate.FromValue(value), -Farthest, Farthest)
        : double.IsNaN(value) ? MissingOption : value;

    /// <summary>A feature: the coordinate of a number, or null for a choice.</summary>
    internal sealed class Feature(Parameter parameter)
    {
        public int ParameterIndex => parameter.Index;

        public Coordinate? Coordinate { get; } = parameter.Distribution is ChoiceDistribution ? null : new Coordinate(parameter);
    }
}
