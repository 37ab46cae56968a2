using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks.Tests;

/// <summary>
/// Properties as the targets pass them to the tasks: an item for each property, with its value, which is empty when it is not set.
/// </summary>
internal static class PropertyItems
{
    public static ITaskItem[] Of(params (string Name, string Value)[] properties) =>
        Array.ConvertAll<string, ITaskItem>(SearchProperties.Names, name =>
    {
        var item = new TaskItem(name);
        item.SetMetadata(PropertyValues.Metadata, Array.Find(properties, property => property.Name == name).Value ?? "");
        return item;
    });
}
