using LogMl.Tool.Storages;

namespace LogMl.Tool.Verbs;

/// <summary>Where a copy goes.</summary>
/// <param name="Place">The path of a SQLite file, or <see cref="GivenPlace.FromEnvironment"/>; null when a file names the place.</param>
/// <param name="StorageFile">The file with the location; null when there is none.</param>
/// <param name="Name">The name of the copy; null for that of the study.</param>
internal sealed record CopyTarget(string? Place, string? StorageFile, string? Name);
