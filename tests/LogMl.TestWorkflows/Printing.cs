using System.Globalization;
using System.Runtime.InteropServices;

namespace LogMl.TestWorkflows;

/// <summary>What a step does to the console.</summary>
internal static partial class Printing
{
    public static bool Run(string name, string argument, ITrial trial)
    {
        switch (name)
        {
            case "print":
                Console.WriteLine(FormattableString.Invariant($"out of trial {trial.Number}: é {argument}"));
                Console.Error.WriteLine(FormattableString.Invariant($"error of trial {trial.Number}"));
                break;
            case "print_native":
                _ = Puts(FormattableString.Invariant($"native out of trial {trial.Number}"));
                break;
            case "print_unfinished":
                Console.Write(FormattableString.Invariant($"no line end in trial {trial.Number}"));
                break;
            case "print_much":
                var line = new string('x', 99);
                for (var i = 0; i < int.Parse(argument, CultureInfo.InvariantCulture); i++)
                {
                    Console.WriteLine(line);
                }

                break;
            case "print_megabytes":
                using (var output = Console.OpenStandardOutput())
                {
                    var piece = new byte[1_000_000];
                    Array.Fill(piece, (byte)'x');
                    for (var i = 0; i < int.Parse(argument, CultureInfo.InvariantCulture); i++)
                    {
                        output.Write(piece);
                    }
                }

                break;
            case "close_descriptors":
                _ = Close(1);
                _ = Close(2);
                break;
            case "print_mark":
                Console.WriteLine(FormattableString.Invariant($"\u001eLOGML-END\n\u001e LOGML-END {trial.Number}\n\u001e\u001eLOGML"));
                break;
            case "print_place":
                Console.WriteLine("base=" + AppContext.BaseDirectory);
                Console.WriteLine("current=" + Environment.CurrentDirectory);
                Console.WriteLine("culture=" + CultureInfo.CurrentCulture.Name);
                Console.WriteLine("number=" + 1.5.ToString(CultureInfo.CurrentCulture));
                Console.WriteLine("encoding=" + Console.Out.Encoding.WebName);
                Console.WriteLine(FormattableString.Invariant($"pid={Environment.ProcessId}"));
                break;
            case "read_stdin":
                Console.WriteLine("read=" + (Console.ReadLine() ?? "end"));
                break;
            case "close_console":
                Console.Out.Close();
                Console.Error.Close();
                break;
            case "redirect_console":
                Console.SetOut(new StringWriter(CultureInfo.InvariantCulture));
                break;
            case "ask_folder":
                _ = trial.Directory;
                break;
            case "plant_links":
                Links.Plant(trial.Directory, argument);
                break;
            case "move_trials":
                Links.ReplaceTrials(trial.Directory, argument);
                break;
            case "write_file":
                File.WriteAllText(Path.Combine(trial.Directory, argument), "written by the step\n");
                break;
            default:
                return false;
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "puts", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Puts(string text);
}
