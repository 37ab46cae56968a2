namespace LogMl.Host.Inputs;

/// <summary>Where a project is: how people know it, and the search of another project with the same study.</summary>
/// <param name="Folder">The folder of the project.</param>
/// <param name="Machine">The name of the machine.</param>
internal sealed record ProjectPlace(string Folder, string Machine)
{
    /// <summary><c>/home/ann/app on build1</c>.</summary>
    public override string ToString() => $"{Folder} on {Machine}";
}
