using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LogMl.Host;

/// <summary>
/// Finds methods of the user's assembly in the sources, by its debug information. The manifest has no places, because a line that moves
/// must not change generated code. Nothing of the assembly is loaded.
/// </summary>
internal static class MethodPlace
{
    /// <summary>The first line of a method's code.</summary>
    /// <param name="assembly">The path of the assembly.</param>
    /// <param name="name">The names of type and method, as messages have them: <c>Rules.Fits</c>.</param>
    /// <returns>The place; unknown when there is no debug information, or no such source file on this machine.</returns>
    public static SourcePlace Find(string assembly, string name)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(assembly));
            if (!file.TryOpenAssociatedPortablePdb(
                assembly, path => File.Exists(path) ? File.OpenRead(path) : null, out var symbols, out _))
            {
                return SourcePlace.Unknown;
            }

            using (symbols)
            {
                return Find(file.GetMetadataReader(), symbols!.GetMetadataReader(), name);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return SourcePlace.Unknown;
        }
    }

    private static SourcePlace Find(MetadataReader types, MetadataReader symbols, string name)
    {
        foreach (var handle in types.MethodDefinitions)
        {
            var method = types.GetMethodDefinition(handle);
            var type = types.GetTypeDefinition(method.GetDeclaringType());
            if ($"{types.GetString(type.Name)}.{types.GetString(method.Name)}" != name)
            {
                continue;
            }

            foreach (var point in symbols.GetMethodDebugInformation(handle.ToDebugInformationHandle()).GetSequencePoints())
            {
                var source = symbols.GetString(symbols.GetDocument(point.Document).Name);
                if (!point.IsHidden && File.Exists(source))
                {
                    return new SourcePlace(source, point.StartLine);
                }
            }
        }

        return SourcePlace.Unknown;
    }
}
