using System.Diagnostics;
using System.Globalization;

namespace LogMl.TestKit.Postgres;

/// <summary>The PostgreSQL of this machine: its programs, and the user that may run them.</summary>
internal sealed class PostgresInstallation
{
    private const string Versions = "/usr/lib/postgresql";

    /// <summary>The user that PostgreSQL's packages create. The server refuses to run as root.</summary>
    private const string ServiceUser = "postgres";

    private static readonly Lazy<(PostgresInstallation? Found, string? Missing)> Only = new(Find);

    private PostgresInstallation(string programs) => Programs = programs;

    /// <summary>The installation; null when <see cref="Missing"/> says what is missing.</summary>
    public static PostgresInstallation? Found => Only.Value.Found;

    /// <summary>Why PostgreSQL is not available; null when it is.</summary>
    public static string? Missing => Only.Value.Missing;

    private string Programs { get; }

    private static bool IsRoot => Environment.IsPrivilegedProcess;

    /// <summary>The path of one of its programs.</summary>
    public string Program(string name) => Path.Combine(Programs, name);

    /// <summary>A command line that runs a program as a user who may run the server.</summary>
    public string[] AsServiceUser(string program, params string[] arguments) =>
        IsRoot
            ? ["setpriv", "--reuid=" + ServiceUser, "--regid=" + ServiceUser, "--init-groups", Program(program), .. arguments]
            : [Program(program), .. arguments];

    /// <summary>Gives the folder to that user alone.</summary>
    public static void GiveToServiceUser(string folder)
    {
        if (IsRoot)
        {
            BoundedProcess.Run(new ProcessStartInfo("chown", ["-R", ServiceUser + ":", folder]));
        }
    }

    private static (PostgresInstallation? Found, string? Missing) Find()
    {
        if (OperatingSystem.IsWindows())
        {
            return (null, "the fixture starts PostgreSQL on Unix only");
        }

        var programs = Folders()
            .FirstOrDefault(folder => IsThere(Path.Combine(folder, "initdb")) && IsThere(Path.Combine(folder, "postgres")));
        if (programs is null)
        {
            return (
                null, $"PostgreSQL is not installed: no initdb in {Versions}/*/bin or on the PATH (Debian: apt-get install postgresql)");
        }

        if (IsRoot && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith(ServiceUser + ":", StringComparison.Ordinal)))
        {
            return (null, $"PostgreSQL does not run as root, and there is no user '{ServiceUser}'");
        }

        return (new PostgresInstallation(programs), null);
    }

    /// <summary>Whether a program exists. A link to a removed program does not count.</summary>
    private static bool IsThere(string program) =>
        File.Exists(program) && (File.ResolveLinkTarget(program, returnFinalTarget: true)?.Exists ?? true);

    private static IEnumerable<string> Folders()
    {
        // The newest first. Debian puts one of these programs on the PATH, psql, and keeps the server's away from it.
        var versions = Directory.Exists(Versions)
            ? Directory.GetDirectories(Versions).OrderByDescending(
                folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            : Enumerable.Empty<string>();
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return versions.Select(folder => Path.Combine(folder, "bin"))
            .Concat(path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
    }
}
