namespace LogMl.Optimization;

/// <summary>Which values of an objective are better.</summary>
public enum Direction
{
    /// <summary>Lower values are better: a loss.</summary>
    Minimize,

    /// <summary>Higher values are better: an accuracy, a score.</summary>
    Maximize,
}
