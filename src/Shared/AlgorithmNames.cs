namespace LogMl.Shared;

/// <summary>The names that <c>algorithm:</c> in the YAML and <c>-p:HyperOptAlgorithm=</c> accept.</summary>
internal static class AlgorithmNames
{
    public const string Tpe = "tpe";
    public const string Random = "random";

    public static readonly string[] All = [Tpe, Random];
}
