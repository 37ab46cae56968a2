namespace LogMl.Storage;

/// <summary>What is wrong with a storage.</summary>
public enum StorageProblem
{
    /// <summary>The file is no SQLite database, or a database without studies that has other tables of the same names.</summary>
    NotAStudy,

    /// <summary>The file is damaged: truncated, or overwritten in part.</summary>
    Damaged,

    /// <summary>The tables are of a version that this library does not know.</summary>
    UnknownSchema,

    /// <summary>The database cannot be reached or written.</summary>
    Unavailable,

    /// <summary>The stored study has another search space.</summary>
    OtherSpace,

    /// <summary>There is no study of this name.</summary>
    NotFound,

    /// <summary>The study has no stored search space, and none follows from its trials.</summary>
    NoSpace,

    /// <summary>The study was deleted while it was in use.</summary>
    Deleted,

    /// <summary>The file was deleted, moved or replaced while it was open. Nobody will find what is stored in it.</summary>
    Gone,

    /// <summary>The stored study has other objectives: other names, or other directions.</summary>
    OtherObjectives,

    /// <summary>The database has no tables for studies, and was opened to be read only.</summary>
    Empty,
}

/// <summary>A storage cannot be used. The message says what is wrong and what would be right. It never has a secret in it.</summary>
public sealed class StorageException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="message">The problem in words.</param>
    /// <param name="innerException">The cause, or null.</param>
    public StorageException(StorageProblem problem, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Problem = problem;
    }

    /// <summary>What is wrong.</summary>
    public StorageProblem Problem { get; }
}
