using System.Text;
using LogMl.Shared;
using Microsoft.Build.Framework;

namespace LogMl.Tasks;

/// <summary>
/// Writes the list of the files that the assembly is made from, for the host, which says what changed since the last search. Files that
/// tools wrote into the intermediate folder do not count: they have the commit and the settings of the search, which may change without a
/// change of the code.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class WriteInputs : Microsoft.Build.Utilities.Task
{
    /// <summary>The list, an absolute path.</summary>
    [Required]
    public string ListFile { get; set; } = "";

    /// <summary>The source files and embedded files of the compilation.</summary>
    public ITaskItem[] Code { get; set; } = [];

    /// <summary>
    /// Absolute paths of folders whose source files do not count: the intermediate folder, and the folders of packages, whose versions
    /// count.
    /// </summary>
    public ITaskItem[] NotCode { get; set; } = [];

    /// <summary>The assemblies of referenced projects.</summary>
    public ITaskItem[] Libraries { get; set; } = [];

    /// <summary>The data files that the project declares.</summary>
    public ITaskItem[] Data { get; set; } = [];

    /// <summary>The deps.json.</summary>
    public string? DepsFile { get; set; }

    /// <inheritdoc />
    public override bool Execute()
    {
        char[] separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
        var folders = NotCode.Select(folder => FullPath(folder).TrimEnd(separators) + Path.DirectorySeparatorChar).ToArray();
        var code = Code.Select(FullPath).Where(
            file => !Array.Exists(folders, folder => file.StartsWith(folder, StringComparison.Ordinal)));
        var lines = Lines(InputKinds.Code, code)
            .Concat(Lines(InputKinds.Library, Libraries.Select(FullPath)))
            .Concat(Lines(InputKinds.Data, Data.Select(FullPath)))
            .Concat(string.IsNullOrEmpty(DepsFile) ? [] : Lines(InputKinds.Packages, [Path.GetFullPath(DepsFile!)]));
        var text = string.Concat(lines.Select(line => line + "\n"));
        if (!File.Exists(ListFile) || File.ReadAllText(ListFile) != text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(ListFile)!);
            File.WriteAllText(ListFile, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        return true;
    }

    private static IEnumerable<string> Lines(string kind, IEnumerable<string> files) =>
        files.Distinct(StringComparer.Ordinal).Select(file => kind + "\t" + file);

    /// <summary>The absolute path of a file that is named relative to the project's folder, without "..".</summary>
    private static string FullPath(ITaskItem item) => Path.GetFullPath(item.GetMetadata("FullPath"));
}
