using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks;

/// <summary>
/// Returns the names of the properties of a search, so that the targets need not list them. Only targets can read properties.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class ListProperties : Microsoft.Build.Utilities.Task
{
    /// <summary>The names.</summary>
    [Output]
    public ITaskItem[] Names { get; private set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        Names = Array.ConvertAll<string, ITaskItem>(SearchProperties.Names, name => new TaskItem(name));
        return true;
    }
}
