namespace BreastCancer;

/// <summary>One tumour: what was measured, and what it was.</summary>
/// <remarks>A class with settable properties, because ML.NET fills and reads its rows that way.</remarks>
public sealed class Tumor
{
    /// <summary>
    /// The measures. Their number is the same for all tumours of a data set, and is known only when it has been preprocessed.
    /// </summary>
    public float[] Features { get; set; } = [];

    /// <summary>The diagnosis.</summary>
    public bool Malignant { get; set; }
}
