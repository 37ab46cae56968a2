using Xunit;

namespace LogMl.TestKit.Optuna;

/// <summary>A test with data that needs Optuna.</summary>
public sealed class OptunaTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? OptunaScript.Missing;
        set => base.Skip = value;
    }
}
