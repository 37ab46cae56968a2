using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MathNet.Numerics;

namespace LogMl.TestWorkflows;

/// <summary>What a step of a user can do, and do wrong.</summary>
internal static class Actions
{
    /// <returns>The loss, when the action has one.</returns>
    public static async ValueTask<double?> RunAsync(string name, string argument, ITrial trial)
    {
        switch (name)
        {
            case "loss":
                return double.Parse(argument, CultureInfo.InvariantCulture);
            case "sleep":
                Thread.Sleep(int.Parse(argument, CultureInfo.InvariantCulture));
                break;
            case "delay":
                await Task.Delay(int.Parse(argument, CultureInfo.InvariantCulture), trial.CancellationToken);
                break;
            case "wait":
                // For a file that the test makes, in the folder of the project.
                while (!File.Exists(argument))
                {
                    Thread.Sleep(20);
                }

                break;
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "wait_for":
                // A file in the folder of the project.
                while (!File.Exists(argument))
                {
                    Thread.Sleep(10);
                }

                break;
            case "make":
                // A file in the folder of the project.
                File.WriteAllText(argument, "");
                break;
            case "kill_first":
                // The first process that comes here, as a file in the folder of the project says.
                if (!File.Exists(argument))
                {
                    File.WriteAllText(argument, "");
                    Failures.Run("kill", "", trial);
                }

                break;
            case "spin":
                for (var i = 0; ; i++)
                {
                    _ = i;
                }

            case "report":
                trial.Report(double.Parse(argument, CultureInfo.InvariantCulture), 1);
                break;
            case "attribute":
                // The name, and the value as JSON, in which a semicolon is a comma.
                var parts = argument.Split('=', 2);
                trial.SetAttribute(parts[0], JsonNode.Parse(parts[1].Replace(';', ',')));
                break;
            case "device":
                trial.SetAttribute("seen", $"{trial.Device} {Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES")}");
                break;
            case "checkpoint":
                // Notes what an earlier run has left; otherwise leaves something, and goes on with the next action.
                var file = Path.Combine(trial.Directory, "checkpoint.txt");
                trial.SetAttribute("resumed", File.Exists(file) ? File.ReadAllText(file) : null);
                if (!File.Exists(file))
                {
                    File.WriteAllText(file, FormattableString.Invariant($"of trial {trial.Number}"));
                    trial.SetAttribute("left", true);
                }

                break;
            case "pipe":
                using (var made = Process.Start("mkfifo", [Path.Combine(trial.Directory, "pipe")]))
                {
                    made.WaitForExit();
                }

                break;
            case "artifact":
                // A file and a folder of that name with a file, which are then removed.
                var place = Directory.CreateTempSubdirectory("logml-artifact").FullName;
                File.WriteAllText(Path.Combine(place, argument + ".txt"), "kept");
                Directory.CreateDirectory(Path.Combine(place, argument, "below"));
                File.WriteAllText(Path.Combine(place, argument, "below", "part.txt"), "kept too");
                trial.SaveArtifact(Path.Combine(place, argument + ".txt"));
                trial.SaveArtifact(Path.Combine(place, argument) + Path.DirectorySeparatorChar);
                Directory.Delete(place, recursive: true);
                break;
            case "attribute_long":
                trial.SetAttribute(argument, new string('x', 100_000));
                break;
            case "attribute_nan":
                trial.SetAttribute(argument, double.NaN);
                break;
            case "train":
                Training.Run(double.Parse(argument, CultureInfo.InvariantCulture), trial);
                break;
            case "train_return":
                Training.RunUntilPruned(double.Parse(argument, CultureInfo.InvariantCulture), trial);
                break;
            case "give_up":
                throw new TrialPrunedException();
            case "give_up_group":
                throw new AggregateException(new TrialPrunedException());
            case "dependency":
                return SpecialFunctions.Gamma(5);
            default:
                if (!Notes.Run(name, trial)
                    && !Failures.Run(name, argument, trial)
                    && !Printing.Run(name, argument, trial)
                    && !Processes.Run(name, argument, trial)
                    && !Greed.Run(name, argument, trial))
                {
                    throw new InvalidOperationException($"The test has no action '{name}'.");
                }

                break;
        }

        return null;
    }
}

/// <summary>Ten epochs that report the same value, and ask after each.</summary>
internal static class Training
{
    private const int Epochs = 10;

    public static void Run(double value, ITrial trial)
    {
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            trial.Report(value, epoch);
            trial.ThrowIfPruned();
        }
    }

    public static void RunUntilPruned(double value, ITrial trial)
    {
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            trial.Report(value, epoch);
            if (trial.ShouldPrune())
            {
                return;
            }
        }
    }
}

/// <summary>Ways in which a step fails, some of which take the process with them.</summary>
internal static partial class Failures
{
    public static bool Run(string name, string argument, ITrial trial)
    {
        switch (name)
        {
            case "throw":
                throw new InvalidOperationException("The data are broken.");
            case "throw_inner":
                throw new InvalidOperationException("The data\nare broken.", new FormatException("Line 3: 'é\ud800' is no number."));
            case "throw_long":
                throw new InvalidOperationException(new string('x', int.Parse(argument, CultureInfo.InvariantCulture)));
            case "throw_static":
                _ = Broken.Value;
                break;
            case "throw_unreadable":
                throw new UnreadableException();
            case "throw_elsewhere":
                var thread = new Thread(() => throw new InvalidOperationException("On a thread of its own."));
                thread.Start();
                thread.Join();
                Thread.Sleep(Timeout.Infinite);
                break;
            case "stack_overflow":
                Recurse(0);
                break;
            case "exit":
                Environment.Exit(int.Parse(argument, CultureInfo.InvariantCulture));
                break;
            case "exit_hanging":
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Thread.Sleep(Timeout.Infinite);
                Environment.Exit(3);
                break;
            case "fail_fast":
                Environment.FailFast("The library gave up.");
                break;
            case "kill":
                using (var self = Process.GetCurrentProcess())
                {
                    self.Kill();
                }

                Thread.Sleep(Timeout.Infinite);
                break;
            case "kill_host":
                Processes.KillParent();
                Thread.Sleep(Timeout.Infinite);
                break;
            case "library_missing":
                _ = Missing();
                break;
            case "native_crash":
                _ = Length(16);
                break;
            case "negative_step":
                trial.Report(1, -1);
                break;
            default:
                return false;
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "strlen")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Length(nint text);

    [LibraryImport("logml_no_such_library", EntryPoint = "missing")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Missing();

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static int Recurse(int depth) => Recurse(depth + 1) + depth;

    private static class Broken
    {
        public static readonly int Value = int.Parse("not a number", CultureInfo.InvariantCulture);
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new InvalidOperationException("No message.");
    }
}
