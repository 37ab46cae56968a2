using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

// Plays the script whose path is in FAKE_HOST_SCRIPT, one instruction a line:
//   out TEXT | err TEXT      writes a line
//   args                     writes each argument as a line
//   cwd                      writes the working directory
//   sleep MILLISECONDS
//   ready FILE               creates a file, so that a test knows how far the script is
//   until FILE               waits until there is a file
//   wait                     waits to be ended; SIGTERM ends it with 130
//   stubborn                 waits, and ignores SIGTERM
//   exit CODE
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
foreach (var line in File.ReadLines(Environment.GetEnvironmentVariable("FAKE_HOST_SCRIPT")!))
{
    var space = line.IndexOf(' ', StringComparison.Ordinal);
    var (instruction, rest) = space < 0 ? (line, "") : (line[..space], line[(space + 1)..]);
    switch (instruction)
    {
        case "out":
            Console.Out.WriteLine(rest);
            break;
        case "err":
            Console.Error.WriteLine(rest);
            break;
        case "args":
            Array.ForEach(args, Console.Out.WriteLine);
            break;
        case "cwd":
            Console.Out.WriteLine(Environment.CurrentDirectory);
            break;
        case "sleep":
            Thread.Sleep(int.Parse(rest, CultureInfo.InvariantCulture));
            break;
        case "ready":
            File.WriteAllText(rest, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            break;
        case "until":
            while (!File.Exists(rest))
            {
                Thread.Sleep(5);
            }

            break;
        case "wait":
            Wait(exitOnSigterm: true);
            break;
        case "stubborn":
            Wait(exitOnSigterm: false);
            break;
        case "exit":
            return int.Parse(rest, CultureInfo.InvariantCulture);
        default:
            throw new InvalidOperationException("Not an instruction: " + line);
    }
}

return 0;

static void Wait(bool exitOnSigterm)
{
    using var sigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        if (exitOnSigterm)
        {
            Environment.Exit(130);
        }
    });
    Thread.Sleep(Timeout.Infinite);
}
