using LogMl.Shared;

namespace LogMl.Host.Inputs;

/// <summary>The list, written by the build, of the files that the assembly is made from. Each line is kind, tab, absolute path.</summary>
/// <param name="Code">Source files.</param>
/// <param name="Libraries">Assemblies of referenced projects.</param>
/// <param name="Data">The data files that the project declares.</param>
/// <param name="DepsFile">The deps.json with the packages, or null.</param>
internal sealed record InputList(IReadOnlyList<string> Code, IReadOnlyList<string> Libraries, IReadOnlyList<string> Data, string? DepsFile)
{
    /// <summary>Reads the list.</summary>
    /// <exception cref="HostException">There is no such file, or it is not such a list.</exception>
    public static InputList Read(string path)
    {
        try
        {
            var lines = File.ReadAllLines(path).Where(line => line.Length > 0).Select(line => line.Split('\t', 2)).ToArray();
            if (Array.Find(lines, line => !IsValid(line)) is { } wrong)
            {
                throw new HostException(
                    HostErrors.Inputs,
                    $"The list of inputs '{path}' has a line that is no kind ({string.Join(", ", InputKinds.All)}), tab and absolute path: "
                    + $"'{string.Join("\t", wrong)}'. Build the project again.");
            }

            return new InputList(Of(InputKinds.Code), Of(InputKinds.Library), Of(InputKinds.Data), Of(InputKinds.Packages).LastOrDefault());

            string[] Of(string kind) => [.. lines.Where(line => line[0] == kind).Select(line => line[1])];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HostException(HostErrors.Inputs, $"The list of inputs cannot be read: {exception.Message} Build the project again.");
        }
    }
    private static bool IsValid(string[] line) =>
        line.Length == 2 && InputKinds.All.Contains(line[0]) && Path.IsPathFullyQualified(line[1]);
}
