using LogMl.Generator.Tests.Kit;
using static LogMl.Generator.Tests.Kit.OneDiagnostic;
using static LogMl.Generator.Tests.SearchConstraintTests;

namespace LogMl.Generator.Tests;

/// <summary>Each diagnostic of methods that are marked as search constraints.</summary>
public class SearchConstraintDiagnosticTests
{
    [Theory]
    [InlineData("public bool [|Fits|](ModelTrainParameters p) => true;", "it must be static")]
    [InlineData("public static int [|Fits|](ModelTrainParameters p) => 1;", "it must return bool")]
    [InlineData("public static bool? [|Fits|](ModelTrainParameters p) => null;", "it must return bool")]
    [InlineData("public static void [|Fits|](ModelTrainParameters p) { }", "it must return bool")]
    [InlineData("public static Task<bool> [|Fits|](ModelTrainParameters p) => Task.FromResult(true);", "it must give a bool at once")]
    [InlineData("public static bool [|Fits|]() => true;", "it takes no parameters")]
    [InlineData("private static bool [|Fits|](ModelTrainParameters p) => true;", "it must be internal or public")]
    [InlineData("public static bool [|Fits|]<T>(ModelTrainParameters p) => true;", "it is generic")]
    [InlineData("public static bool Fits(ModelTrainParameters p, [|int leaves|]) => true;", "'leaves' is of type 'int'; it takes records of parameters only")]
    [InlineData("public static bool Fits([|ModelTrainParameters[] p|]) => true;", "'p' is of type 'ModelTrainParameters[]'")]
    [InlineData("public static bool Fits([|ref ModelTrainParameters p|]) => true;", "parameter 'p' is passed by reference")]
    public void A_method_that_cannot_be_asked_is_one_error(string method, string expected) =>
        Expect("LOGML0155", expected, method.Contains("public bool", StringComparison.Ordinal)
            ? Steps + "} public sealed class Other { [SearchConstraint] " + method
            : Steps + "[SearchConstraint] " + method, Yaml);

    [Fact]
    public void Two_of_one_name_are_an_error() => Expect(
        "LOGML0155", "another one has this name",
        Steps + """
            [SearchConstraint] public static bool Fits(ModelCreateParameters p) => true;
            [SearchConstraint] public static bool [|Fits|](ModelTrainParameters p) => true;
            """,
        Yaml);

    [Fact]
    public void A_predicate_over_parameters_that_are_not_searched_is_a_warning() => Expect(
        "LOGML0156", "'Steps.Fits' allows every point of the search or none: no parameter of 'DatasetSplitParameters' is in the search space",
        Steps + "[SearchConstraint] public static bool [|Fits|](DatasetSplitParameters p) => true;",
        Yaml);
}
