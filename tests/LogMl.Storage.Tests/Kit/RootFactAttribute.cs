namespace LogMl.Storage.Tests.Kit;

/// <summary>A test that mounts a file system, or becomes another user: as root on Linux.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    private static readonly string? Missing = !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess ? "needs root on Linux" : CannotMount();

    public override string? Skip
    {
        get => base.Skip ?? Missing;
        set => base.Skip = value;
    }

    private static string? CannotMount()
    {
        var folder = Directory.CreateTempSubdirectory("logml-mount-").FullName;
        try
        {
            SmallDisk.Run("mount", "-t", "tmpfs", "-o", "size=64k", "logml", folder);
            SmallDisk.Run("umount", folder);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
        finally
        {
            Directory.Delete(folder);
        }
    }
}
