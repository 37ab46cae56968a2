namespace LogMl.Report.Tests.Kit;

/// <summary>A test that needs Chromium. Without one it is skipped, but fails in continuous integration, which installs it.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? (Chromium.IsRequired ? null : Chromium.Missing);
        set => base.Skip = value;
    }
}
