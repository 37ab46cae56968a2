namespace LogMl.Report.Tests.Kit;

/// <summary>A test that needs Chromium.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? Chromium.Missing;
        set => base.Skip = value;
    }
}
