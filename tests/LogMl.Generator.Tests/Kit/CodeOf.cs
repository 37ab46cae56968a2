namespace LogMl.Generator.Tests.Kit;

/// <summary>Small programs around the members of a class of steps, which write what they do into <c>Log.Lines</c>.</summary>
internal static class CodeOf
{
    public static string Steps(string members) => $$"""
        using LogMl;

        public sealed record Row(int Id);

        public sealed class Net { public double Weight { get; set; } = 1; }

        public static class Log
        {
            public static List<string> Lines { get; } = [];
            public static T Add<T>(string line, T value) { Lines.Add(line); return value; }
        }

        public static partial class Steps
        {
            {{members}}
        }
        """;

    /// <summary>What the program has written.</summary>
    public static IReadOnlyList<string> LinesOf(Workflow workflow) =>
        (IReadOnlyList<string>)workflow.Assembly.GetType("Log")!.GetProperty("Lines")!.GetValue(null)!;
}
