using Microsoft.ML.Data;

namespace Classifiers;

/// <summary>A handwritten digit.</summary>
public sealed class Digit
{
    /// <summary>The number of pixels: 8 rows of 8, each a darkness from 0 to 16.</summary>
    public const int PixelCount = 64;

    /// <summary>The pixels, row by row.</summary>
    [VectorType(PixelCount)]
    public float[] Pixels { get; init; } = [];

    /// <summary>Which digit it is: 0 to 9. ML.NET's keys begin with 1, 0 is its missing value.</summary>
    [KeyType(10)]
    public uint Label { get; init; }
}
