using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>The points and the targets of a fit, in the units of the process.</summary>
internal sealed class TrainingSet
{
    public TrainingSet(PointCoding coding, History history, IReadOnlyList<int> numbers, double[] targets)
    {
        Count = numbers.Count;
        Targets = targets;
        IsChoice = coding.IsChoice;
        Columns = new double[coding.Features.Length][];
        for (var d = 0; d < Columns.Length; d++)
        {
            Columns[d] = new double[RowMath.Padded(Count)];
        }

        var row = new double[Columns.Length];
        for (var i = 0; i < Count; i++)
        {
            coding.Encode(history, numbers[i], row);
            for (var d = 0; d < row.Length; d++)
            {
                Columns[d][i] = row[d];
            }
        }
    }

    public int Count { get; }

    /// <summary>A column for each feature, padded to whole vectors.</summary>
    public double[][] Columns { get; }

    public bool[] IsChoice { get; }

    /// <summary>The targets of the points.</summary>
    public double[] Targets { get; }

    /// <summary>Copies the features of one point.</summary>
    public void Row(int i, Span<double> row)
    {
        for (var d = 0; d < Columns.Length; d++)
        {
            row[d] = Columns[d][i];
        }
    }
}
