namespace LogMl.Shared;

/// <summary>The kinds of lines in the list of inputs. The task writes the list, and the host reads it.</summary>
internal static class InputKinds
{
    public const string Code = "code";
    public const string Library = "library";
    public const string Data = "data";
    public const string Packages = "packages";

    public static readonly string[] All = [Code, Library, Data, Packages];
}
