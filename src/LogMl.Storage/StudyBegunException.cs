namespace LogMl.Storage;

/// <summary>
/// Another process has begun the study at the same moment, with another value of an attribute of
/// <see cref="StoredStudyOptions.DecidedByFirst"/>. Nothing was changed.
/// </summary>
internal sealed class StudyBegunException() : Exception("Another process has begun the study.");
