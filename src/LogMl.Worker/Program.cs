using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using LogMl.Runtime;

// dotnet exec --depsfile X.deps.json --runtimeconfig X.runtimeconfig.json LogMl.Worker.dll <pipe> <X.dll> [name of the workflow]
try
{
    return Serve(args[0], args[1], args.Length > 2 ? args[2] : "");
}
catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or MissingMethodException or TypeLoadException)
{
    Console.Error.WriteLine(
        $"'{args[1]}' does not run with the LogMl.dll of this version of LogMl.Sdk: {exception.Message} "
        + "Reference the package LogMl.Sdk in the project itself, in the version that runs the search, and rebuild it.");
    return 1;
}

// A method of its own: what LogMl.dll lacks must not keep the handler above from being compiled.
[MethodImpl(MethodImplOptions.NoInlining)]
static int Serve(string pipe, string path, string workflow) => WorkerLoop.Run(pipe, () => Load(path), workflow);

static Assembly Load(string path)
{
    var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
    if (AssemblyName.GetAssemblyName(path).FullName != assembly.FullName)
    {
        throw new InvalidOperationException(
            $".NET has loaded its own assembly '{assembly.GetName().Name}' in place of '{path}', because both have this name. "
            + "Set AssemblyName in the project to another name.");
    }

    // Runs the generated module initializer, which registers the workflows.
    RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
    return assembly;
}
