using Mono.Cecil;

// Usage: PrivatizeYamlDotNet <output folder> <new name> <library> <assembly that refers to it>...
//
// The .NET SDK keeps only one of all analyzer files that share a name, across all packages of a project. Two source generators that both
// bring "YamlDotNet.dll" along would therefore run on the copy of one of them, and the other would fail at run time. Under a name of our
// own nobody takes our copy, and we take nobody's.
if (args.Length < 3)
{
    Console.Error.WriteLine("usage: PrivatizeYamlDotNet <output folder> <new name> <library> <assembly that refers to it>...");
    return 1;
}

var outputFolder = args[0];
var newName = args[1];
var libraryPath = args[2];
Directory.CreateDirectory(outputFolder);

using (var library = AssemblyDefinition.ReadAssembly(libraryPath))
{
    library.Name.Name = newName;
    library.MainModule.Name = newName + ".dll";
    // The strong name is its author's; what was changed can no longer carry it.
    library.Name.PublicKey = [];
    library.Name.HasPublicKey = false;
    library.MainModule.Attributes &= ~ModuleAttributes.StrongNameSigned;
    Save(library, newName + ".dll");
}

var oldName = Path.GetFileNameWithoutExtension(libraryPath);
foreach (var referrerPath in args.Skip(3))
{
    using var referrer = AssemblyDefinition.ReadAssembly(referrerPath);
    foreach (var reference in referrer.MainModule.AssemblyReferences.Where(r => r.Name == oldName))
    {
        reference.Name = newName;
        reference.PublicKeyToken = [];
    }

    Save(referrer, Path.GetFileName(referrerPath));
}

return 0;

// The same input gives the same bytes: no time stamp, and a module id that is computed from the content.
void Save(AssemblyDefinition assembly, string fileName) =>
    assembly.Write(Path.Combine(outputFolder, fileName), new WriterParameters { DeterministicMvid = true, Timestamp = 0 });
