namespace LogMl.Host.Inputs;

/// <summary>The place of a project: people recognize it, and it tells two projects with the same study apart.</summary>
/// <param name="Folder">The folder of the project.</param>
/// <param name="Machine">The name of the machine.</param>
internal sealed record ProjectPlace(string Folder, string Machine)
{
    /// <summary>The place in words: <c>/home/ann/app on build1</c>.</summary>
    public override string ToString() => $"{Folder} on {Machine}";
}
