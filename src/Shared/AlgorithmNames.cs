namespace LogMl.Shared;

/// <summary>The names that <c>algorithm:</c> in the YAML, <c>-p:HyperOptAlgorithm=</c> and <c>ask-tell --algo</c> accept.</summary>
internal static class AlgorithmNames
{
    public const string Auto = "auto";
    public const string Random = "random";
    public const string Tpe = "tpe";
    public const string HyperoptTpe = "tpe-hyperopt";
    public const string Anneal = "anneal";
    public const string Qmc = "qmc";
    public const string Grid = "grid";
    public const string CmaEs = "cmaes";
    public const string NsgaII = "nsga2";
    public const string GaussianProcess = "gp";

    /// <summary>What searches when nobody says what: the best of them on every suite that was measured (docs/engine.md, "Auto").</summary>
    public const string Default = Auto;

    public static readonly string[] All = [Auto, Tpe, HyperoptTpe, GaussianProcess, Random, Anneal, Qmc, Grid, CmaEs, NsgaII];
}
