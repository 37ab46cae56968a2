using System.Globalization;
using System.IO.Compression;

namespace Classifiers;

/// <summary>Reads the data set; data/README.md says what is in it.</summary>
internal static class DigitFile
{
    public static Digit[] Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var digits = new List<Digit>();
        while (reader.ReadLine() is { } line)
        {
            digits.Add(Parse(line, $"{path}({digits.Count + 1})"));
        }

        return [.. digits];
    }

    private static Digit Parse(string line, string where)
    {
        var cells = line.Split(',');
        if (cells.Length != Digit.PixelCount + 1)
        {
            throw new InvalidDataException($"{where}: {Digit.PixelCount + 1} columns are expected, there are {cells.Length}.");
        }

        var numbers = Array.ConvertAll(cells, cell => float.Parse(cell, CultureInfo.InvariantCulture));
        return new Digit { Pixels = numbers[..^1], Label = (uint)numbers[^1] + 1 };
    }
}
