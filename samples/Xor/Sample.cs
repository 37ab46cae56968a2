namespace Xor;

/// <summary>A point, and whether exactly one of its coordinates was positive before noise was added.</summary>
public readonly record struct Sample(double X, double Y, bool Label);
