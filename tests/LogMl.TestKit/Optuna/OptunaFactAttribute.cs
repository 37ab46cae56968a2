using Xunit;

namespace LogMl.TestKit.Optuna;

/// <summary>A test that needs Optuna.</summary>
public sealed class OptunaFactAttribute : FactAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? OptunaScript.Missing;
        set => base.Skip = value;
    }
}
