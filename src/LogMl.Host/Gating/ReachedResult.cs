using LogMl.Host.Inputs;

namespace LogMl.Host.Gating;

/// <summary>What a complete trial has reached.</summary>
/// <param name="Objectives">Its objectives.</param>
/// <param name="Rows">The part of its inputs that decides which rows it was judged on.</param>
/// <param name="Test">The scores of its final run on the test part; null when there is none.</param>
internal sealed record ReachedResult(
    IReadOnlyList<ObjectiveFigures> Objectives, InputFingerprint Rows, IReadOnlyDictionary<string, double>? Test);
