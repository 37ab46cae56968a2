using Xunit;

namespace LogMl.TestKit;

/// <summary>A test that runs code as another user. It needs root on Linux.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? null : "only root can become another user, on Linux");
        set => base.Skip = value;
    }
}
