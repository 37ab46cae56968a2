using System.Globalization;

namespace BreastCancer;

/// <summary>Reads the data set; data/README.md says what is in it.</summary>
internal static class TumorFile
{
    /// <summary>The number of measures, each of which is there as mean, standard error and worst value.</summary>
    public const int Measures = 10;

    private const int Columns = 3 * Measures + 1;

    public static Tumor[] Read(string path) =>
        [.. File.ReadLines(path).Skip(1).Select((line, index) => Parse(line, $"{path}({index + 2})"))];

    private static Tumor Parse(string line, string where)
    {
        var cells = line.Split(',');
        if (cells.Length != Columns)
        {
            throw new InvalidDataException($"{where}: {Columns} columns are expected, there are {cells.Length}.");
        }

        return new Tumor
        {
            Features = [.. cells[..^1].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))],
            Malignant = cells[^1] == "0",
        };
    }
}
