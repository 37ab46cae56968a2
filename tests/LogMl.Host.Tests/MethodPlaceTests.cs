using System.Runtime.CompilerServices;

namespace LogMl.Host.Tests;

/// <summary>Where a method stands in the sources, by the debug information of its assembly.</summary>
public sealed class MethodPlaceTests
{
    private static readonly string Assembly = typeof(MethodPlaceTests).Assembly.Location;

    [Fact]
    public void A_method_is_found_by_its_type_and_name_and_what_is_unknown_has_no_place()
    {
        var (file, line) = Here();
        Assert.Equal(new SourcePlace(file, line), MethodPlace.Find(Assembly, "MethodPlaceTests.Here"));
        Assert.Equal(SourcePlace.Unknown, MethodPlace.Find(Assembly, "MethodPlaceTests.There"));
        Assert.Equal(SourcePlace.Unknown, MethodPlace.Find(typeof(string).Assembly.Location, "String.Trim"));
        Assert.Equal(SourcePlace.Unknown, MethodPlace.Find(Path.Combine(AppContext.BaseDirectory, "absent.dll"), "Rules.Fits"));
    }

    private static (string File, int Line) Here() => Called();

    private static (string File, int Line) Called([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => (file, line);
}
