namespace LogMl.Tool.Storages;

/// <summary>What a command line says about the study that it is for.</summary>
/// <param name="Place">The path of a storage or of a folder; null when there is none.</param>
/// <param name="StorageFile">The file with the location of a storage; null when there is none.</param>
/// <param name="Study">The name of the study; null when there is none.</param>
internal sealed record StudyRequest(string? Place, string? StorageFile, string? Study);
