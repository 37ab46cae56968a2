using Xunit;

namespace LogMl.TestKit;

/// <summary>A test that needs a <see cref="SmallDisk"/>.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? SmallDisk.Missing;
        set => base.Skip = value;
    }
}
