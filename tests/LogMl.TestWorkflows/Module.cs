using System.Runtime.CompilerServices;
using LogMl.Runtime;

namespace LogMl.TestWorkflows;

/// <summary>Registers the workflow and a second one, as generated code does, or goes wrong before that.</summary>
internal static class Module
{
    /// <summary>
    /// What happens while the assembly is loaded: empty, <c>none</c> (no workflow), <c>throw</c>, <c>exit</c>, <c>exit0</c>, <c>hang</c>,
    /// <c>slow</c>, <c>print</c>.
    /// </summary>
    public const string LoadVariable = "LOGML_TEST_LOAD";

    [ModuleInitializer]
    internal static void Initialize()
    {
        switch (Environment.GetEnvironmentVariable(LoadVariable))
        {
            case "none":
                return;
            case "throw":
                throw new InvalidOperationException("The library is not licensed.");
            case "exit":
                Environment.Exit(5);
                break;
            case "exit0":
                Environment.Exit(0);
                break;
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "slow":
                Thread.Sleep(TimeSpan.FromSeconds(1));
                break;
            case "print":
                Console.WriteLine("printed while loading");
                break;
        }

        Workflow.Register(
            typeof(Module).Assembly, "", ScriptedWorkflow.Manifest, ScriptedWorkflow.RunAsync, Constraints.All, Listener.Listen);
        Workflow.Register(typeof(Module).Assembly, "second", ScriptedWorkflow.SecondManifest, ScriptedWorkflow.RunAsync, []);
    }
}
