namespace LogMl.Optimization;

/// <summary>A named parameter of a search space, and the condition under which it exists.</summary>
public sealed class Parameter
{
    internal Parameter(int index, string name, Distribution distribution, Parameter? parent, int parentOption)
    {
        Index = index;
        Name = name;
        Distribution = distribution;
        Parent = parent;
        ParentOption = parentOption;
    }

    /// <summary>The name, unique in the whole space.</summary>
    public string Name { get; }

    /// <summary>The values of the parameter and their prior probabilities.</summary>
    public Distribution Distribution { get; }

    /// <summary>The choice whose branch this parameter belongs to; null for a parameter that always exists.</summary>
    public Parameter? Parent { get; }

    /// <summary>
    /// The index of the option of <see cref="Parent"/> that must be chosen for this parameter to exist; -1 without a parent.
    /// </summary>
    public int ParentOption { get; }

    /// <summary>The index in the flat space. A parent comes before its children.</summary>
    internal int Index { get; }
}
